import { inWords } from '../text/slack-text.ts';

/** The most Slack allows. */
const LONGEST = 80;

/**
 * The name of an incident's channel: `<prefix>-<n>-<slug>` of small letters, digits and hyphens, cut to Slack's 80
 * characters. When that name is taken by another channel, `turn` 2, 3 ... gives `<prefix>-<n>-<slug>-2` and so on.
 */
export function channelName(
  prefix: string,
  incident: { readonly number: number; readonly title: string },
  turn = 1,
): string {
  const ending = turn === 1 ? '' : `-${turn}`;
  const name = [prefix, incident.number, slug(incident.title)].filter((part) => part !== '').join('-');
  return `${name.slice(0, LONGEST - ending.length).replace(/-+$/, '')}${ending}`;
}

/** The letters that carry the words: accents are dropped, everything else separates. Empty for a title without any. */
function slug(title: string): string {
  return inWords(title)
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
