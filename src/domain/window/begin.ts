import { follow } from './apply.ts';
import { type WindowDecision, type WindowSituation, windowEvent } from './decision.ts';
import type { WindowTerms } from './events.ts';
import { lookAtWindow } from './look.ts';
import { askApprovers, postWindowCard } from './tell.ts';

/** A new window: its card, the question to those who must agree, and everything that the hour asks of it already. */
export function beginWindow(number: number, terms: WindowTerms, situation: WindowSituation): WindowDecision {
  const planned = windowEvent(situation, { kind: 'window.planned', number, terms });
  const window = follow(null, number, [planned]);
  const { decision } = lookAtWindow(window, situation);
  const said = (decision?.deliveries ?? []).filter(({ kind }) => kind !== 'render');
  return {
    events: [planned, ...(decision?.events ?? [])],
    deliveries: [postWindowCard(window), ...askApprovers(window, situation.spec), ...said],
  };
}
