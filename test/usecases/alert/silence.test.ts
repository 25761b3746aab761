import { afterEach, expect, it } from 'vitest';
import { createAlertWatch } from '../../../src/adapters/postgres/alert-watch.ts';
import { silenceComment } from '../../../src/domain/window/silence.ts';
import { expireSilence } from '../../../src/usecases/alert/expire-silence.ts';
import { findEndedAlerts } from '../../../src/usecases/alert/find-ended.ts';
import { keepAlertsSilenced } from '../../../src/usecases/alert/keep-silences.ts';
import { showSilences } from '../../../src/usecases/alert/list-silences.ts';
import { endSilence, offerSilence, silenceAlerts } from '../../../src/usecases/alert/silence.ts';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { planWindow } from '../../../src/usecases/window/plan.ts';
import { alert, told } from '../../support/alert-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { alertThere, scriptedAlertmanager } from '../../support/scripted-alertmanager.ts';
import { aDraft } from '../../support/window-story.ts';
import { person } from '../duty/duty-harness.ts';
import { alertHarness } from './alert-harness.ts';

let alerts: Awaited<ReturnType<typeof alertHarness>>;
afterEach(() => alerts.close());

const slow = { alertname: 'Slow', service: 'search' };
const of = (fingerprint: string) => alert(fingerprint, { labels: { ...slow, instance: fingerprint } });

/** Two alerts of one group, ALERT-1, which an Alertmanager has. */
async function firing() {
  alerts = await alertHarness();
  const { spec } = alerts.rules;
  const connected = {
    ...spec,
    targets: { ...spec.targets, am: { kind: 'alertmanager' as const, url: 'http://am:9093' } },
  };
  alerts.rules.spec = connected;
  await alerts.take(told('slow', slow, of('a'), of('b')));
  const scripted = scriptedAlertmanager();
  scripted.state.alerts = ['a', 'b'].map((one) => alertThere(one, { ...slow, instance: one }));
  const deps = {
    ...alerts.deps,
    alerts: createAlertWatch(alerts.db.pool),
    alertmanagers: scripted.api,
    directory: { nameOf: async () => 'Alice' },
  };
  const ask = async (requestKey: string | null = null) => {
    const offered = await offerSilence(deps, 1);
    if (!offered.ok) throw new Error(offered.refusal.message);
    const { matchers, targets } = offered.value;
    const input = { number: 1, matchers, targets, length: 3_600_000, comment: 'Being moved' };
    return silenceAlerts(deps, { ...person(alice), requestKey }, input);
  };
  return { ...scripted, connected, deps, ask, keep: () => keepAlertsSilenced(deps) };
}

it('a group is silenced once, however often it is asked for and seen to, and told of again when that is ended', async () => {
  const { deps, ask, keep, active } = await firing();
  const input = {
    number: 1,
    matchers: [{ name: 'alertname', value: 'Slow', isRegex: false }],
    targets: ['am'],
    length: 3_600_000,
    comment: 'Being moved',
  };
  const first = await silenceAlerts(deps, { ...person(alice), requestKey: 'view:1' }, input);
  expect(first.ok).toBe(true);
  // Its form delivered twice, and asked for by somebody else.
  expect(await silenceAlerts(deps, { ...person(alice), requestKey: 'view:1' }, input)).toEqual(first);
  expect(await silenceAlerts(deps, person(alice), input)).toMatchObject({ refusal: { code: 'already-silenced' } });
  await expect(ask()).rejects.toThrow('is silenced already');
  await keep();
  expect((await keep()).flatMap(({ events }) => events)).toEqual([]);
  const until = new Date(alerts.now().getTime() + 3_600_000).toISOString();
  expect(active()).toMatchObject([
    { id: 's1', endsAt: until, createdBy: 'Alice', comment: expect.stringMatching(/^Being moved \(ALERT-1, /) },
  ]);
  expect((await alerts.group(1)).silence).toMatchObject({ targets: { am: { id: 's1', until, problem: null } } });
  expect(await alerts.fold(1)).toEqual(await alerts.group(1));
  await endSilence(deps, person(alice), { number: 1 });
  await keep();
  expect(active()).toEqual([]);
  expect((await alerts.group(1)).silence).toBeNull();
  expect(await alerts.kinds(1)).toEqual([
    'alerts.began',
    'alerts.silence_asked',
    'alerts.silenced',
    'alerts.silence_ended',
    'alerts.unsilenced',
  ]);
  expect(await keep()).toEqual([]);
});

it('whoever comes after one that died between opening and recording it finds it; one that is away is tried again', async () => {
  const { state, ask, keep, active } = await firing();
  expect((await ask()).ok).toBe(true);
  state.away = true;
  await keep();
  expect((await alerts.group(1)).silence?.targets).toMatchObject({ am: { problem: 'it cannot be reached' } });
  state.away = false;
  state.dies = true;
  await expect(keep()).rejects.toThrow('alerts could not be kept silenced');
  state.dies = false;
  await keep();
  expect(active()).toHaveLength(1);
  expect((await alerts.group(1)).silence?.targets).toMatchObject({ am: { id: 's1', problem: null } });
  alerts.later(60);
  await keep();
  expect((await alerts.group(1)).silence).toBeNull();
});

it('a group that fails keeps no other from being silenced; one that does not answer is waited for once', async () => {
  const { deps, ask, active } = await firing();
  await alerts.take(told('other', slow, of('c')));
  const matchers = [{ name: 'instance', value: 'c', isRegex: false }];
  const input = { number: 2, matchers, targets: ['am'], length: 7_200_000, comment: 'Second' };
  await ask();
  expect((await silenceAlerts(deps, person(alice), input)).ok).toBe(true);
  let asked = 0;
  const failing = async (): Promise<never> => {
    asked += 1;
    throw new Error('a fault');
  };
  const { api } = { api: deps.alertmanagers };
  const put: typeof api.put = (at, draft) => (draft.comment.startsWith('Second') ? api.put(at, draft) : failing());
  await expect(keepAlertsSilenced({ ...deps, alertmanagers: { ...api, put } })).rejects.toThrow();
  expect(active()).toMatchObject([{ comment: expect.stringMatching(/^Second/) }]);
  await endSilence(deps, person(alice), { number: 2 });
  asked = 0;
  const hangs = async () => {
    asked += 1;
    return { ok: false as const, problem: 'it did not answer within 10 s', isAway: true };
  };
  await keepAlertsSilenced({ ...deps, alertmanagers: { ...api, put: hangs, expire: hangs } });
  expect(asked).toBe(1);
});

it('one that somebody ended in Alertmanager stays ended, and the card follows', async () => {
  const { silences, ask, keep, active } = await firing();
  await ask();
  await keep();
  const endsAt = alerts.now().toISOString();
  for (const [id, one] of silences) silences.set(id, { ...one, state: 'expired', endsAt });
  await keep();
  expect(active()).toEqual([]);
  expect((await alerts.group(1)).silence).toBeNull();
  expect(await alerts.kinds(1)).toContain('alerts.silence_ended');
});

it('one that is ended while another instance opens it is ended there too', async () => {
  const { deps, ask, keep, active } = await firing();
  await ask();
  const put: typeof deps.alertmanagers.put = async (at, draft) => {
    await endSilence(deps, person(alice), { number: 1 });
    await keep();
    return deps.alertmanagers.put(at, draft);
  };
  await keepAlertsSilenced({ ...deps, alertmanagers: { ...deps.alertmanagers, put } });
  expect((await alerts.group(1)).silence).toBeNull();
  expect(active()).toEqual([]);
});

it('one whose Alertmanager has left the spec says so until it has ended by itself', async () => {
  const { connected, ask, keep } = await firing();
  await ask();
  await keep();
  alerts.rules.spec = { ...connected, targets: {} };
  await keep();
  const { silence } = await alerts.group(1);
  expect(silence?.targets).toMatchObject({ am: { id: 's1', problem: 'the spec names it no more' } });
  alerts.later(69);
  expect((await keep()).flatMap(({ events }) => events)).toEqual([]);
  alerts.later(1);
  await keep();
  expect((await alerts.group(1)).silence).toBeNull();
});

it('one that was never opened is forgotten with its Alertmanager, and may be asked for again', async () => {
  const { connected, ask, keep } = await firing();
  await ask();
  alerts.rules.spec = { ...connected, targets: {} };
  await keep();
  expect((await alerts.group(1)).silence).toBeNull();
  alerts.rules.spec = connected;
  expect((await ask()).ok).toBe(true);
});

it('what ends while somebody silenced it is found out, as in a maintenance window', async () => {
  const { state, deps, ask, keep } = await firing();
  await ask();
  await keep();
  const look = async () => (await findEndedAlerts(deps)).map(({ alert: which, reason }) => `${which} ${reason}`);
  expect(await look()).toEqual(['a is-there', 'b is-there']);
  state.alerts = state.alerts.slice(1);
  alerts.later(1);
  expect(await look()).toEqual(['a missing-first', 'b is-there']);
  alerts.later(3);
  expect(await look()).toEqual(['a ended-unseen', 'b is-there']);
  state.alerts = [];
  await look();
  alerts.later(3);
  expect(await look()).toEqual(['b ended-unseen']);
  await workOffAlerts(deps);
  expect(await alerts.group(1)).toMatchObject({ status: 'resolved', firing: 0 });
  // Under the same silence, of which Alertmanager tells nobody until it repeats itself.
  state.alerts = [alertThere('b')];
  expect(await look()).toEqual(['b fires-again']);
  expect((await workOffAlerts(deps)).map(({ reason }) => reason)).toEqual(['recurred']);
  expect(await alerts.group(1)).toMatchObject({ status: 'firing', firing: 1, resolved: 1, unseen: 1 });
  expect(await look()).toEqual(['b is-there']);
});

it("all silences are listed with whose they are, and any but a window's can be ended", async () => {
  const { state, silences, deps, ask, keep, active } = await firing();
  await ask();
  await keep();
  const times = {
    startsAt: alerts.now().toISOString(),
    endsAt: new Date(alerts.now().getTime() + 60_000).toISOString(),
  };
  const common = { ...times, state: 'active' as const, matchers: [] };
  silences.set('bob', { ...common, id: 'bob', createdBy: 'Bob', comment: 'Lunch' });
  const planned = await planWindow(deps, person(alice), aDraft({ startsAt: alerts.now(), shortNotice: 'Now' }));
  if (!planned.ok) throw new Error(planned.refusal.message);
  silences.set('win', { ...common, id: 'win', createdBy: 'Mainstay', comment: silenceComment(planned.value) });
  const { silences: listed, away } = await showSilences(deps);
  expect(away).toEqual([]);
  const whose = new Map(listed.map(({ id, of: kept }) => [id, kept]));
  expect(whose).toEqual(
    new Map([
      ['bob', null],
      ['win', { kind: 'window', number: planned.value.number }],
      ['s1', { kind: 'alert', number: 1 }],
    ]),
  );
  const expire = (id: string) =>
    expireSilence(deps, { ...person(alice), requestKey: `click ${id}` }, { target: 'am', id });
  expect(await expire('win')).toMatchObject({ refusal: { code: 'of-window' } });
  expect((await expire('s1')).ok).toBe(true);
  await keep();
  expect((await expire('bob')).ok).toBe(true);
  expect(active().map(({ id }) => id)).toEqual(['win']);
  expect(await expire('bob')).toMatchObject({ refusal: { code: 'not-silenced' } });
  expect(
    await alerts.count(`select count(*)::int as n from "Event" where subject = 'ACCESS' and kind = 'silence.ended'`),
  ).toBe(1);
  state.away = true;
  expect(await showSilences(deps)).toMatchObject({
    silences: [],
    away: [{ target: 'am', problem: 'it cannot be reached' }],
  });
  expect(await expire('win')).toMatchObject({
    refusal: { message: 'Nothing is ended: am: it cannot be reached. Try again.' },
  });
  // What a window left behind nobody keeps.
  state.away = false;
  alerts.later(24 * 60);
  expect(await expire('win')).toMatchObject({ ok: true, value: { of: null } });
  expect(active()).toEqual([]);
});

it('what it matches is shown, and how many alerts that are, also of others', async () => {
  const { state, deps } = await firing();
  const other = alertThere('c', { ...slow, instance: 'c' });
  state.alerts = [...state.alerts, other, alertThere('d', { ...slow, instance: 'd', env: 'test' })];
  const offered = await offerSilence(deps, 1);
  expect(offered).toMatchObject({ ok: true, value: { targets: ['am'], matched: 3, others: ['Slow'] } });
  expect(offered.ok && offered.value.matchers.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'alertname=Slow',
    'env=',
    'service=search',
  ]);
  expect(offered).toMatchObject({ value: { away: [] } });
});

it('an Alertmanager that is away is named with what is offered', async () => {
  const { deps, connected } = await firing();
  const other = { kind: 'alertmanager' as const, url: 'http://other:9093' };
  alerts.rules.spec = { ...connected, targets: { ...connected.targets, other } };
  const { api } = { api: deps.alertmanagers };
  const away = { ok: false as const, problem: 'it cannot be reached' };
  const there: typeof api.alerts = async (at, matchers) => (at.url === other.url ? away : api.alerts(at, matchers));
  expect(await offerSilence({ ...deps, alertmanagers: { ...api, alerts: there } }, 1)).toMatchObject({
    value: { targets: ['am'], away: [{ target: 'other', problem: 'it cannot be reached' }] },
  });
});

it('what cannot be silenced says why, and what to do instead', async () => {
  const { state, deps, connected } = await firing();
  const why = async (number: number) => {
    const offered = await offerSilence(deps, number);
    return offered.ok ? null : offered.refusal.message;
  };
  state.alerts = [];
  expect(await why(1)).toMatch(/^am has none of the alerts of ALERT-1 now\. \*Mute…\*/);
  state.away = true;
  expect(await why(1)).toMatch(/^Nothing is silenced: am: it cannot be reached\. Try again\. \*Mute…\*/);
  alerts.rules.spec = { ...connected, targets: {} };
  expect(await why(1)).toMatch(/^The spec names no Alertmanager .* \*Mute…\*/);
  await alerts.take({ ...told('g', slow, alert('z')), source: 'grafana' });
  expect(await why(2)).toMatch(/^ALERT-2 does not come from an Alertmanager.* \*Mute…\*/);
  expect(await why(99)).toMatch(/^There is no ALERT-99/);
});
