/** The verbs the page may use, with what each takes. Anything else is refused before it reaches the workspace. */
import { z } from 'zod';
import type { Answer } from '../slack/elements.ts';
import type { Persona } from '../slack/workspace.ts';
import { command } from './command.ts';
import { direct, dismiss, edit, join, leave, pin, react, read, remove, say } from './conversation.ts';
import { act, openApp, shortcut, suggest } from './interactive.ts';
import { close, submit } from './modal.ts';
import type { GivenAnswer, Outcome, Stage } from './stage.ts';

const id = z.string().min(1).max(255);
const text = z.string().max(40_000);
const message = { channel: id, ts: id };
const option = z.looseObject({ text: z.looseObject({ type: z.string(), text: z.string() }), value: z.string() });
const value = z.union([
  z.string(),
  z.number(),
  z.null(),
  option,
  z.array(z.string()),
  z.array(option),
]) as z.ZodType<Answer>;
const answers = z.array(z.object({ blockId: id, actionId: id, value })).max(200) as unknown as z.ZodType<GivenAnswer[]>;
const at = z.union([z.object({ view: id }), z.object(message)]);

type Verb = (stage: Stage, person: Persona, input: unknown) => Promise<Outcome>;

function verb<S extends z.ZodType>(
  schema: S,
  run: (stage: Stage, person: Persona, input: z.infer<S>) => Promise<Outcome>,
): Verb {
  return (stage, person, input) => run(stage, person, schema.parse(input));
}

export const VERBS: Readonly<Record<string, Verb>> = {
  say: verb(
    z.object({ channel: id, text: text.min(1), thread: id.optional(), broadcast: z.boolean().optional() }),
    say,
  ),
  edit: verb(z.object({ ...message, text: text.min(1) }), edit),
  remove: verb(z.object(message), remove),
  react: verb(z.object({ ...message, name: z.string().regex(/^[a-z0-9_+'-]{1,80}$/) }), react),
  pin: verb(z.object(message), pin),
  read: verb(z.object(message), read),
  join: verb(z.object({ channel: id }), join),
  leave: verb(z.object({ channel: id }), leave),
  direct: verb(z.object({ user: id }), direct),
  dismiss: verb(z.object(message), dismiss),
  command: verb(z.object({ channel: id, text: text.startsWith('/') }), command),
  act: verb(z.object({ at, blockId: id, actionId: id, value, answers }), act),
  suggest: verb(z.object({ at, blockId: id, actionId: id, query: z.string().max(255) }), suggest),
  shortcut: verb(z.object({ callbackId: id, channel: id.optional(), ts: id.optional() }), shortcut),
  'open-app': verb(z.object({ tab: z.enum(['home', 'messages']) }), openApp),
  submit: verb(z.object({ view: id, answers }), submit),
  close: verb(z.object({ view: id, all: z.boolean() }), close),
};
