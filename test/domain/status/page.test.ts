import { describe, expect, it } from 'vitest';
import { statusDocument } from '../../../handlers/pages/status/document.ts';
import { statusJson } from '../../../handlers/pages/status/json.ts';
import { statusRss } from '../../../handlers/pages/status/rss.ts';
import { STYLE } from '../../../handlers/pages/status/style.ts';
import { decideWithdrawNote } from '../../../src/domain/incident/publish-note.ts';
import { decideReopen } from '../../../src/domain/incident/reopen.ts';
import { decideResolve } from '../../../src/domain/incident/resolve.ts';
import { type StatusFacts, statusPage } from '../../../src/domain/status/compose.ts';
import { percentWords } from '../../../src/domain/status/days.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { alice, minutesLater, now } from '../../support/incident-spec.ts';
import { incidentOf, type Story, step } from '../../support/incident-story.ts';
import { aSecretIncident, facts, PRIVATE, publish, standing, statusSpec } from '../../support/status-story.ts';
import { newWindow } from '../../support/window-story.ts';

const later = minutesLater(30);
const pageOf = (change: Partial<StatusFacts> = {}) => statusPage(facts(change), later);
const pageWith = (story: Story) => pageOf({ incidents: [incidentOf(story)] });
const shownOf = (change: Partial<StatusFacts> = {}) => ({
  page: pageOf(change),
  asOf: '2026-11-21T14:30:00.000Z',
  stale: false,
  url: 'https://status.example/status',
});
const everything = (change: Partial<StatusFacts> = {}) => {
  const shown = shownOf(change);
  return [statusDocument(shown).replace(STYLE, ''), statusJson(shown), statusRss(shown.page, shown.url)];
};

function aWindow(change: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  const { window } = newWindow(
    {
      kind: 'disks',
      services: [PRIVATE.service],
      title: PRIVATE.window,
      reason: PRIVATE.reason,
      rollback: PRIVATE.rollback,
    },
    statusSpec,
  );
  return {
    ...window,
    status: 'announced',
    announcedAt: now.toISOString(),
    startsAt: '2026-11-22T02:00:00.000Z',
    endsAt: '2026-11-22T04:00:00.000Z',
    ...change,
  };
}

describe('the services', () => {
  it('are those the spec makes public, by their public names', () => {
    expect(pageOf().services.map(({ id, name, state }) => [id, name, state])).toEqual([
      ['checkout', 'Checkout', 'operational'],
      ['api', 'API', 'operational'],
    ]);
  });

  it('stand as their own checks do, and not as those of a service nobody outside knows', () => {
    const states = (page = pageOf()) => page.services.map(({ state }) => state);
    expect(states(pageOf({ checks: standing({ 'ledger-web': 'failing' }) }))).toEqual(['operational', 'operational']);
    const page = pageOf({ checks: standing({ 'checkout-web': 'failing' }) });
    expect([...states(page), page.state, page.headline]).toEqual([
      'degraded',
      'operational',
      'degraded',
      'Some services are degraded',
    ]);
  });

  it('go by the checks that the spec names for it, where it names any', () => {
    const { [PRIVATE.service]: service } = statusSpec.services;
    if (service?.public === undefined) throw new Error('the service is not public');
    const services = {
      ...statusSpec.services,
      [PRIVATE.service]: { ...service, public: { ...service.public, checks: ['checkout-web'] } },
    };
    const [shown] = pageOf({
      spec: { ...statusSpec, services },
      checks: standing({ [PRIVATE.check]: 'failing' }),
    }).services;
    expect(shown?.state).toBe('operational');
  });
});

describe('an incident', () => {
  it('is not on the page, and means nothing for it, until somebody writes a public note', () => {
    const page = pageWith(aSecretIncident());
    expect([page.incidents, page.history, page.state]).toEqual([[], [], 'operational']);
  });

  it('is told by its notes alone, the latest first, under a neutral name', () => {
    const story = aSecretIncident();
    publish(story);
    publish(story, { state: 'identified', text: 'A supplier has trouble.', impact: 'outage' }, 10);
    const [incident] = pageWith(story).incidents;
    expect(incident).toEqual({
      id: 'incident-20261121t140000000z',
      title: 'Incident affecting Checkout',
      services: ['Checkout'],
      state: 'identified',
      impact: 'outage',
      startedAt: '2026-11-21T14:00:00.000Z',
      resolvedAt: null,
      updates: [
        { state: 'identified', text: 'A supplier has trouble.', at: '2026-11-21T14:10:00.000Z' },
        { state: 'investigating', text: 'Some payments fail.', at: '2026-11-21T14:00:00.000Z' },
      ],
    });
    expect(pageWith(story).services[0]?.state).toBe('outage');
  });

  it('is called what somebody called it for everybody', () => {
    const story = aSecretIncident();
    publish(story, { title: 'Payments fail' });
    publish(story, { text: 'Still so.' }, 5);
    expect(pageWith(story).incidents[0]?.title).toBe('Payments fail');
  });

  it('is over on the page when it is resolved, also where nobody wrote so', () => {
    const story = aSecretIncident();
    publish(story);
    story.now = minutesLater(20);
    step(story, (incident, at) => decideResolve(incident, { summary: PRIVATE.summary }, at));
    const page = pageWith(story);
    expect([page.incidents, page.services[0]?.state]).toEqual([[], 'operational']);
    expect(page.history[0]).toMatchObject({
      state: 'resolved',
      resolvedAt: '2026-11-21T14:20:00.000Z',
      impact: 'degraded',
    });
    expect(page.history[0]?.updates[0]?.text).toBe('This incident has been resolved.');
    step(story, (incident, at) => decideReopen(incident, { reason: 'Back again' }, at));
    expect(pageWith(story).incidents[0]).toMatchObject({ state: 'investigating', resolvedAt: null });
  });

  it('is over for the readers when a note says so, whatever is still done about it', () => {
    const story = aSecretIncident();
    publish(story);
    publish(story, { state: 'resolved', text: 'Payments work again.' }, 10);
    const page = pageWith(story);
    expect([page.state, page.history[0]?.resolvedAt]).toEqual(['operational', '2026-11-21T14:10:00.000Z']);
    expect(page.history[0]?.updates).toHaveLength(2);
  });

  it('is gone when its only note is withdrawn', () => {
    const story = aSecretIncident();
    publish(story, { text: 'The password is hunter2' });
    const [note] = incidentOf(story).publicNotes;
    step(story, (incident, at) => decideWithdrawNote(incident, { note: note?.seq ?? 0, reason: 'Too much' }, at));
    const shown = everything({ incidents: [incidentOf(story)] }).join('');
    expect(shown).not.toContain('hunter2');
    expect(pageWith(story)).toMatchObject({ incidents: [], history: [], state: 'operational' });
  });

  it('of a service nobody knows is an incident of nothing in particular, and still counts', () => {
    const story = aSecretIncident();
    publish(story, { impact: 'outage' });
    const page = pageOf({ incidents: [{ ...incidentOf(story), service: 'ledger' }] });
    expect(page.incidents[0]).toMatchObject({ title: 'Incident', services: [] });
    expect(page.state).toBe('outage');
    expect(
      everything({ incidents: [{ ...incidentOf(story), service: 'ledger' }] })
        .join('')
        .toLowerCase(),
    ).not.toContain('ledger');
  });
});

describe('a maintenance window', () => {
  it('is on the page once people were told of it, in the words the spec has for everybody', () => {
    expect(pageOf({ windows: [aWindow({ status: 'planned', announcedAt: null })] }).maintenance).toEqual([]);
    expect(pageOf({ windows: [aWindow()] }).maintenance).toEqual([
      {
        id: 'maintenance-20261122t020000000z-checkout',
        title: 'Maintenance of Checkout',
        text: 'We move to faster disks.',
        services: ['Checkout'],
        startsAt: '2026-11-22T02:00:00.000Z',
        endsAt: '2026-11-22T04:00:00.000Z',
        underWay: false,
        overran: false,
      },
    ]);
    expect(pageOf({ windows: [aWindow({ window: null })] }).maintenance[0]?.text).toBe('Planned maintenance');
  });

  it('shows its service in maintenance until its announced end, then as its checks say, and that it takes longer', () => {
    const started = aWindow({ status: 'started', startsAt: now.toISOString(), endsAt: minutesLater(10).toISOString() });
    const checks = standing({ 'checkout-web': 'failing' });
    const inTime = { ...started, endsAt: minutesLater(600).toISOString() };
    expect(pageOf({ windows: [inTime], checks }).services[0]?.state).toBe('maintenance');
    const page = pageOf({ windows: [started], checks });
    expect(page.services.map(({ state }) => state)).toEqual(['degraded', 'operational']);
    expect(page.maintenance[0]).toMatchObject({ underWay: true, overran: true });
    expect(statusDocument(shownOf({ windows: [started] }))).toContain('Takes longer than planned');
  });

  it('of services nobody outside knows is not on the page, nor one that is over or cancelled', () => {
    expect(pageOf({ windows: [aWindow({ services: ['ledger'] }), aWindow({ services: [] })] }).maintenance).toEqual([]);
    expect(pageOf({ windows: [aWindow({ status: 'ended' }), aWindow({ status: 'cancelled' })] }).maintenance).toEqual(
      [],
    );
  });
});

describe('the last ninety days', () => {
  const HOUR = 3_600_000;
  const day = (name: string, change: object) => ({
    day: name,
    up: 24 * HOUR,
    down: 0,
    excluded: 0,
    unknown: 0,
    ...change,
  });
  const days = [
    {
      service: PRIVATE.service,
      days: [
        day('2026-11-17', { up: 0, unknown: 24 * HOUR }),
        day('2026-11-18', { up: 0, excluded: 24 * HOUR }),
        day('2026-11-19', { up: 23.5 * HOUR, down: HOUR / 2 }),
        day('2026-11-20', { up: 12 * HOUR, down: 12 * HOUR }),
        day('2026-11-21', { up: 23 * HOUR, excluded: HOUR }),
      ],
    },
  ];

  it('are marked, and each says in words what its colour says', () => {
    const [checkout, api] = pageOf({ days }).services;
    expect(checkout?.days.map(({ mark }) => mark)).toEqual(['unknown', 'maintenance', 'brief', 'down', 'up']);
    expect(checkout?.available).toBeCloseTo(58.5 / 71, 10);
    expect([api?.days, api?.available]).toEqual([[], null]);
    const document = statusDocument(shownOf({ days }));
    for (const words of [
      '17 Nov 2026: not known',
      '18 Nov 2026: maintenance for 1 d',
      '19 Nov 2026: 97.91 % up, down for 30 min',
      '20 Nov 2026: 50.00 % up, down for 12 h',
      '21 Nov 2026: up, maintenance for 1 h',
    ]) {
      expect(document).toContain(words);
    }
  });

  it('have no share where only people said that it was down', () => {
    const told = { up: 0, down: HOUR / 6, unknown: (24 - 1 / 6) * HOUR, declared: HOUR / 6 };
    const only = [
      { service: PRIVATE.service, days: [day('2026-11-20', { up: 0, unknown: 24 * HOUR }), day('2026-11-21', told)] },
    ];
    const [checkout] = pageOf({ days: only }).services;
    expect(checkout?.available).toBeNull();
    expect(checkout?.days.map(({ mark, up }) => [mark, up])).toEqual([
      ['unknown', null],
      ['brief', null],
    ]);
    const document = statusDocument(shownOf({ days: only }));
    expect(document).toContain('21 Nov 2026: down for 10 min');
    expect(document).not.toContain('% up');
  });

  it('never round a share up to more than it was', () => {
    expect([percentWords(1), percentWords(0.99996), percentWords(0.9999), percentWords(0)]).toEqual([
      '100 %',
      '99.99 %',
      '99.99 %',
      '0.00 %',
    ]);
  });
});

describe('what the page is sent as', () => {
  const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp; </style> ]]> <a href="javascript:x">`;

  it('holds nothing of the inside', () => {
    const story = aSecretIncident();
    publish(story);
    const all = everything({
      incidents: [incidentOf(story)],
      windows: [aWindow({ status: 'started', lead: alice, channel: PRIVATE.channel })],
      checks: standing({ [PRIVATE.check]: 'failing' }).map((view) => ({
        ...view,
        pulse: {
          ...view.pulse,
          last: {
            at: now.toISOString(),
            answer: 'failing' as const,
            detail: PRIVATE.detail,
            latencyMs: 1,
            severity: null,
          },
        },
      })),
    });
    for (const sent of all) {
      for (const secret of Object.values(PRIVATE)) expect(sent).not.toContain(secret);
      expect(sent).not.toMatch(/SEV\d|INC-|WIN-|U0[A-Z]+|C0[A-Z]+|@/);
    }
  });

  it('shows hostile words as words', () => {
    const story = aSecretIncident();
    publish(story, { text: hostile, title: hostile });
    const [document = '', json = '', rss = ''] = everything({ incidents: [incidentOf(story)] });
    expect(document).not.toMatch(/<script|<img|<a href="javascript/);
    expect(document).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(rss).not.toMatch(/<script>alert|<img src/);
    const read = JSON.parse(json) as { incidents: { updates: { text: string }[] }[] };
    expect(read.incidents[0]?.updates[0]?.text).toBe(hostile);
  });

  it('says in the feed what is new, and is the same as long as nothing is', () => {
    const story = aSecretIncident();
    publish(story);
    const feed = () => statusRss(pageWith(story), 'https://status.example/status');
    expect(feed()).toBe(feed());
    expect(feed().match(/<item>/g)).toHaveLength(1);
    publish(story, { state: 'monitoring', text: 'Better.' }, 5);
    expect(feed().match(/<item>/g)).toHaveLength(2);
    expect(feed()).toContain('Monitoring: Incident affecting Checkout');
  });

  it('says when it could not be brought up to date', () => {
    expect(statusDocument(shownOf())).not.toContain('cannot be brought up to date');
    expect(statusDocument({ ...shownOf(), stale: true })).toContain('cannot be brought up to date');
  });
});
