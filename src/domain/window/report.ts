import { windowSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type WindowDecided, type WindowSituation, windowEvent } from './decision.ts';
import type { WindowReport } from './events.ts';
import { sayIn, showWindow } from './tell.ts';
import { windowRefusalFor } from './transitions.ts';
import type { MaintenanceWindow } from './window.ts';

/** What was done, which documents change and what was learned. The team hears of it; saying it again replaces it. */
export function decideReport(
  window: MaintenanceWindow,
  input: WindowReport,
  situation: WindowSituation,
): WindowDecided {
  const refusal = windowRefusalFor('report', window);
  if (refusal !== null) return refusal;
  const ticked = [...new Set(input.ticked)].sort((a, b) => a - b);
  const unknown = ticked.find((item) => window.checklist[item] === undefined);
  if (unknown !== undefined)
    return refused('no-such-item', `${windowSubject(window.number)} has no step ${unknown + 1} in its checklist.`);
  const report = { done: cleaned(input.done), documents: cleaned(input.documents), learned: cleaned(input.learned) };
  if (report.done === '') return refused('empty-text', 'Say what was done, or that nothing was.', 'done');
  const event = windowEvent(situation, { kind: 'window.reported', ...report, ticked });
  return done({ events: [event], deliveries: [...sayIn([window.channel], window, event), ...showWindow(window)] });
}
