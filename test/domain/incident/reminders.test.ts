import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import type { Situation } from '../../../src/domain/incident/decision.ts';
import { decideUpdate } from '../../../src/domain/incident/post-update.ts';
import {
  decidePostmortemReminder,
  decideUpdateReminder,
  type Reminded,
} from '../../../src/domain/incident/reminders.ts';
import { decideReopen } from '../../../src/domain/incident/reopen.ts';
import { decideResolve } from '../../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../../src/domain/incident/set-severity.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { alice, bob, incidentSpec, minutesLater } from '../../support/incident-spec.ts';
import { declare, incidentOf, newStory, record, type Story, step, storyAt } from '../../support/incident-story.ts';

const system = { kind: 'system', job: 'test' } as const;

/** What happens at each of these minutes after the SEV1 (an update every 15 minutes) was assessed. */
function lookAt(
  story: Story,
  minutes: readonly number[],
  decide: (incident: Incident, situation: Situation) => Reminded<string> = decideUpdateReminder,
): string[] {
  return minutes.map((minute) => {
    const situation = { actor: system, now: minutesLater(minute), spec: story.spec };
    const { reason, decision } = decide(incidentOf(story), situation);
    if (decision === null) return reason;
    record(story, decision.events);
    return `${reason}: ${decision.deliveries
      .map(told)
      .filter((place) => place !== '')
      .join(', ')}`;
  });
}

function told(delivery: Delivery): string {
  if (delivery.kind !== 'post') return '';
  const { to } = delivery;
  return to.to === 'user' ? to.user : to.to === 'channel' ? `#${to.channel}` : 'its channel';
}

const everyMinute = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('an overdue update', () => {
  it('is told to the owner, five minutes later to the channel, once a period', () => {
    const story = storyAt('assigned');
    const said = lookAt(story, everyMinute(0, 46));
    const spoken = said.flatMap((what, minute) => (what.includes(':') ? [`${minute} ${what}`] : []));
    expect(spoken).toEqual([
      `15 owner-first: ${bob}`,
      '20 owner-did-not-post: its channel',
      `30 owner-first: ${bob}`,
      '35 owner-did-not-post: its channel',
      `45 owner-first: ${bob}`,
    ]);
    expect([said[14], said[16], said[21]]).toEqual(['not-due', 'owner-has-time', 'told-in-this-period']);
  });

  it('is told once after an hour in which nobody looked, not four times', () => {
    expect(lookAt(storyAt('assigned'), [75, 75, 76, 79, 80, 80, 89, 90])).toEqual([
      `owner-first: ${bob}`,
      'owner-has-time',
      'owner-has-time',
      'owner-has-time',
      'owner-did-not-post: its channel',
      'told-in-this-period',
      'told-in-this-period',
      `owner-first: ${bob}`,
    ]);
  });

  it('is told to the channel at once when nobody owns the incident', () => {
    expect(lookAt(storyAt('assessed'), [15, 16, 29, 30])).toEqual([
      'nobody-owns-it: its channel',
      'told-in-this-period',
      'told-in-this-period',
      'nobody-owns-it: its channel',
    ]);
  });

  it('is paid by an update, which starts a new period', () => {
    const story = storyAt('assigned');
    lookAt(story, [15]);
    story.now = minutesLater(17);
    step(story, (incident, situation) => decideUpdate(incident, { text: 'Still looking' }, situation));
    expect(lookAt(story, [20, 31, 32])).toEqual(['not-due', 'not-due', `owner-first: ${bob}`]);
  });

  it('follows a new severity from the moment it was set', () => {
    const story = storyAt('assigned');
    story.now = minutesLater(10);
    step(story, (incident, situation) => decideSetSeverity(incident, { to: 'SEV2', reason: '' }, situation));
    expect(lookAt(story, [39, 40])).toEqual(['not-due', `owner-first: ${bob}`]);
  });

  it('is not asked for by a severity that owes none, nor once the spec asks for none', () => {
    const story = newStory();
    declare(story, { severity: 'SEV4' });
    expect(lookAt(story, [600])).toEqual(['no-update-owed']);
    const changed = storyAt('assigned');
    const { SEV1 } = incidentSpec.severities;
    changed.spec = {
      ...incidentSpec,
      severities: { ...incidentSpec.severities, SEV1: { ...SEV1, updateEvery: null } },
    };
    expect(lookAt(changed, [600])).toEqual(['no-update-owed']);
  });

  it('is not asked for after the incident was resolved, and is again once it was reopened', () => {
    const story = storyAt('resolved');
    expect(lookAt(story, [600])).toEqual(['over']);
    story.now = minutesLater(600);
    step(story, (incident, situation) => decideReopen(incident, { reason: 'Back' }, situation));
    expect(lookAt(story, [614, 615])).toEqual(['not-due', `owner-first: ${bob}`]);
  });

  it('is told to whoever owns the incident by then', () => {
    const story = storyAt('assigned');
    step(story, (incident, situation) => decideSetOwner(incident, { owner: alice }, situation));
    expect(lookAt(story, [15])).toEqual([`owner-first: ${alice}`]);
  });

  it('never tells twice in one place in one period, whenever anybody looks', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 });
    fc.assert(
      fc.property(moments, (minutes) => {
        const story = storyAt('assigned');
        const sorted = [...minutes].sort((a, b) => a - b);
        const said = lookAt(story, sorted);
        for (const place of ['owner-first', 'owner-did-not-post']) {
          const at = sorted.filter((_, index) => said[index]?.startsWith(`${place}:`));
          const periods = at.map((minute) => Math.floor(minute / 15));
          expect(new Set(periods).size).toBe(periods.length);
        }
      }),
    );
  });
});

describe('a post-mortem that is owed', () => {
  const hours = (...at: number[]) => at.map((hour) => hour * 60);
  const look = (story: Story, minutes: readonly number[]) => lookAt(story, minutes, decidePostmortemReminder);

  it('is asked for at half its 48 hours, when it is due and 24 hours later, once each', () => {
    expect(look(storyAt('resolved'), hours(0, 23.9, 24, 24.1, 47.9, 48, 48.1, 71.9, 72, 200))).toEqual([
      'too-early',
      'too-early',
      `stage-reached: ${bob}`,
      'said-already',
      'said-already',
      `stage-reached: ${bob}, its channel`,
      'said-already',
      'said-already',
      `stage-reached: ${bob}, #managers`,
      'said-already',
    ]);
  });

  it('skips what was missed while nobody looked', () => {
    expect(look(storyAt('resolved'), hours(100, 101))).toEqual([`stage-reached: ${bob}, #managers`, 'said-already']);
  });

  it('asks in the channel when nobody owns the incident', () => {
    const story = newStory();
    declare(story, { severity: 'SEV1' });
    step(story, (incident, situation) => decideResolve(incident, { summary: 'Fixed' }, situation));
    expect(look(story, hours(24))).toEqual(['stage-reached: its channel']);
  });

  it('is not asked for before the end, once it is settled, or when the severity owes none', () => {
    expect(look(storyAt('mitigating'), hours(100))).toEqual(['not-owed']);
    expect(look(storyAt('documented'), hours(100))).toEqual(['not-owed']);
    const story = newStory();
    declare(story, { severity: 'SEV3' });
    step(story, (incident, situation) => decideResolve(incident, { summary: 'Fixed' }, situation));
    expect(look(story, hours(1000))).toEqual(['not-owed']);
  });

  it('starts afresh when the incident was reopened and resolved again', () => {
    const story = storyAt('resolved');
    look(story, hours(24));
    story.now = minutesLater(25 * 60);
    step(story, (incident, situation) => decideReopen(incident, { reason: 'Back' }, situation));
    story.now = minutesLater(26 * 60);
    step(story, (incident, situation) => decideResolve(incident, { summary: 'Fixed' }, situation));
    expect(look(story, hours(49, 50))).toEqual(['too-early', `stage-reached: ${bob}`]);
  });
});
