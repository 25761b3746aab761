import type { KnownBlock } from '@slack/types';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { button, context, plainText, type Rendered, section } from './elements.ts';
import { link } from './escape.ts';
import { teamName } from './run-words.ts';

/** Gives the link to a calendar: its value is the key of a team, or `MINE`. */
export const SUBSCRIBE_BUTTON = 'calendar.subscribe';
/** All teams that whoever presses it is in. A key of a team has no capitals. */
export const MINE = 'MINE';
/** Ends the links to a team's calendar; its value is the key of the team. */
export const RELINK_BUTTON = 'calendar.relink';

/** As many teams as fit one screen. */
const MOST = 8;

type Teams = Pick<OperationsSpec, 'teams'>;

/** "Subscribe", for the calendar of one team or, without one, of all that whoever presses it is in. */
export function subscribeButton(team: string | null) {
  return button(SUBSCRIBE_BUTTON, 'Subscribe…', team ?? MINE);
}

/**
 * Where calendar programs find the duties of these teams. Only for whoever asked.
 *
 * @param inModal a click in a modal has no place to be answered in: the links are shown without their buttons
 */
export function calendarLinksMessage(
  links: readonly { readonly team: string; readonly url: string }[],
  spec: Teams,
  inModal: boolean,
): Rendered {
  const left = links.length - MOST;
  return {
    text: 'Your links for calendar programs',
    blocks: [
      section(
        '*Duties in your own calendar.* Copy the link and add it in your calendar program: Google Calendar calls it *From URL*, Outlook *Subscribe from web*, Apple *New Calendar Subscription*.',
      ),
      ...links.slice(0, MOST).map(({ team, url }) => linkRow(team, url, spec, inModal)),
      ...(left > 0 ? [context(`and ${left} more. Name a team after \`/maintenance subscribe\` to get its own.`)] : []),
      context(
        'Whoever has a link sees the duties of that team, without logging in: keep it to yourself. `/maintenance relink` and the name of the team end it.',
      ),
    ],
  };
}

function linkRow(team: string, url: string, spec: Teams, inModal: boolean): KnownBlock {
  const row = section(`:calendar: ${link(url, `The calendar of ${spec.teams[team]?.name ?? team}`)}\n\`${url}\``);
  if (inModal) return row;
  const renew = {
    ...button(RELINK_BUTTON, 'Renew…', team),
    confirm: {
      title: plainText('Renew this link?'),
      text: plainText('Every link to this calendar ends, also those of your colleagues. All of them subscribe anew.'),
      confirm: plainText('Renew'),
      deny: plainText('Keep it'),
    },
  };
  return { ...row, accessory: renew };
}

/** Without the address people reach Mainstay at, there is no link to give. */
export function noAddressAnswer(): { readonly text: string; readonly refused: true } {
  return {
    text: 'There is no link to give: nobody has told Mainstay the address it is reached at. Its operators set `MAINSTAY_BASE_URL`.',
    refused: true,
  };
}

/** What whoever renewed the key is told. */
export function relinkedAnswer(spec: Teams): (renewed: { readonly team: string }) => string {
  return ({ team }) =>
    `:calendar: The old links to the calendar of *${teamName(spec, team)}* have ended. \`/maintenance subscribe ${team}\` gives the new one.`;
}
