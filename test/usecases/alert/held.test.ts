import { afterEach, expect, it } from 'vitest';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { alert, resolved, told } from '../../support/alert-story.ts';
import { alice } from '../../support/incident-spec.ts';
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
