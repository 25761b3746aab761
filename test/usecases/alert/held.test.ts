import { afterEach, expect, it } from 'vitest';
import { createCheckStore } from '../../../src/adapters/postgres/check-store.ts';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { keepWindowsQuiet } from '../../../src/usecases/window/keep-quiet.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { alert, resolved, told } from '../../support/alert-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { alertThere, scriptedAlertmanager } from '../../support/scripted-alertmanager.ts';
import { aDraft } from '../../support/window-story.ts';
import { person } from '../duty/duty-harness.ts';
import { alertHarness } from './alert-harness.ts';

let alerts: Awaited<ReturnType<typeof alertHarness>>;
afterEach(() => alerts.close());

const search = { alertname: 'HighLatency', service: 'search' };
const slow = alert('a');

/** Two hours of work on the search in production, which Alice leads. */
async function work(): Promise<number> {
  const draft = aDraft({ services: ['search'], labels: 'env=prod', startsAt: alerts.now(), shortNotice: 'Now' });
  const planned = await planWindow(alerts.deps, person(alice), draft);
  if (!planned.ok) throw new Error(planned.refusal.message);
  await alerts.promised();
  return planned.value.number;
}

const calls = async () =>
  (await alerts.promised()).flatMap((one) =>
    one.kind === 'post' && one.message.type.startsWith('alert') ? [one.message.type] : [],
  );

it('what a maintenance window explains is held: told of at its end if it still fires, and not at all if it does not', async () => {
  alerts = await alertHarness();
  const number = await work();
  const covered = { ...search, env: 'prod' };
  const over = alert('b');
  const reports = await alerts.take(told('latency', covered, slow), told('errors', covered, over));
  expect(reports.map(({ reason }) => reason)).toEqual(['held-in-window', 'held-in-window']);
  expect(await workOffAlerts(alerts.deps)).toEqual([]);
  expect(await calls()).toEqual([]);
  alerts.later(1);
  expect(await workOffAlerts(alerts.deps)).toHaveLength(2);
  alerts.later(1);
  expect(await alerts.take(told('errors', covered, resolved(over)))).toEqual([
    { group: null, reason: 'held-in-window' },
    { group: null, reason: 'never-fired' },
  ]);

  await finishWindow(alerts.deps, person(alice), { number });
  await alerts.promised();
  alerts.later(1);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(['began']);
  expect(await calls()).toEqual(['alert-card']);
  expect(await workOffAlerts(alerts.deps)).toEqual([]);
});

it('what is released in one channel at the end of a window is one message, from three groups on', async () => {
  alerts = await alertHarness();
  const number = await work();
  const covered = { ...search, env: 'prod' };
  await alerts.take(told('a', covered, alert('a')));
  alerts.later(0.4);
  await alerts.take(told('b', covered, alert('b')), told('c', covered, alert('c')));
  alerts.later(0.5);
  await finishWindow(alerts.deps, person(alice), { number });
  await alerts.promised();
  alerts.later(1);
  expect((await workOffAlerts(alerts.deps)).map(({ reason }) => reason)).toEqual(Array(3).fill('began-in-storm'));
  expect(await calls()).toEqual(['alert-storm']);
  // Others that begin then have cards, as ever.
  expect(await alerts.take(told('d', covered, alert('d')))).toMatchObject([{ reason: 'began' }]);
});

it('what is held is on the card of the window, and at its end what still fires of it', async () => {
  alerts = await alertHarness();
  const number = await work();
  const covered = { ...search, env: 'prod' };
  const fixed = alert('b', { startsAt: alerts.now().toISOString() });
  const disk = { ...covered, alertname: 'DiskFull' };
  await alerts.take(told('a', covered, slow), { ...told('b', disk, fixed), source: 'generic' });
  await alerts.take(told('c', { ...search, env: 'test' }, alert('c')));
  const db = alerts.db;
  const { api, state } = scriptedAlertmanager();
  const deps = { ...alerts.deps, checks: createCheckStore(db), alertmanagers: api };
  const named = async () => {
    const window = await alerts.store.window(number);
    return [window?.quiet, window?.aftermath].map((part) => part && JSON.stringify(part).match(/"name":"[^"]*"/g));
  };
  // What an Alertmanager has too is named once.
  const { spec } = alerts.rules;
  alerts.rules.spec = { ...spec, targets: { ...spec.targets, am: { kind: 'alertmanager', url: 'http://am:9093' } } };
  state.alerts = [alertThere(slow.fingerprint, { ...covered, instance: 'host-a' })];
  await keepWindowsQuiet(deps);
  expect(await named()).toEqual([['"name":"DiskFull (1 firing)"', '"name":"HighLatency on host-a"'], null]);
  alerts.rules.spec = spec;
  await keepWindowsQuiet(deps);
  const both = ['"name":"HighLatency (1 firing)"', '"name":"DiskFull (1 firing)"'];
  expect(await named()).toEqual([expect.arrayContaining(both), null]);
  alerts.later(2);
  await alerts.take({ ...told('b', disk, resolved(fixed)), source: 'generic' });
  await finishWindow(alerts.deps, person(alice), { number });
  await alerts.promised();
  await keepWindowsQuiet(deps);
  expect(await named()).toEqual([expect.arrayContaining(both), both.slice(0, 1)]);
  // Its own card says the rest.
  expect((await alerts.promised()).map(({ kind }) => kind)).toEqual(['render']);
});

it('what it does not explain, and what people know to fire, is told of as ever', async () => {
  alerts = await alertHarness();
  const covered = { ...search, env: 'prod' };
  await alerts.take(told('before', covered, slow));
  expect(await calls()).toEqual(['alert-card']);
  await work();
  const reports = await alerts.take(
    told('before', covered, slow, alert('b')),
    told('test', { ...search, env: 'test' }, alert('c')),
    told('other', { alertname: 'DiskFull', env: 'prod' }, alert('d')),
  );
  expect(reports.map(({ reason }) => reason).sort()).toEqual(['began', 'began', 'changed']);
  expect(await calls()).toEqual(['alert-card', 'alert-card']);
});
