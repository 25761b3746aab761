/**
 * Text as Slack sends it, with its three entities read back: what a person typed as `a & b` arrives as `a &amp; b`.
 * What the log stores is the person's own words; `blocks/escape.ts` escapes them again where they are shown.
 */
export function fromSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
