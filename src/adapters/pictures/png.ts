import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';

/** With the fonts that come with the packages, so that a picture looks the same on every machine. */
const FONT = {
  loadSystemFonts: false,
  fontFiles: [
    fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ],
  defaultFontFamily: 'DejaVu Sans',
};

/** Paints a drawing as a PNG of its own size. */
export async function paintPng(svg: string): Promise<Uint8Array> {
  const painted = await renderAsync(svg, { font: FONT });
  return painted.asPng();
}
