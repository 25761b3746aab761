import { type Block, GAP_MARK, type Inline, type PostmortemDocument, type Row } from './document.ts';

/** The name of a Slack user; the id where nobody knows one. */
export type NameOf = (user: string) => string;

/** A post-mortem as Markdown (GitHub's: with tables). Gaps stand in bold, so that they are found. */
export function postmortemMarkdown({ title, subtitle, sections }: PostmortemDocument, nameOf: NameOf): string {
  const parts = [`# ${escapeMarkdown(title)}`, inline(subtitle, nameOf)];
  for (const section of sections) {
    parts.push(`## ${escapeMarkdown(section.heading)}`, ...section.blocks.map((block) => blockOf(block, nameOf)));
  }
  return `${parts.join('\n\n')}\n`;
}

function blockOf(block: Block, nameOf: NameOf): string {
  switch (block.kind) {
    case 'paragraph':
      return inline(block.parts, nameOf);
    case 'gap': {
      const cites = block.cites.map((place) => `\`${place}\``).join(', ');
      return `**${GAP_MARK}** ${escapeMarkdown(block.text)}${cites === '' ? '' : ` (${cites})`}`;
    }
    case 'list':
      return block.items.map((item) => `- ${inline(item, nameOf)}`).join('\n');
    case 'table':
      return [row(block.head), row(block.head.map(() => '---')), ...block.rows.map((line) => cells(line, nameOf))].join(
        '\n',
      );
  }
}

function cells({ cells: parts }: Row, nameOf: NameOf): string {
  return row(parts.map((cell) => inline(cell, nameOf)));
}

function row(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

function inline(parts: readonly Inline[], nameOf: NameOf): string {
  return parts.map((part) => pieceOf(part, nameOf)).join('');
}

function pieceOf(part: Inline, nameOf: NameOf): string {
  switch (part.kind) {
    case 'text':
      return escapeMarkdown(part.text);
    case 'strong':
      return `**${escapeMarkdown(part.text)}**`;
    case 'cite':
      return `\`${part.cite}\``;
    case 'person':
      return `@${escapeMarkdown(nameOf(part.user))}`;
    case 'instant':
      return instantWords(part.at);
    case 'link':
      return `[${escapeMarkdown(part.label)}](${part.url.replaceAll(/[()\s|]/g, encodeURIComponent)})`;
  }
}

/** "2026-11-21 14:05 UTC": a document is read in many zones. */
export function instantWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Words that Markdown, its tables and the HTML it may hold leave alone; on one line. */
function escapeMarkdown(words: string): string {
  return words
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
