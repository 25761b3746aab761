import { escapeHtml } from '../text/html.ts';
import { type Block, GAP_MARK, type Inline, type PostmortemDocument, type Row } from './document.ts';
import { instantWords, type NameOf } from './markdown.ts';

/** One page that needs nothing else: no script, no address to fetch from; it prints in black on white. */
const STYLE = `
:root { color-scheme: light; --ink: #1d1c1d; --quiet: #616061; --line: #ddd; --gap: #8a4b00; --gap-back: #fff4e0; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 2.5rem 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
.subtitle { color: var(--quiet); margin: 0; }
p { margin: .6rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { color: var(--quiet); font-weight: 600; white-space: nowrap; }
td strong { white-space: nowrap; }
time, .cite { white-space: nowrap; }
.cite { font: .85em ui-monospace, SFMono-Regular, Menlo, monospace; color: var(--quiet); }
.gap { background: var(--gap-back); border-left: 4px solid var(--gap); padding: .45rem .75rem; }
.gap strong { color: var(--gap); }
tr:target { background: var(--gap-back); }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } h2 { break-after: avoid; }
  tr, .gap { break-inside: avoid; } thead { display: table-header-group; } a { color: inherit; } }`;

/** A post-mortem as one self-contained HTML page. Cites lead to the line of the timeline that they name. */
export function postmortemHtml({ title, subtitle, sections }: PostmortemDocument, nameOf: NameOf): string {
  const anchors = new Set(sections.flatMap(({ blocks }) => blocks.flatMap(anchorsOf)));
  const write = writer(nameOf, anchors);
  const body = sections.map(
    ({ heading, blocks }) => `<h2>${escapeHtml(heading)}</h2>\n${blocks.map(write.block).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="subtitle">${write.inline(subtitle)}</p>
${body.join('\n')}
</body>
</html>
`;
}

function anchorsOf(block: Block): string[] {
  return block.kind === 'table' ? block.rows.flatMap(({ anchor }) => anchor ?? []) : [];
}

function writer(nameOf: NameOf, anchors: ReadonlySet<string>) {
  const citeOf = (place: string): string => {
    const shown = `<span class="cite">${escapeHtml(place)}</span>`;
    return anchors.has(place) ? `<a href="#${escapeHtml(place)}">${shown}</a>` : shown;
  };
  const pieceOf = (part: Inline): string => {
    switch (part.kind) {
      case 'text':
        return escapeHtml(part.text);
      case 'strong':
        return `<strong>${escapeHtml(part.text)}</strong>`;
      case 'cite':
        return citeOf(part.cite);
      case 'person':
        return `@${escapeHtml(nameOf(part.user))}`;
      case 'instant':
        return `<time datetime="${part.at.toISOString()}">${instantWords(part.at)}</time>`;
      case 'link':
        return `<a href="${escapeHtml(part.url)}" rel="noreferrer">${escapeHtml(part.label)}</a>`;
    }
  };
  const inline = (parts: readonly Inline[]): string => parts.map(pieceOf).join('');
  const rowOf = ({ cells, anchor }: Row): string => {
    const id = anchor === undefined ? '' : ` id="${escapeHtml(anchor)}"`;
    return `<tr${id}>${cells.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`;
  };
  const block = (one: Block): string => {
    switch (one.kind) {
      case 'paragraph':
        return `<p>${inline(one.parts)}</p>`;
      case 'gap': {
        const cites = one.cites.map(citeOf).join(', ');
        return `<p class="gap"><strong>${GAP_MARK}</strong> ${escapeHtml(one.text)}${cites === '' ? '' : ` (${cites})`}</p>`;
      }
      case 'list':
        return `<ul>\n${one.items.map((item) => `<li>${inline(item)}</li>`).join('\n')}\n</ul>`;
      case 'table': {
        const head = one.head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
        return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${one.rows.map(rowOf).join('\n')}\n</tbody>\n</table>`;
      }
    }
  };
  return { inline, block };
}
