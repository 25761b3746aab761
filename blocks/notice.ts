import type { KnownBlock, ModalView } from '@slack/types';
import { plainText, section } from './elements.ts';
import { CUT } from './escape.ts';

/** Slack's longest section. */
const SECTION_LIMIT = 3000;

/**
 * A modal that only says something, for answers that have no other place: after a form was submitted, or a click in App Home.
 * `text` is mrkdwn and is shown where there are no `blocks`. Rows of buttons are left out: a click in a modal cannot be answered
 * in a message.
 */
export function noticeView(text: string, blocks?: readonly KnownBlock[]): ModalView {
  const shown = text.length <= SECTION_LIMIT ? text : `${text.slice(0, SECTION_LIMIT - CUT.length)}${CUT}`;
  return {
    type: 'modal',
    title: plainText('Mainstay'),
    close: plainText('Close'),
    blocks: blocks?.filter(({ type }) => type !== 'actions') ?? [section(shown)],
  };
}
