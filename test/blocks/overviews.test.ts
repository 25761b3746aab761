import { describe, expect, it } from 'vitest';
import { homeView } from '../../blocks/home.ts';
import { incidentList } from '../../blocks/incident-list.ts';
import { timelineMessage } from '../../blocks/timeline.ts';
import type { Incident, IncidentStatus } from '../../src/domain/incident/state.ts';
import type { TimelineEntry } from '../../src/domain/incident/timeline.ts';
import { aRun } from '../support/duty-story.ts';
import { alice, bob, incidentSpec, minutesLater, now } from '../support/incident-spec.ts';
import { incidentOf, storyAt } from '../support/incident-story.ts';
import { checkMessage, checkView } from '../support/slack-limits.ts';

const NASTY = '<!channel> <https://example.com/?a=1&b=2|link> & <b> '.repeat(80);
const at = (status: IncidentStatus, more: Partial<Incident> = {}): Incident => ({
  ...incidentOf(storyAt(status)),
  ...more,
});
const many = Array.from({ length: 60 }, (_, i) => at('mitigating', { number: i + 1, title: NASTY }));

describe('the list', () => {
  it.each(['open', 'all'] as const)('says in words that there is none (%s)', (which) => {
    expect(incidentList([], which).text).toMatch(/^(Nobody is working|There has been no)/);
  });

  it('shows a line each and how many more there are', () => {
    const list = incidentList(many, 'open');
    expect(checkMessage({ ...list })).toEqual([]);
    expect(JSON.stringify(list.blocks)).toContain('and 40 older');
    expect(list.text).toBe('60 incidents open');
  });

  it('shows severity, state and owner', () => {
    expect(JSON.stringify(incidentList([at('assigned')], 'open').blocks)).toContain(
      ':red_circle: *INC-1* Checkout is down  ·  Assigned  ·  <@U0BOB>',
    );
  });
});

describe('the timeline', () => {
  const entry = (seq: number, text: string): TimelineEntry => ({
    cite: `INC-1#${seq}`,
    seq,
    at: minutesLater(seq),
    actor: { kind: 'slack', user: alice },
    event: { kind: 'incident.noted', text },
  });

  it('cites the place in the log for each line', () => {
    const blocks = JSON.stringify(timelineMessage(at('mitigating'), [entry(4, 'Saw a spike')]).blocks);
    expect(blocks).toMatch(/<!date\^\d+\^[^>]+>.*Saw a spike {2}`INC-1#4`/);
  });

  it('shows the end of a long one and says what it left out', () => {
    const entries = Array.from({ length: 300 }, (_, i) => entry(i + 1, NASTY));
    const message = timelineMessage(at('mitigating', { title: NASTY }), entries);
    expect(checkMessage({ ...message })).toEqual([]);
    expect(JSON.stringify(message.blocks)).toContain('260 earlier entries left out');
    expect(JSON.stringify(message.blocks)).toContain('`INC-1#300`');
  });

  it('never leaves a link or an escape open where a line was cut', () => {
    for (let padding = 0; padding < 60; padding++) {
      const message = timelineMessage(at('mitigating'), [entry(1, 'x'.repeat(padding) + NASTY)]);
      const text = JSON.stringify(message.blocks.slice(1));
      expect(text.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
      expect(text.replaceAll(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
    }
  });
});

describe('App Home', () => {
  const noDuties = { taken: [], free: [], coming: [] };
  const home = (incidents: readonly Incident[], duties: Parameters<typeof homeView>[0]['duties'] = noDuties) =>
    homeView({
      user: bob,
      incidents,
      duties,
      windows: { open: [], coming: [] },
      checks: [],
      uptime: [],
      backups: [],
      spec: incidentSpec,
    });
  const textOf = (incidents: Incident[]) => JSON.stringify(home(incidents).blocks);

  it('shows what is mine before what is open', () => {
    const text = textOf([at('assigned', { number: 2, owner: alice }), at('mitigating')]);
    expect(text.indexOf('Yours')).toBeGreaterThan(-1);
    expect(text.indexOf('*INC-1*')).toBeLessThan(text.indexOf('Other open incidents'));
    expect(text.indexOf('Other open incidents')).toBeLessThan(text.indexOf('*INC-2*'));
  });

  it('shows the post-mortems I owe and nobody else theirs', () => {
    expect(textOf([at('resolved')])).toContain('Post-mortems you owe');
    expect(textOf([at('resolved', { owner: alice })])).not.toContain('Post-mortems you owe');
    expect(textOf([at('resolved')])).toContain('Nobody is working on an incident.');
  });

  it('keeps to the limits of Slack with very many incidents', () => {
    const owed = many.map((incident) => ({
      ...incident,
      status: 'resolved' as const,
      postmortemDueAt: now.toISOString(),
    }));
    const runs = Array.from({ length: 60 }, (_, i) => ({ ...aRun(), number: i + 1, title: NASTY }));
    const entry = { duty: 'backups', title: NASTY, owner: 'platform', at: now, local: '2026-11-21 15:00', zone: 'UTC' };
    const view = home([...many, ...owed, ...many.map((one) => ({ ...one, owner: alice }))], {
      taken: runs,
      free: runs,
      coming: Array(60).fill(entry),
    });
    expect(checkView({ ...view })).toEqual([]);
  });

  it('shows my duties, each with its button, and what comes for my teams', () => {
    const coming = { duty: 'drill', title: 'Restore drill', owner: 'platform', at: now, local: '', zone: 'UTC' };
    const text = JSON.stringify(
      home([], { taken: [aRun({ takenBy: bob })], free: [{ ...aRun(), number: 2 }], coming: [coming] }).blocks,
    );
    expect(text).toContain('My duties');
    expect(text).toMatch(
      /\*RUN-1\* Backup verification .*"action_id":"run.done".*"value":"1".*\*RUN-2\*.*"action_id":"run.take".*"value":"2"/,
    );
    expect(text).toContain('*Restore drill*  ·  Platform');
  });

  it('has what is late first, then what is due, whoever took it', () => {
    const run = (number: number, status: 'planned' | 'due' | 'late', dueAt: string) => ({
      ...aRun({ dueAt }),
      number,
      status,
    });
    const view = home([], {
      taken: [run(1, 'due', '2026-11-21T14:00:00.000Z'), run(2, 'planned', '2026-11-20T14:00:00.000Z')],
      free: [run(3, 'late', '2026-11-21T13:00:00.000Z'), run(4, 'due', '2026-11-21T12:00:00.000Z')],
      coming: [],
    });
    expect([...JSON.stringify(view.blocks).matchAll(/\*RUN-(\d)\*/g)].map(([, number]) => number)).toEqual([
      ...['3', '4', '1', '2'],
    ]);
  });

  it('names a duty that comes again and again once, with how often', () => {
    const daily = { duty: 'check', title: 'Morning check', owner: 'platform', local: '', zone: 'UTC', at: now };
    const coming = [daily, daily, { ...daily, duty: 'drill', title: 'Restore drill' }];
    const text = JSON.stringify(home([], { taken: [], free: [], coming }).blocks);
    expect(text.match(/Morning check/g)).toHaveLength(1);
    expect(text).toContain('*Morning check*  ·  Platform  ·  2 times');
    expect(text).toContain('"action_id":"calendar.subscribe"');
  });

  it('says nothing of duties to whom none concern', () => {
    expect(textOf([])).not.toContain('My duties');
  });
});
