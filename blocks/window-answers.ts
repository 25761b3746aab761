import { windowSubject } from '../src/domain/event.ts';
import { isApproved, type MaintenanceWindow } from '../src/domain/window/window.ts';
import { clashesOf, spanWords, warningsOf, windowName } from './window-words.ts';
import { when } from './words.ts';

/** What whoever did something is told: only for them. The card shows it to everybody. */
type Sentence = (window: MaintenanceWindow) => string;

export const plannedAnswer: Sentence = (window) =>
  [
    `:calendar: ${windowName(window)} is planned, ${spanWords(window)}.`,
    ...(isApproved(window)
      ? []
      : [':raised_hand: It waits for approval by somebody else; only then are others told of it.']),
    ...warningsOf(window),
  ].join('\n');

export const approvedAnswer: Sentence = (window) => `:thumbsup: ${windowName(window)} is approved.`;

export const startedAnswer: Sentence = (window) =>
  `:construction: ${windowName(window)} has begun; everybody affected is told. It ends ${when(window.endsAt)}: \`/maintenance end ${windowSubject(window.number)}\` when you are done.`;

export const extendedAnswer: Sentence = (window) =>
  [`:arrow_right: ${windowName(window)} ends ${when(window.endsAt)}.`, ...clashesOf(window)].join('\n');

export const endedAnswer: Sentence = (window) =>
  `:white_check_mark: ${windowName(window)} has ended; everybody affected is told.`;

export const cancelledAnswer: Sentence = (window) => `:no_entry_sign: ${windowName(window)} is cancelled.`;
