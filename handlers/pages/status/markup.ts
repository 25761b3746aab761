import { escapeHtml } from '../../../src/domain/text/html.ts';

/** HTML that is safe to send: whatever people wrote is escaped in it. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | readonly Markup[] | null;

/** HTML of a template: texts put into it are escaped, pieces of markup stay, null is nothing. Attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: parts.reduce((text, part, index) => `${text}${written(pieces[index - 1] ?? null)}${part}`) };
}

/** Markup of our own making. */
export function raw(markup: string): Markup {
  return { markup };
}

function written(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(({ markup }) => markup).join('');
}
