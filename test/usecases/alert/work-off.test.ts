import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { muteAlerts, unmuteAlerts } from '../../../src/usecases/alert/mute.ts';
import { workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { alert, alertSpec, resolved, told } from '../../support/alert-story.ts';
import { alice as aliceId } from '../../support/incident-spec.ts';
import { alertHarness } from './alert-harness.ts';

let alerts: Awaited<ReturnType<typeof alertHarness>>;
beforeAll(async () => {
  alerts = await alertHarness();
});
afterAll(() => alerts.close());

const search = { alertname: 'HighLatency', service: 'search' };
const alice = { actor: { kind: 'slack', user: aliceId }, requestKey: null, groups: [] } as const;
const card = (number: number) => `alerts:${number}:card`;
const numberOf = (reports: readonly { group: string | null }[]) => Number(reports[0]?.group?.replace('ALERT-', ''));

describe('a group of alerts', () => {
  it('that begins has one card in its team’s channel, with what the rules and its service say of it', async () => {
    const reports = await alerts.take(told('latency', search, alert('a'), alert('b')));
    expect(reports).toEqual([{ group: 'ALERT-1', reason: 'began' }]);
    expect(await alerts.promised()).toEqual([
      {
        kind: 'post',
        to: { to: 'channel', channel: 'platform' },
        message: { type: 'alert-card', alert: 1 },
        keep: card(1),
      },
    ]);
    expect(await alerts.group(1)).toMatchObject({
      title: 'HighLatency',
      service: 'search',
      severity: null,
      rule: null,
      dashboard: 'https://example.com/d/search',
      firing: 2,
      resolved: 0,
      samples: [{ name: 'instance host-a' }, { name: 'instance host-b' }],
    });
  });

  it('is counted alert by alert, edited in place, and clear when none fires; repeats are nothing', async () => {
    expect(await alerts.take(told('latency', search, alert('a'), alert('b')))).toEqual([]);
    await alerts.take(told('latency', search, alert('a'), resolved(alert('b')), alert('c')));
    expect(await alerts.group(1)).toMatchObject({ status: 'firing', firing: 2, resolved: 1 });
    alerts.later(5);
    await alerts.take(told('latency', search, resolved(alert('a')), resolved(alert('c'))));
    expect(await alerts.group(1)).toMatchObject({ status: 'resolved', firing: 0, resolved: 3 });
    expect(await alerts.promised()).toEqual([
      { kind: 'render', key: card(1) },
      { kind: 'render', key: card(1) },
    ]);
    expect(await alerts.fold(1)).toEqual(await alerts.group(1));
  });

  it('that fires again soon is the same one and people are told; after an hour it is another', async () => {
    alerts.later(10);
    const anew = alert('a', { startsAt: alerts.now().toISOString() });
    expect(await alerts.take(told('latency', search, anew))).toEqual([{ group: 'ALERT-1', reason: 'recurred' }]);
    expect((await alerts.promised()).map((one) => one.kind === 'post' && one.message.type)).toEqual([
      false,
      'alert-fires',
    ]);
    await alerts.take(told('latency', search, resolved(anew)));
    alerts.later(61);
    const later = alert('a', { startsAt: alerts.now().toISOString() });
    const reports = await alerts.take(told('latency', search, later));
    expect(reports).toMatchObject([{ reason: 'began' }]);
    expect(await alerts.group(numberOf(reports))).toMatchObject({ firing: 1, resolved: 0, status: 'firing' });
  });

  it('whose end nobody told of is not counted twice when it begins again', async () => {
    const first = alert('lost');
    await alerts.take(told('lost', search, first));
    const reports = await alerts.take(told('lost', search, { ...first, startsAt: alerts.now().toISOString() }));
    expect(await alerts.group(numberOf(reports))).toMatchObject({ firing: 1 });
  });

  it('is clear when the newest beginning of its alert ended, however long ago the end of an older one was lost', async () => {
    const first = alert('older');
    const second = { ...first, startsAt: alerts.now().toISOString() };
    const [begun] = await alerts.take(told('older', search, first));
    await alerts.take(told('older', search, second));
    expect(await alerts.take(told('older', search, resolved(second)))).toMatchObject([{ reason: 'cleared' }]);
    alerts.later(61);
    const other = resolved(alert('other'));
    expect(await alerts.take(told('older', search, other))).toEqual([{ group: begun?.group, reason: 'never-fired' }]);
  });

  it('that its source calls by another name afterwards is still cleared', async () => {
    const reports = await alerts.take(told('old-name', search, alert('moved')));
    await alerts.take(told('new-name', search, resolved(alert('moved'))));
    expect(await alerts.group(numberOf(reports))).toMatchObject({ status: 'resolved' });
  });

  it('goes where its rule says, and to the operators when it is nobody’s', async () => {
    const [disk] = await alerts.take(told('disk', { alertname: 'DiskFull' }, alert('disk')));
    const [stray] = await alerts.take(told('stray', { alertname: 'Odd', severity: 'sev4' }, alert('stray')));
    expect(await alerts.group(numberOf([disk ?? { group: null }]))).toMatchObject({
      channel: 'disks',
      severity: 'SEV3',
    });
    expect(await alerts.group(numberOf([stray ?? { group: null }]))).toMatchObject({
      channel: 'ops',
      severity: 'SEV4',
    });
  });

  it('links to addresses a browser may follow, and to no other', async () => {
    const bad = { ...told('links', search, alert('links')), commonAnnotations: { runbook_url: 'javascript:alert(1)' } };
    const reports = await alerts.take(bad);
    expect(await alerts.group(numberOf(reports))).toMatchObject({
      runbook: null,
      url: 'https://alertmanager.example.com',
    });
  });
});

describe('what comes in while a group is looked at', () => {
  it('is looked at afterwards: nothing leaves the inbox unseen', async () => {
    alerts.later(60);
    const late = { taken: false };
    const store = {
      ...alerts.store,
      once: ((key, work) =>
        alerts.store.once(key, async (tx) => {
          const answer = await work(tx);
          if (!late.taken) await alerts.intake.take(told('late', search, alert('late-2')), alerts.now());
          late.taken = true;
          return answer;
        })) as typeof alerts.store.once,
    };
    await alerts.intake.take(told('late', search, alert('late-1')), alerts.now());
    const first = await workOffAlerts({ ...alerts.deps, store });
    expect(first).toMatchObject([{ reason: 'began' }]);
    expect(await workOffAlerts(alerts.deps)).toEqual([{ group: first[0]?.group, reason: 'changed' }]);
    expect(await workOffAlerts(alerts.deps)).toEqual([]);
    expect(await alerts.group(numberOf(first))).toMatchObject({ firing: 2 });
  });
});

describe('many groups at once', () => {
  it('are five cards and one message for all others, edited in place; two instances tell of each once', async () => {
    alerts.later(120);
    await alerts.promised();
    const before = await alerts.count('select count(*)::int as n from "AlertGroup"');
    const burst = Array.from({ length: 300 }, (_, n) => told(`burst-${n}`, search, alert(`burst-${n}`)));
    await Promise.all(burst.map((one) => alerts.intake.take(one, alerts.now())));
    await Promise.all([workOffAlerts(alerts.deps), workOffAlerts(alerts.deps)]);
    expect(await alerts.count('select count(*)::int as n from "AlertGroup"')).toBe(before + 300);
    const promised = await alerts.promised();
    expect(promised.map((one) => (one.kind === 'post' ? one.message.type : one.kind))).toEqual([
      ...Array.from({ length: 5 }, () => 'alert-card'),
      'alert-storm',
    ]);
    const storm = promised.flatMap((one) =>
      one.kind === 'post' && one.message.type === 'alert-storm' ? [one] : [],
    )[0];
    const number = storm?.message.type === 'alert-storm' ? storm.message.storm : 0;
    expect(await alerts.store.alertStorm(number)).toMatchObject({ firing: 295, resolved: 0, alerts: 295, revision: 1 });

    await alerts.take(...burst.map((one) => ({ ...one, alerts: one.alerts.map((each) => resolved(each)) })));
    const edits = await alerts.promised();
    expect(edits).toHaveLength(6);
    expect(new Set(edits.map(({ kind }) => kind))).toEqual(new Set(['render']));
    expect(await alerts.store.alertStorm(number)).toMatchObject({ firing: 0, resolved: 295, alerts: 0, revision: 2 });

    alerts.later(5);
    const startsAt = alerts.now().toISOString();
    await alerts.take(...burst.map((one) => ({ ...one, alerts: one.alerts.map((each) => ({ ...each, startsAt })) })));
    expect((await alerts.promised()).map((one) => (one.kind === 'post' ? one.message.type : one.kind))).toEqual([
      ...Array.from({ length: 6 }, () => 'render'),
      ...Array.from({ length: 5 + 3 }, () => 'alert-fires'),
    ]);

    const shared = (await alerts.store.alertStorm(number))?.worst[0]?.number ?? 0;
    const until = new Date(alerts.now().getTime() + 3_600_000);
    await muteAlerts(alerts.deps, alice, { number: shared, until, reason: 'Known' });
    await unmuteAlerts(alerts.deps, alice, { number: shared });
    expect(await alerts.promised()).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ type: 'alert-fires', why: 'unmuted' }) }),
    );
  });

  it('in another channel are no reason to hide what begins there', async () => {
    const reports = await alerts.take(told('quiet-channel', { alertname: 'DiskFull' }, alert('quiet-channel')));
    expect(reports).toMatchObject([{ reason: 'began' }]);
    expect(alertSpec.alerts.rules[1]?.channel).toBe('disks');
  });
});
