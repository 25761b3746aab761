import { afterEach, expect, it } from 'vitest';
import { createAlertWatch } from '../../../src/adapters/postgres/alert-watch.ts';
import { findEndedAlerts } from '../../../src/usecases/alert/find-ended.ts';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { alert, told } from '../../support/alert-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { alertThere, scriptedAlertmanager } from '../../support/scripted-alertmanager.ts';
import { aDraft } from '../../support/window-story.ts';
import { person } from '../duty/duty-harness.ts';
import { alertHarness } from './alert-harness.ts';

let alerts: Awaited<ReturnType<typeof alertHarness>>;
afterEach(() => alerts.close());

const search = { alertname: 'HighLatency', service: 'Product Search', env: 'prod' };
const of = (fingerprint: string, labels = search) =>
  alert(fingerprint, { labels: { ...labels, instance: fingerprint } });

/** Two hours of work on the search, which Alice leads, and an Alertmanager that has run for an hour and has what `has` says. */
async function work() {
  alerts = await alertHarness();
  const { spec } = alerts.rules;
  alerts.rules.spec = { ...spec, targets: { ...spec.targets, am: { kind: 'alertmanager', url: 'http://am:9093' } } };
  const { api, state } = scriptedAlertmanager();
  state.upSince = new Date(alerts.now().getTime() - 3_600_000);
  const has = (...fingerprints: string[]) => {
    state.alerts = fingerprints.map((one) => alertThere(one));
  };
  const deps = { ...alerts.deps, alerts: createAlertWatch(alerts.db.pool), alertmanagers: api };
  const look = async () => (await findEndedAlerts(deps)).map(({ alert: which, reason }) => `${which} ${reason}`);
  const begin = async () => {
    const draft = aDraft({ services: ['search'], startsAt: alerts.now(), shortNotice: 'Now' });
    const planned = await planWindow(alerts.deps, person(alice), draft);
    if (!planned.ok) throw new Error(planned.refusal.message);
    return planned.value.number;
  };
  return { state, has, look, begin };
}

it('an alert that ends while it is silenced is resolved, with how that is known; what still fires is not', async () => {
  const { state, has, look, begin } = await work();
  await alerts.take(told('latency', search, of('a'), of('b')), told('z-disk', { alertname: 'DiskFull' }, alert('d')));
  expect(await look()).toEqual([]);
  expect(state.asked).toBe(0);
  await begin();
  has('a', 'b');
  expect(await look()).toEqual(['a is-there', 'b is-there']);
  has('b');
  alerts.later(1);
  expect(await look()).toEqual(['a missing-first', 'b is-there']);
  alerts.later(3);
  expect(await look()).toEqual(['a ended-unseen', 'b is-there']);
  await workOffAlerts(alerts.deps);
  expect(await alerts.group(1)).toMatchObject({ status: 'firing', firing: 1, resolved: 1, unseen: 1 });
  expect((await alerts.group(1)).samples).toMatchObject([{ name: 'instance b' }]);
  has();
  expect(await look()).toEqual(['b missing-first']);
  alerts.later(3);
  expect(await look()).toEqual(['b ended-unseen']);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['cleared']);
  expect(await alerts.group(1)).toMatchObject({ status: 'resolved', resolved: 2, unseen: 2 });
  expect(await alerts.fold(1)).toEqual(await alerts.group(1));
  expect(await look()).toEqual([]);
  // It fires after all: whoever tells of it knows best, and the window explains it.
  expect((await alerts.take(told('latency', search, of('b')))).map(({ reason }) => reason)).toEqual(['held-in-window']);
  has('b');
  expect(await look()).toEqual(['b is-there']);
});

it('an Alertmanager that is away, or was restarted, resolves nothing', async () => {
  const { state, has, look, begin } = await work();
  await alerts.take(told('latency', search, of('a')));
  await begin();
  has('a');
  await look();
  state.away = true;
  expect(await look()).toEqual(['a could-not-ask']);
  state.away = false;
  state.upSince = alerts.now();
  has();
  for (const minute of [1, 2, 3, 4]) {
    alerts.later(1);
    expect(await look(), `minute ${minute}`).toEqual(['a just-started']);
  }
  has('a');
  expect(await look()).toEqual(['a is-there']);
  expect(await alerts.group(1)).toMatchObject({ status: 'firing', firing: 1 });
});

it('what a window silenced and ended is found out however late, when Alertmanager was restarted at its end', async () => {
  const { state, has, look, begin } = await work();
  await alerts.take(told('latency', search, of('a')), told('errors', search, of('b')));
  const number = await begin();
  alerts.later(1);
  has('a', 'b');
  await look();
  has();
  state.upSince = alerts.now();
  alerts.later(1);
  await finishWindow(alerts.deps, person(alice), { number });
  await alerts.db.pool.query(
    `update "Window" set state = state || '{"aftermath": {"still": [], "count": 0, "problem": null}}'`,
  );
  expect(await look()).toEqual(['a just-started', 'b just-started']);
  // Told of again it is for whoever tells to say when it ends.
  await alerts.take(told('errors', search, of('b')));
  alerts.later(10);
  expect(await look()).toEqual(['a missing-first']);
  alerts.later(3);
  expect(await look()).toEqual(['a ended-unseen']);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['cleared']);
  expect(await look()).toEqual([]);
});

it('what ended and fires again in the same window is held, and begins with the labels that it has', async () => {
  const { has, look, begin } = await work();
  await alerts.take(told('latency', search, of('a')));
  const number = await begin();
  alerts.later(1);
  has('a');
  await look();
  has();
  await look();
  alerts.later(3);
  expect(await look()).toEqual(['a ended-unseen']);
  await workOffAlerts(alerts.deps);
  alerts.later(90);
  expect(await look()).toEqual([]);
  has('a');
  expect(await look()).toEqual(['a fires-again']);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['held-in-window']);
  await finishWindow(alerts.deps, person(alice), { number });
  alerts.later(2);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['began']);
  expect(await alerts.group(2)).toMatchObject({ title: 'HighLatency', service: 'search', firing: 1 });
});

it('a look that finds what the last one found writes nothing', async () => {
  const { has, look, begin } = await work();
  await alerts.take(told('latency', search, of('a')));
  await begin();
  alerts.later(1);
  has('a');
  await look();
  const version = () => alerts.count(`select xmin::text::int as n from "Alert"`);
  const before = await version();
  alerts.later(1);
  expect(await look()).toEqual(['a is-there']);
  expect(await version()).toBe(before);
});

it('what was held and is fixed when the window ends calls nobody; what still fires begins once that is known', async () => {
  const { has, look, begin } = await work();
  const number = await begin();
  const fixed = { ...search, alertname: 'Errors' };
  await alerts.take(told('latency', search, of('a')), told('errors', fixed, of('b', fixed)));
  await alerts.take({ ...told('own', { ...search, alertname: 'Own' }, of('c')), source: 'generic' });
  has('a', 'b');
  await look();
  has('a');
  alerts.later(1);
  await finishWindow(alerts.deps, person(alice), { number });
  // Of other sources nobody can be asked.
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual([
    'held-to-be-sure',
    'held-to-be-sure',
    'began',
  ]);
  expect((await alerts.group(1)).title).toBe('Own');
  expect(await look()).toEqual(['a is-there', 'b missing-first']);
  alerts.later(2);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason).sort()).toEqual(['began', 'held-to-be-sure']);
  expect((await alerts.group(2)).title).toBe('HighLatency');
  alerts.later(1);
  // The window is over, and what is missing is looked for all the same.
  expect(await look()).toContain('b ended-unseen');
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['never-fired']);
  expect(await workOffAlerts(alerts.deps)).toEqual([]);
});
