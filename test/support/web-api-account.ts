/**
 * Holds every Web API call to account: the method exists, its arguments are known, none is missing, and the app was granted a
 * scope for it. The table in data/slack-methods.json is a copy of a published reference (see data/README.md), not Slack.
 */
import { readFileSync } from 'node:fs';

/** One method of the table: any one of `scopes` suffices for a bot token; no scope means none is needed. */
interface SlackMethod {
  readonly scopes: readonly string[];
  readonly tier: string | null;
  readonly required: readonly string[];
  readonly args: readonly string[];
}

interface Table {
  readonly methods: Readonly<Record<string, SlackMethod>>;
  /** Per event a bot can subscribe to, the scopes any one of which suffices. */
  readonly events: Readonly<Record<string, readonly string[]>>;
}

export const SLACK = JSON.parse(readFileSync(new URL('./data/slack-methods.json', import.meta.url), 'utf8')) as Table;

/** The reference calls these optional because another argument may stand in; with a bot's channels and messages none does. */
const ALSO_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'bookmarks.add': ['channel_id', 'link'],
  'bookmarks.edit': ['channel_id', 'bookmark_id'],
  'bookmarks.list': ['channel_id'],
  'bookmarks.remove': ['channel_id', 'bookmark_id'],
  'conversations.kick': ['user'],
  'pins.add': ['timestamp'],
  'pins.remove': ['timestamp'],
  'reactions.get': ['channel', 'timestamp'],
  'reactions.remove': ['channel', 'timestamp'],
  'views.open': ['trigger_id'],
  'views.push': ['trigger_id'],
};

/** Slack takes these with every method; Bolt's client adds `team_id` by itself. */
const ALWAYS_KNOWN = ['token', 'team_id'];

const PERSONA_ARGUMENTS = ['username', 'icon_emoji', 'icon_url'];

/** The faults of one call, each a sentence that starts with the method; `granted` are the scopes of the token that called. */
export function checkCall(
  method: string,
  args: Readonly<Record<string, unknown>>,
  granted: readonly string[],
): string[] {
  const known = SLACK.methods[method];
  if (!known)
    return [`${method}: no such method in test/support/data/slack-methods.json; misspelt, or to be added there`];
  const given = Object.keys(args).filter((name) => args[name] !== undefined && !ALWAYS_KNOWN.includes(name));
  const faults = given
    .filter((name) => !known.args.includes(name))
    .map((name) => `${method}: "${name}" is not an argument; it takes ${known.args.join(', ') || 'none'}`);
  for (const name of [...known.required, ...(ALSO_REQUIRED[method] ?? [])])
    if (!given.includes(name)) faults.push(`${method}: lacks the required argument "${name}"`);
  if (method === 'views.update' && !given.includes('view_id') && !given.includes('external_id'))
    faults.push('views.update: lacks the view to update: "view_id" or "external_id"');
  if (known.scopes.length > 0 && !known.scopes.some((scope) => granted.includes(scope)))
    faults.push(`${method}: needs one of the scopes ${known.scopes.join(', ')}; none of them is granted`);
  const persona = method.startsWith('chat.') ? given.filter((name) => PERSONA_ARGUMENTS.includes(name)) : [];
  if (persona.length > 0 && !granted.includes('chat:write.customize'))
    faults.push(`${method}: ${persona.join(', ')} needs the scope chat:write.customize, which is not granted`);
  return faults;
}
