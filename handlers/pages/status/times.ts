import { html, type Markup } from './markup.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `3 Aug 2026` of YYYY-MM-DD or of an instant in UTC. */
export function dayWords(instant: string): string {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

const hourWords = (instant: string) => instant.slice(11, 16);

/** An instant that programs can read too. */
export function instant(at: string): Markup {
  return html`<time datetime="${at}">${dayWords(at)}, ${hourWords(at)} UTC</time>`;
}

/** From one instant to another; the day is said once where it is the same. */
export function span(from: string, to: string): Markup {
  const end = from.slice(0, 10) === to.slice(0, 10) ? hourWords(to) : `${dayWords(to)}, ${hourWords(to)}`;
  return html`<time datetime="${from}">${dayWords(from)}, ${hourWords(from)}</time> – <time datetime="${to}">${end} UTC</time>`;
}
