import type { PostmortemDocument } from './document.ts';
import type { PostmortemFacts } from './facts.ts';
import { postmortemHtml } from './html.ts';
import { postmortemJson } from './json.ts';
import { postmortemMarkdown } from './markdown.ts';

/** A draft, and what writing it down needs. */
export interface PostmortemDraft {
  readonly facts: PostmortemFacts;
  readonly document: PostmortemDocument;
  /** Names of the people in it; who has none keeps the Slack id. */
  readonly names: ReadonlyMap<string, string>;
  /** When it was drawn: the end of what is still running. */
  readonly at: Date;
}

export const POSTMORTEM_FORMATS = ['md', 'html', 'json'] as const;

export type PostmortemFormat = (typeof POSTMORTEM_FORMATS)[number];

/** The draft as a file of this format. */
export function writePostmortem({ facts, document, names, at }: PostmortemDraft, format: PostmortemFormat): string {
  const nameOf = (user: string) => names.get(user) ?? user;
  switch (format) {
    case 'md':
      return postmortemMarkdown(document, nameOf);
    case 'html':
      return postmortemHtml(document, nameOf);
    case 'json':
      return `${JSON.stringify(postmortemJson(facts, document, nameOf, at), null, 2)}\n`;
  }
}
