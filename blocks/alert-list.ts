import type { AlertGroup } from '../src/domain/alert/group.ts';
import { alertLine } from './alert-words.ts';
import { actions, button, type Rendered, section } from './elements.ts';
import { listed } from './lines.ts';

/** The button that shows the next page; its value is the page, from 1. */
export const ALERTS_BUTTON = 'ops.alerts-page';

/** Groups on one screen. */
export const ALERTS_PER_PAGE = 12;

/** What fires now, the worst first, a screen at a time. */
export interface ShownAlerts {
  /** Those of this page. */
  readonly groups: readonly AlertGroup[];
  /** From 1. */
  readonly page: number;
  /** How many groups fire in all, and how many alerts in them. */
  readonly firing: number;
  readonly alerts: number;
}

export function alertList({ groups, page, firing, alerts }: ShownAlerts): Rendered {
  if (firing === 0) {
    const text = ':white_check_mark: No alert fires.';
    return { text, blocks: [section(text)] };
  }
  const pages = Math.ceil(firing / ALERTS_PER_PAGE);
  const place = pages === 1 ? '' : `  ·  page ${page} of ${pages}`;
  const what = firing === 1 ? 'group fires' : 'groups fire';
  const title = `*Alerts*: ${firing} ${what}, ${alerts} ${alerts === 1 ? 'alert' : 'alerts'} in all${place}`;
  const further = page >= pages ? [] : [actions(button(ALERTS_BUTTON, 'Next page', String(page + 1)))];
  return {
    text: title,
    blocks: [section(title), ...listed(groups.map(alertLine), ALERTS_PER_PAGE, ''), ...further],
  };
}
