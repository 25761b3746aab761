import { BRACKETED, bracketWords } from '../text/slack-text.ts';

/** A piece of a sentence. Renderers decide what it looks like; none of it is markup yet. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  /** A place in the log: `INC-1#4`. */
  | { readonly kind: 'cite'; readonly cite: string }
  /** A Slack user. */
  | { readonly kind: 'person'; readonly user: string }
  | { readonly kind: 'instant'; readonly at: Date }
  /** http(s) only. */
  | { readonly kind: 'link'; readonly url: string; readonly label: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  /** Something the log cannot know and a person must write. */
  | { readonly kind: 'gap'; readonly text: string; readonly cites: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly Row[] };

/** One cell a column; `anchor` is the place in the log that the row shows, to which cites can lead. */
export interface Row {
  readonly cells: readonly (readonly Inline[])[];
  readonly anchor?: string;
}

export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** A written post-mortem, independent of the format it is read in. */
export interface PostmortemDocument {
  readonly title: string;
  readonly subtitle: readonly Inline[];
  readonly sections: readonly Section[];
}

/** What marks a gap, in every format. */
export const GAP_MARK = 'TODO:';

export const text = (words: string): Inline => ({ kind: 'text', text: words });
export const strong = (words: string): Inline => ({ kind: 'strong', text: words });
export const cite = (place: string): Inline => ({ kind: 'cite', cite: place });
export const person = (user: string): Inline => ({ kind: 'person', user });
export const instant = (at: Date): Inline => ({ kind: 'instant', at });

/** A link, or only its words when its address is not http(s). */
export function link(url: string, label: string): Inline {
  return /^https?:\/\//.test(url) ? { kind: 'link', url, label } : text(label);
}

/** A person's words, with the people and links they mention; a link always with its address in sight. */
export function words(written: string): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (const match of written.matchAll(BRACKETED)) {
    if (match.index > end) parts.push(text(written.slice(end, match.index)));
    const [whole, inside = '', label] = match;
    parts.push(...mention(inside, label));
    end = match.index + whole.length;
  }
  if (end < written.length) parts.push(text(written.slice(end)));
  return parts;
}

function mention(inside: string, label: string | undefined): Inline[] {
  if (inside.startsWith('@')) return [person(inside.slice(1))];
  if (!inside.startsWith('http')) return [text(bracketWords(inside, label))];
  if (label === undefined || inside.includes(label)) return [link(inside, label ?? inside)];
  return [text(`${label} (`), link(inside, inside), text(')')];
}

/** Every person a document names. */
export function peopleIn(document: PostmortemDocument): Set<string> {
  const people = new Set<string>();
  const see = (parts: readonly Inline[]) => {
    for (const part of parts) if (part.kind === 'person') people.add(part.user);
  };
  see(document.subtitle);
  for (const block of document.sections.flatMap((section) => section.blocks)) {
    if (block.kind === 'paragraph') see(block.parts);
    if (block.kind === 'list') block.items.forEach(see);
    if (block.kind === 'table') for (const row of block.rows) row.cells.forEach(see);
  }
  return people;
}
