/**
 * Text as Slack sends it, with its three entities read back: what a person typed as `a & b` arrives as `a &amp; b`.
 * What the log stores is the person's own words; `blocks/escape.ts` escapes them again where they are shown.
 */
export function fromSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What Slack writes between angle brackets: mentions of people, groups and channels, broadcasts, links; and their label. */
export const BRACKETED = /<(@[UW][A-Z0-9]+|#C[A-Z0-9]+|![^>|]+|https?:\/\/[^>|\s]+|mailto:[^>|\s]+)(?:\|([^>]*))?>/g;

/** What stands between the brackets as a person would write it: `@bob`, `#ops`, a link's own words. */
export function bracketWords(inside: string, label: string | undefined): string {
  if (inside.startsWith('@') || inside.startsWith('#')) return `${inside[0]}${label ?? inside.slice(1)}`;
  if (inside.startsWith('!subteam^')) return label ?? `@${inside.slice('!subteam^'.length)}`;
  if (inside.startsWith('!date^')) return label ?? '';
  if (inside.startsWith('!')) return `@${inside.slice(1)}`;
  return label ?? inside;
}

/** A person's words without Slack's markup of mentions and links, for where Slack does not read them. */
export function inWords(text: string): string {
  return text.replaceAll(BRACKETED, (_, inside: string, label?: string) => bracketWords(inside, label));
}
