import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/incident/apply.ts';
import { nextNote, visibleNotes } from '../../../src/domain/incident/public-note.ts';
import { decidePublicNote, decideWithdrawNote, type NoteDraft } from '../../../src/domain/incident/publish-note.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { timelineOf } from '../../../src/domain/incident/timeline.ts';
import { alice, incidentSpec } from '../../support/incident-spec.ts';
import { incidentOf, type Story, step, storyAt } from '../../support/incident-story.ts';
import { aNote, aSecretIncident, publish, statusSpec } from '../../support/status-story.ts';

const refusalOf = (story: Story, note: Partial<NoteDraft>) => {
  const decided = step(story, (incident, situation) => decidePublicNote(incident, { ...aNote, ...note }, situation));
  return decided.ok ? null : decided.refusal;
};
const at = (status: Incident['status']): Story => ({ ...storyAt(status), spec: statusSpec });

describe('a public note', () => {
  it('is written into the incident, its channel and its timeline', () => {
    const story = aSecretIncident();
    publish(story, { text: '  Some\r\npayments \u001b[2Kfail. ', title: ' Payments\n fail ' });
    expect(visibleNotes(incidentOf(story))).toEqual([
      {
        seq: 3,
        at: story.now.toISOString(),
        state: 'investigating',
        impact: 'degraded',
        title: 'Payments fail',
        text: 'Some\npayments [2Kfail.',
        withdrawnAt: null,
      },
    ]);
    expect(story.deliveries.map(({ kind }) => kind)).toEqual(['post', 'render']);
    expect(timelineOf(story.events).at(-1)?.event.kind).toBe('incident.published');
    expect(incidentOf(story).responders).toEqual([alice]);
  });

  it('says something, and names nobody whom Slack knows', () => {
    const story = aSecretIncident();
    expect(refusalOf(story, { text: ' \n ' })?.code).toBe('empty-text');
    for (const named of ['<@U0BOB>', '<@U0BOB|bob>', '<#C0OPS|ops>', '<!subteam^S0X|@dba>', '<!channel>']) {
      expect(refusalOf(story, { text: `Ask ${named}` })).toMatchObject({ code: 'names-somebody', field: 'text' });
      expect(refusalOf(story, { title: named })).toMatchObject({ code: 'names-somebody', field: 'title' });
    }
    expect(refusalOf(story, { text: 'See <https://acme.example/help>' })).toBeNull();
    expect(visibleNotes(incidentOf(story))).toHaveLength(1);
  });

  it('is written nowhere while nothing is public', () => {
    const story = aSecretIncident();
    story.spec = incidentSpec;
    expect(refusalOf(story, {})?.code).toBe('no-status-page');
    story.spec = { ...statusSpec, status: { public: false, title: 'Acme status' } };
    expect(refusalOf(story, {})?.code).toBe('no-status-page');
  });

  it.each(['resolved', 'documented', 'closed'] as const)(
    'of a %s incident can only say that it is resolved',
    (status) => {
      const story = at(status);
      expect(refusalOf(story, { state: 'monitoring' })).toMatchObject({ code: 'already-over', field: 'state' });
      expect(refusalOf(story, { state: 'resolved' })).toBeNull();
    },
  );

  it('begins with what it most likely says', () => {
    expect(nextNote(incidentOf(at('assessed')))).toEqual({ state: 'investigating', impact: 'degraded', title: '' });
    expect(nextNote(incidentOf(at('mitigating'))).state).toBe('identified');
    expect(nextNote(incidentOf(at('resolved'))).state).toBe('resolved');
    const story = aSecretIncident();
    publish(story, { state: 'monitoring', impact: 'outage', title: 'Payments fail' });
    expect(nextNote(incidentOf(story))).toEqual({ state: 'monitoring', impact: 'outage', title: 'Payments fail' });
  });

  it('whose words were erased is seen by nobody', () => {
    const story = aSecretIncident();
    publish(story);
    const erased = story.events.map((event) =>
      event.kind === 'incident.published' ? { ...event, body: null } : event,
    );
    const incident = erased.reduce<Incident | null>((state, event) => apply(state, event), null);
    expect(incident === null ? null : visibleNotes(incident)).toEqual([]);
  });
});

describe('a note that is withdrawn', () => {
  const withdraw = (story: Story, note: number) =>
    step(story, (incident, situation) => decideWithdrawNote(incident, { note, reason: 'Wrong' }, situation));

  it('is seen by nobody, and stays on record', () => {
    const story = aSecretIncident();
    publish(story);
    publish(story, { text: 'More' }, 5);
    expect(withdraw(story, 3).ok).toBe(true);
    expect(visibleNotes(incidentOf(story)).map(({ text }) => text)).toEqual(['More']);
    expect(
      timelineOf(story.events)
        .map(({ event }) => event.kind)
        .slice(-3),
    ).toEqual(['incident.published', 'incident.published', 'incident.withdrawn']);
  });

  it('is one that is there, and not withdrawn before', () => {
    const story = aSecretIncident();
    publish(story);
    expect(withdraw(story, 2)).toMatchObject({ ok: false, refusal: { code: 'no-such-note', field: 'note' } });
    withdraw(story, 3);
    expect(withdraw(story, 3).ok).toBe(false);
  });
});
