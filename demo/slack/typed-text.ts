/**
 * What a person types, in the form Slack stores and sends it: `&`, `<` and `>` as entities, mentions of people and channels
 * as their ids, addresses in angle brackets. Source: docs.slack.dev/messaging/formatting-message-text.
 */

/** The names a text can mention. */
export interface Directory {
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

const SPECIAL = ['here', 'channel', 'everyone'];

/** A message as Slack stores it. */
export function encodeMessage(text: string, directory: Directory): string {
  return mentions(entities(text), directory, { named: false, special: true });
}

/**
 * The text after a slash command. With `escapes` (the manifest's `should_escape`) people become `<@U1|name>`, channels
 * `<#C1|name>` and addresses `<https://...>`; without it they stay as typed.
 */
export function encodeCommandText(text: string, directory: Directory, { escapes }: { escapes: boolean }): string {
  const safe = entities(text);
  return escapes ? mentions(safe, directory, { named: true, special: false }) : safe;
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function mentions(
  text: string,
  directory: Directory,
  { named, special }: { named: boolean; special: boolean },
): string {
  const label = (name: string) => (named ? `|${name}` : '');
  return text.replace(
    /`[^`]*`|https?:\/\/[^\s|]+|(?<![\w@#])@([a-z0-9._-]+)|(?<![\w@#])#([a-z0-9_-]+)/gi,
    (whole, user: string | undefined, channel: string | undefined) => {
      if (user) {
        const person = directory.users.find(({ name }) => name === user.toLowerCase());
        if (person) return `<@${person.id}${label(person.name)}>`;
        return special && SPECIAL.includes(user) ? `<!${user}>` : whole;
      }
      if (channel) {
        const found = directory.channels.find(({ name }) => name === channel);
        return found ? `<#${found.id}|${found.name}>` : whole;
      }
      return whole.startsWith('http') ? `<${whole}>` : whole;
    },
  );
}
