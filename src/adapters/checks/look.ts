import { reveal } from '../../domain/spec/secret.ts';
import type { Target } from '../../domain/spec/target.ts';
import type { Check, Measurement } from '../../domain/spec/watching.ts';
import type { CheckAnswer } from '../../usecases/check-port.ts';

type Asked = Check | Measurement;
type CheckOf<Kind extends Asked['kind']> = Extract<Asked, { kind: Kind }>;

/** What a look came to; the runner adds how long it took. */
export type Seen = Omit<CheckAnswer, 'latencyMs'>;

/** What looking needs beside the check itself. */
export interface Asking {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  /** Where a target is, secrets included. @throws CouldNotTell for one that is not connected */
  address(target: string): string;
  /** Mainstay's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** What the last look left, as JSON; undefined at the first. */
  recall(): Promise<unknown>;
  keep(notes: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Looks once; throws what the connection throws, see fault-words.ts. */
export type Look<Kind extends Asked['kind']> = (check: CheckOf<Kind>, ask: Asking) => Promise<Seen>;

/** The question cannot be asked; the message says why in words without secrets. */
export class CouldNotTell extends Error {
  override readonly name = 'CouldNotTell';
}

/** The thing that is asked is wrong; the message says how in words without secrets. */
export class Failing extends Error {
  override readonly name = 'Failing';
}

export const ok = (detail: string, figures: Seen['figures'] = {}): Seen => ({ answer: 'ok', detail, figures });

export const failing = (detail: string, figures: Seen['figures'] = {}): Seen => ({
  answer: 'failing',
  detail,
  figures,
});

export function addressOf(targets: Readonly<Record<string, Target>>, key: string): string {
  const target = targets[key];
  if (target === undefined) throw new CouldNotTell(`The target ${key} is not in the spec any more`);
  if ('notConnected' in target) throw new CouldNotTell(`Not connected: ${target.notConnected}`);
  return reveal(target.url);
}
