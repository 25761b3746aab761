import type { KnownBlock } from '@slack/types';
import { isUnanswered, type Page } from '../src/domain/page/page.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, type Rendered, section } from './elements.ts';
import { pageButton } from './page-buttons.ts';
import { callLines, pageEmoji, pageName, pageState } from './page-words.ts';
import { teamName } from './run-words.ts';
import { when } from './words.ts';

/** Pages on one screen. */
const MOST = 15;

/** Pages that are not over, the unanswered first, and the latest of the others. */
export function pageList(open: readonly Page[], recent: readonly Page[], spec: OperationsSpec): Rendered {
  const all = [...open.filter(isUnanswered), ...open.filter((page) => !isUnanswered(page)), ...recent];
  const waiting = open.filter(isUnanswered).length;
  const head =
    all.length === 0
      ? ':zzz: Nobody was woken yet. `/ops page` wakes a team.'
      : waiting === 0
        ? '*Pages*: nobody is being called now.'
        : `*Pages*: ${waiting} unanswered`;
  const left = all.length - MOST;
  return {
    text: head,
    blocks: [
      section(head),
      ...all.slice(0, MOST).map((page) => row(page, spec)),
      ...(left > 0 ? [context(`and ${left} more`)] : []),
    ],
  };
}

function row(page: Page, spec: OperationsSpec): KnownBlock {
  const words = `${pageEmoji(page)} ${pageName(page)}\n${teamName(spec, page.team)}  ·  ${when(page.opened.at)}  ·  ${pageState(page)}`;
  const id = isUnanswered(page) ? 'page.acknowledge' : 'page.show';
  return { ...section(words), accessory: pageButton(id, page.number) };
}

/** One page with every call that was made. */
export function pageShown(page: Page): Rendered {
  const words = `${pageEmoji(page)} ${pageName(page)}\n${pageState(page)}.`;
  return { text: words, blocks: [section(words), section(callLines(page).join('\n'))] };
}
