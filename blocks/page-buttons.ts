import type { Button } from '@slack/types';
import { button } from './elements.ts';

/** The buttons of a page: `action_id` is the key, `value` the page's number. */
export const PAGE_BUTTONS = { 'page.acknowledge': 'Acknowledge', 'page.show': 'Show' } as const;

export type PageButton = keyof typeof PAGE_BUTTONS;

/** One of a page's buttons. */
export function pageButton(id: PageButton, number: number): Button {
  return button(id, PAGE_BUTTONS[id], String(number), id === 'page.acknowledge' ? 'primary' : undefined);
}
