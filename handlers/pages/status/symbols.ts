import type { ServiceState } from '../../../src/domain/status/page.ts';
import { html, type Markup, raw } from './markup.ts';

export const STATE_WORD: Record<ServiceState, string> = {
  operational: 'Operational',
  maintenance: 'Maintenance',
  unknown: 'Unknown',
  degraded: 'Degraded',
  outage: 'Outage',
};

const DRAWN: Record<ServiceState, string> = {
  operational: '<path d="M6.5 12.5l3.6 3.6 7.4-7.8"/>',
  maintenance: '<path d="M8 16l6.5-6.5M13 7.2a3 3 0 0 1 3.9 3.9M7 17l1.4-1.4"/>',
  unknown: '<path d="M9.3 9.6a2.8 2.8 0 1 1 4 2.5c-.9.5-1.3 1-1.3 1.9M12 17.2v.1"/>',
  degraded: '<path d="M12 7v6.2M12 16.8v.1"/>',
  outage: '<path d="M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4"/>',
};

/** The drawings of all states, once a page. Each has a form of its own: colour says nothing alone. */
export const SYMBOLS: Markup = raw(
  `<svg class="symbols" aria-hidden="true" focusable="false">${Object.entries(DRAWN)
    .map(
      ([state, path]) =>
        `<symbol id="s-${state}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="10.4" stroke-width="1.6"/>${path}</symbol>`,
    )
    .join('')}</svg>`,
);

export function icon(state: ServiceState): Markup {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href="#s-${state}"/></svg>`;
}
