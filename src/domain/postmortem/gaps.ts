import { isOpen } from '../incident/transitions.ts';
import type { Block } from './document.ts';
import type { PostmortemFacts } from './facts.ts';

type Gap = Extract<Block, { kind: 'gap' }>;

const gap = (text: string, ...cites: string[]): Gap => ({ kind: 'gap', text, cites });

/** What the log should say and does not: each is a question to somebody who was there. */
export function gapsInLog(facts: PostmortemFacts): Gap[] {
  const { incident, acknowledged, mitigated, resolved, declared, overdueUpdates } = facts;
  const gaps: Gap[] = [];
  if (isOpen(incident)) gaps.push(gap('It is not resolved yet; this draft ends where the log ends.', facts.upTo));
  if (incident.severity === null) gaps.push(gap('No severity was ever set. Which was it?'));
  if (incident.service === null) gaps.push(gap('Which service was affected? Nobody said.', declared.cite));
  if (incident.category === null) gaps.push(gap('What kind of incident was it? Nobody said.', declared.cite));
  if (acknowledged === null) gaps.push(gap('Nobody owned it while it was open. Who took care of it, and when?'));
  if (mitigated === null) gaps.push(gap('When did mitigation begin, and what was it? The log does not say.'));
  if (resolved !== null && facts.updates === 0) gaps.push(gap('No status update was posted. How were people told?'));
  if (overdueUpdates.length > 0) {
    const cites = overdueUpdates.map((overdue) => overdue.cite);
    const times = cites.length === 1 ? 'once' : `${cites.length} times`;
    gaps.push(gap(`Updates were overdue; somebody was reminded ${times}. Why?`, ...cites.slice(0, 5)));
  }
  return gaps;
}

/** Before the declaration the log has only what people added later. */
export function gapOfBeginning({ timeline, incident }: PostmortemFacts): Gap {
  const declaredAt = Date.parse(incident.declaredAt);
  const [earliest] = timeline;
  if (earliest !== undefined && earliest.at.getTime() < declaredAt) {
    return gap('The timeline has entries from before it was declared. When did the impact begin?', earliest.cite);
  }
  return gap('When did the impact begin? The log only knows when it was declared.');
}
