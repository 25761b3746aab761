import { afterEach, describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/window/apply.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import type { Alertmanagers, AlertNow } from '../../../src/usecases/silence-port.ts';
import { finishWindow } from '../../../src/usecases/window/end.ts';
import { extendWindow } from '../../../src/usecases/window/extend.ts';
import { followWindows } from '../../../src/usecases/window/follow.ts';
import { keepWindowsQuiet } from '../../../src/usecases/window/keep-quiet.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { aCheck, MINUTE } from '../../support/check-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { alertThere, scriptedAlertmanager } from '../../support/scripted-alertmanager.ts';
import { aDraft } from '../../support/window-story.ts';
import { type HealthHarness, healthHarness, person } from '../health/health-harness.ts';

const HOUR = 60 * MINUTE;

let health: HealthHarness;
afterEach(() => health.close());

const alert = (name: string): AlertNow => alertThere(name, { alertname: name, service: 'checkout' });

/** An hour's work on checkout that Alice leads, and an Alertmanager. */
async function work() {
  health = await healthHarness(aCheck({ key: 'a', service: 'checkout' }));
  const { spec } = health.rules;
  health.rules.spec = { ...spec, targets: { ...spec.targets, am: { kind: 'alertmanager', url: 'http://am:9093' } } };
  const manager = scriptedAlertmanager();
  const deps = { ...health.deps, alertmanagers: manager.api };
  const draft = aDraft({ startsAt: health.now(), length: '1h', shortNotice: 'The disk is full' });
  const planned = await planWindow(deps, person(alice), draft);
  if (!planned.ok) throw new Error(planned.refusal.message);
  const { number } = planned.value;
  const window = async (): Promise<MaintenanceWindow> => {
    const found = await deps.store.window(number);
    let folded: MaintenanceWindow | null = null;
    for await (const event of deps.store.windowEvents(number)) folded = apply(folded, event);
    expect(found).toEqual(folded);
    if (found === null) throw new Error('the window is gone');
    return found;
  };
  return { ...manager, deps, number, window, keep: () => keepWindowsQuiet(deps) };
}

describe('the silence of a window', () => {
  it('waits once in a look for an Alertmanager that is away, however many windows there are, and asks anew in the next', async () => {
    const { deps, state } = await work();
    const another = aDraft({ startsAt: health.now(), length: '1h', shortNotice: 'The disk is full' });
    const planned = await planWindow(deps, person(alice), another);
    expect(planned.ok).toBe(true);
    state.away = true;
    let asked = 0;
    const silences: Alertmanagers['silences'] = (at) => {
      asked += 1;
      return deps.alertmanagers.silences(at);
    };
    const look = () => keepWindowsQuiet({ ...deps, alertmanagers: { ...deps.alertmanagers, silences } });
    expect(await look()).toHaveLength(2);
    expect(asked).toBe(1);
    await look();
    expect(asked).toBe(2);
  });

  it('a look at many that takes too long ends, and the next one begins with another', async () => {
    const { deps, state } = await work();
    for (let n = 0; n < 3; n += 1) {
      await planWindow(deps, person(alice), aDraft({ startsAt: health.now(), length: '1h', shortNotice: 'x' }));
    }
    // Each alert asked for takes half a minute.
    const alerts: Alertmanagers['alerts'] = (at, matchers) => {
      health.later(MINUTE / 2);
      return deps.alertmanagers.alerts(at, matchers);
    };
    const slow = { ...deps, alertmanagers: { ...deps.alertmanagers, alerts } };
    const seen = new Set<string>();
    for (let look = 0; look < 4; look += 1) {
      const kept = await keepWindowsQuiet(slow);
      expect(kept).toHaveLength(2);
      for (const { window } of kept) seen.add(window);
    }
    expect(seen.size).toBe(4);
    expect(state.asked).toBeGreaterThan(0);
  });

  it('is opened, follows its end, is ended with it, and is one however often it is seen to', async () => {
    const { deps, number, window, active, keep } = await work();
    await keep();
    const { endsAt } = await window();
    expect(active()).toMatchObject([
      { id: 's1', endsAt, createdBy: 'Mainstay', comment: expect.stringMatching(`^WIN-${number} `) },
    ]);
    expect((await keep()).flatMap(({ events }) => events)).toEqual([]);
    await extendWindow(deps, person(alice), { number, end: { by: HOUR }, reason: '' });
    await keep();
    const later = (await window()).endsAt;
    expect(later).not.toBe(endsAt);
    expect(active()).toMatchObject([{ id: 's1', endsAt: later }]);
    expect((await window()).silences).toEqual({ am: { id: 's1', until: later, problem: null } });
    health.later(MINUTE);
    await finishWindow(deps, person(alice), { number });
    await keep();
    expect(active()).toEqual([]);
    expect(await window()).toMatchObject({ silences: {}, aftermath: { count: 0, problem: null } });
    expect(await keep()).toEqual([]);
  });

  it('is found again by whoever comes after one that died between opening and recording it', async () => {
    const { state, window, active, keep } = await work();
    state.dies = true;
    await expect(keep()).rejects.toThrow('windows could not be kept quiet');
    expect((await window()).silences).toEqual({});
    state.dies = false;
    await keep();
    expect(active()).toHaveLength(1);
    expect((await window()).silences['am']).toMatchObject({ id: 's1', problem: null });
  });

  it('is ended when the window was ended while another instance opened it', async () => {
    const { deps, number, window, active, keep } = await work();
    const put: Alertmanagers['put'] = async (at, draft) => {
      health.later(MINUTE);
      await finishWindow(deps, person(alice), { number });
      await keep();
      return deps.alertmanagers.put(at, draft);
    };
    await keepWindowsQuiet({ ...deps, alertmanagers: { ...deps.alertmanagers, put } });
    expect(await window()).toMatchObject({ status: 'ended', silences: {} });
    expect(active()).toEqual([]);
  });

  it('that cannot be opened is on the card, tried again each minute, and opened when Alertmanager is back', async () => {
    const { state, window, active, keep } = await work();
    state.away = true;
    for (let minute = 0; minute < 3; minute += 1) await keep();
    const { silences, version } = await window();
    expect(silences).toEqual({ am: { id: null, until: null, problem: 'it cannot be reached' } });
    state.away = false;
    await keep();
    expect(active()).toHaveLength(1);
    expect((await window()).version).toBe(version + 1);
  });

  it('stays on the list until it is ended, when Alertmanager is away at an early end', async () => {
    const { deps, state, number, window, active, keep } = await work();
    await keep();
    health.later(MINUTE);
    await finishWindow(deps, person(alice), { number });
    state.away = true;
    await keep();
    health.later(11 * MINUTE);
    await keep();
    expect(await window()).toMatchObject({ aftermath: { problem: 'am: it cannot be reached' } });
    expect(active()).toHaveLength(1);
    state.away = false;
    await keep();
    expect(active()).toEqual([]);
    expect((await window()).silences).toEqual({});
  });
});

describe('what fires in an Alertmanager', () => {
  it("is on the card while it is quiet, one message with an offer when it still does at the end, and an incident with the window's timeline", async () => {
    const { deps, state, number, window, keep } = await work();
    state.alerts = ['A', 'B', 'C', 'D'].map(alert);
    await keep();
    expect((await window()).quiet).toMatchObject({ count: 4, things: [{ name: 'A', detail: 'A is bad' }, {}, {}, {}] });
    state.alerts = ['A', 'B', 'C'].map(alert);
    health.later(HOUR);
    await followWindows(deps);
    await keep();
    expect((await window()).aftermath).toMatchObject({ count: 3 });
    const said = (await health.promises()).flatMap((one) =>
      one.kind === 'post' && one.message.type === 'window-event' ? [one.message.event.kind] : [],
    );
    expect(said.filter((kind) => kind === 'window.looked_again')).toHaveLength(1);

    const declaration = {
      title: 'Checkout is down',
      severity: null,
      category: null,
      service: 'checkout',
      description: '',
      origin: null,
    };
    const declared = await declareIncident(deps, person(alice), { ...declaration, window: number });
    if (!declared.ok) throw new Error(declared.refusal.message);
    const notes = [];
    for await (const { body } of deps.store.events(`INC-${declared.value.number}`)) {
      if (body?.kind === 'incident.noted') notes.push(body.text);
    }
    expect(notes).toEqual([
      expect.stringContaining(`Maintenance WIN-${number} (Move the database) was planned`),
      `WIN-${number} began.`,
      expect.stringContaining('silenced in am'),
      `WIN-${number} kept quiet: A, B, C, D`,
      `WIN-${number} was over its time and went on.`,
      `After WIN-${number} still failed: A, B, C`,
    ]);
  });
});

describe('a window that is extended into another', () => {
  it('says so, as planning does', async () => {
    const { deps, number } = await work();
    const startsAt = new Date(health.now().getTime() + 90 * MINUTE);
    const other = await planWindow(deps, person(alice), aDraft({ startsAt, length: '1h', shortNotice: 'x' }));
    expect(other.ok && other.value.overlaps).toEqual([]);
    const extended = await extendWindow(deps, person(alice), { number, end: { by: HOUR }, reason: '' });
    expect(extended.ok && extended.value.overlaps.map(({ window }) => window)).toEqual([
      other.ok && other.value.number,
    ]);
  });
});
