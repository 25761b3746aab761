/** What the pictures have in common: their size, their colours, their letters. */

/** A picture as it is drawn, and what it shows in words for those who do not see it. */
export interface Chart {
  readonly svg: string;
  readonly alt: string;
}

export const WIDTH = 1200;
const HEIGHT = 900;
export const LEFT = 48;
/** A phone shows the picture at a third of its size: nothing is written smaller than this. */
export const SMALL = 32;
export const INK = '#1d1c1d';
export const FAINT = '#5f6368';

/** Okabe and Ito's colours: told apart whatever colours somebody sees, and by their lightness in grey. */
export const BLUE = '#0072B2';
export const SKY = '#56B4E9';
export const ORANGE = '#E69F00';
export const VERMILLION = '#D55E00';
export const GREY = '#C9CED6';

const HATCH =
  '<defs><pattern id="hatch" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="3" height="14" fill="#ffffff" fill-opacity="0.45"/></pattern></defs>';

/** A whole picture of what is drawn on it. */
export function picture(...drawn: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="DejaVu Sans">`,
    HATCH,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...drawn,
    '</svg>',
  ].join('\n');
}

export function text(
  x: number,
  y: number,
  words: string,
  { size = SMALL, bold = false, middle = false, color = INK } = {},
): string {
  const weight = bold ? ' font-weight="bold"' : '';
  const anchor = middle ? ' text-anchor="middle"' : '';
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}"${weight}${anchor}>${escapeXml(words)}</text>`;
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
