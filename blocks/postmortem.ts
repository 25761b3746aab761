import type { KnownBlock } from '@slack/types';
import { type Block, GAP_MARK, type Inline, type Row, type Section } from '../src/domain/postmortem/document.ts';
import type { PostmortemDraft } from '../src/domain/postmortem/format.ts';
import { context, header, type Rendered, section } from './elements.ts';
import { bold, CUT, link, mrkdwnLine, plainLine } from './escape.ts';
import { userName, when } from './words.ts';

/** A preview: of a long table its end, of a long piece of text its beginning, and no more blocks than Slack takes. */
const ROWS = 20;
const WORDS = 500;
const LINE = 1400;
const SECTION = 2900;
const BLOCKS = 46;

/** The draft as far as a message can hold it. The whole of it comes from the command line, which the foot says. */
export function postmortemPreview({ document, facts }: PostmortemDraft): Rendered {
  const texts = document.sections.flatMap(sectionTexts);
  const left = texts.length - BLOCKS;
  const blocks: KnownBlock[] = [
    header(plainLine(document.title, 150)),
    context(inline(document.subtitle)),
    ...texts.slice(0, BLOCKS).map(section),
    ...(left > 0 ? [context(`${CUT} the rest does not fit a message.`)] : []),
    context(`The whole draft, as a file: \`mainstay postmortem INC-${facts.incident.number} --format md|html|json\``),
  ];
  return { text: mrkdwnLine(document.title, 300), blocks };
}

/** The section's lines under its heading, in as few pieces as fit Slack's longest text. */
function sectionTexts({ heading, blocks }: Section): string[] {
  const texts: string[] = [];
  let text = `*${heading}*`;
  for (const line of blocks.flatMap(linesOf)) {
    if (text.length + 1 + line.length > SECTION) {
      texts.push(text);
      text = line;
    } else text = `${text}\n${line}`;
  }
  return [...texts, text];
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [inline(block.parts)];
    case 'gap': {
      const cites = block.cites.map((place) => `\`${place}\``).join(', ');
      return [`:pencil2: *${GAP_MARK}* ${mrkdwnLine(block.text, WORDS)}${cites === '' ? '' : ` (${cites})`}`];
    }
    case 'list':
      return ended(block.items).map((item) => (typeof item === 'string' ? item : `• ${inline(item)}`));
    case 'table':
      return ended(block.rows).map((row) => (typeof row === 'string' ? row : rowOf(row)));
  }
}

/** The last of many, after a line that says how many came before. */
function ended<Item>(items: readonly Item[]): (Item | string)[] {
  const left = items.length - ROWS;
  return left > 0 ? [`${CUT} ${left} earlier left out`, ...items.slice(-ROWS)] : [...items];
}

function rowOf({ cells }: Row): string {
  return `• ${cells
    .map(inline)
    .filter((cell) => cell !== '')
    .join('  ·  ')}`;
}

/** Stops where a line would grow too long: each piece is whole, so no markup is cut. */
function inline(parts: readonly Inline[]): string {
  let line = '';
  for (const part of parts) {
    const piece = pieceOf(part);
    if (line.length + piece.length > LINE) return `${line}${CUT}`;
    line += piece;
  }
  return line;
}

function pieceOf(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return spaced(part.text);
    case 'strong':
      return bold(part.text, WORDS);
    case 'cite':
      return `\`${part.cite}\``;
    case 'person':
      return userName(part.user);
    case 'instant':
      return when(part.at);
    case 'link':
      return link(part.url, part.label);
  }
}

/** On one line, with the spaces that part it from its neighbours. */
function spaced(text: string): string {
  const shown = mrkdwnLine(text, WORDS);
  if (shown === '') return ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${shown}${/\s$/.test(text) ? ' ' : ''}`;
}
