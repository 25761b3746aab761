import type { Evidence } from './events.ts';

/** How Slack sends an address that was typed: `<https://...>` or `<https://...|label>`. */
const SENT_LINK = /<(https?:\/\/[^>|\s]+)(?:\|[^>]*)?>|(https?:\/\/[^\s<>|]+)/g;
const SLACK_FILE = /^https:\/\/[^/]+\.slack\.com\/files\//;

/** An address as evidence; that of a file in Slack is the file. */
export function linkEvidence(address: string): Evidence {
  return { kind: SLACK_FILE.test(address) ? 'file' : 'link', value: address };
}

/** What was typed as evidence: the words as they are, and each address in them as evidence of its own too. */
export function typedEvidence(typed: string): Evidence[] {
  const links = [...typed.matchAll(SENT_LINK)].map(([, sent, bare]) => linkEvidence(sent ?? bare ?? ''));
  const hasWords = typed.replaceAll(SENT_LINK, '').trim() !== '';
  return hasWords ? [{ kind: 'text', value: typed.trim() }, ...links] : links;
}
