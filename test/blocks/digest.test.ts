import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestMessage } from '../../blocks/digest.ts';
import { myDutiesMessage } from '../../blocks/my-duties.ts';
import { MOST_LINES } from '../../src/domain/digest/daily.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import { digestOf } from '../support/digest-facts.ts';
import { aDuty, specWith } from '../support/duty-spec.ts';
import { bob } from '../support/incident-spec.ts';
import { incidentOf, storyAt } from '../support/incident-story.ts';
import { shown } from '../support/journey.ts';
import { runAt } from '../support/run-story.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> *& '.repeat(80);
const LATE = runAt('late').run;
const MISSED = runAt('missed').run;
const INCIDENT = incidentOf(storyAt('mitigating'));

const title = fc.constantFrom('Backup verification', NASTY, 'a', '_*`~');
const takenBy = fc.constantFrom(null, bob);
const someRuns = (of: DutyRun) =>
  fc
    .array(fc.record({ title, takenBy, status: fc.constantFrom(of.status, of.status === 'late' ? 'due' : 'missed') }), {
      maxLength: 40,
    })
    .map((all) => all.map((one, index) => ({ ...of, ...one, number: index + 1 }) as DutyRun));
const someIncidents = fc
  .array(fc.record({ title, severity: fc.constantFrom('SEV1', 'SEV4', null), owner: takenBy }), { maxLength: 40 })
  .map((all) => all.map((one, index) => ({ ...INCIDENT, ...one, number: index + 1 }) as Incident));

describe('a digest in Slack', () => {
  it('never is longer than a screen or than Slack allows, whatever happened', () => {
    const anything = fc.record({ open: someRuns(LATE), ended: someRuns(MISSED), some: someIncidents });
    fc.assert(
      fc.property(anything, ({ open, ended, some }) => {
        const owed = some.map((incident) => ({ ...incident, postmortemDueAt: '2026-03-18T12:00:00.000Z' }));
        const digest = digestOf({ runs: { open, ended }, incidents: { open: some, owed, changed: some } });
        const message = digestMessage(digest);
        expect(checkMessage({ ...message })).toEqual([]);
        expect(digest.sections.flatMap(({ lines }) => lines).length).toBeLessThanOrEqual(MOST_LINES);
        expect(message.blocks.length).toBeLessThanOrEqual(20);
        expect(shown(message)).not.toMatch(/<!(?!date)|<script/);
      }),
      { numRuns: 60 },
    );
  });

  it('counts what it leaves out and says what shows it', () => {
    const open = Array.from({ length: 12 }, (_, index) => ({ ...LATE, number: index + 1 }));
    expect(shown(digestMessage(digestOf({ runs: { open, ended: [] } })))).toContain(
      'and 7 more: `/maintenance next dba`',
    );
  });

  it('has a button where somebody can take something, and none where nobody needs to', () => {
    const open = [LATE, { ...LATE, number: 2, takenBy: bob }];
    const buttons = (message: object) => JSON.stringify(message).match(/"action_id":"[^"]+"/g) ?? [];
    expect(buttons(digestMessage(digestOf({ runs: { open, ended: [] } })))).toEqual([
      '"action_id":"run.take"',
      '"action_id":"digest.mine"',
    ]);
    expect(buttons(digestMessage(digestOf()))).toEqual([]);
  });

  it('with nothing to say is one line', () => {
    const { blocks } = digestMessage(digestOf());
    expect(blocks).toHaveLength(1);
    expect(shown({ blocks })).toBe(
      '*Database team*  ·  Wednesday 18 March  ·  :white_check_mark: Nothing is due today  ·  no open incident  ·  no post-mortem owed.',
    );
  });

  it('says that it is late, and when it was due', () => {
    expect(shown(digestMessage({ ...digestOf(), late: true }))).toMatch(/Late: it was due <!date/);
  });

  it('leads to the duties of whoever clicks', () => {
    const spec = specWith(aDuty());
    const mine = myDutiesMessage({ taken: [LATE], free: Array.from({ length: 20 }, () => LATE) }, spec);
    expect(checkMessage({ ...mine })).toEqual([]);
    expect(shown(mine)).toContain('and 13 more');
    expect(shown(myDutiesMessage({ taken: [], free: [] }, spec))).toContain('Nothing is open for you');
  });
});
