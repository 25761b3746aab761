import type { ModalView } from '@slack/types';
import { plainText, section } from './elements.ts';
import { CUT } from './escape.ts';

/** Slack's longest section. */
const SECTION_LIMIT = 3000;

/**
 * A modal that only says something, for answers that have no other place: a failure after a form was submitted, a click in App
 * Home. `text` is mrkdwn; it has no `callback_id` because there is nothing to submit.
 */
export function noticeView(title: string, text: string): ModalView {
  const shown = text.length <= SECTION_LIMIT ? text : `${text.slice(0, SECTION_LIMIT - CUT.length)}${CUT}`;
  return { type: 'modal', title: plainText(title), close: plainText('Close'), blocks: [section(shown)] };
}
