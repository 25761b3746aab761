import { describe, expect, it } from 'vitest';
import { NO_PULSE } from '../../../src/domain/health/pulse.ts';
import { type KeptQuiet, lookAfterWindow } from '../../../src/domain/health/release.ts';
import { unknownCheck } from '../../../src/domain/health/state.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { aCheck, CheckStory, MINUTE } from '../../support/check-story.ts';
import { windowAt } from '../../support/window-story.ts';

const START = new Date('2026-11-21T14:00:30.000Z');
const HOUR = 60 * MINUTE;

/** An hour's work on checkout, from half a minute after the stories begin. */
function work(change: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  const at = START.toISOString();
  const { window } = windowAt('started');
  const by = window.planned.by;
  return {
    ...window,
    number: 7,
    startsAt: at,
    endsAt: new Date(START.getTime() + HOUR).toISOString(),
    started: { at, by },
    ...change,
  };
}

const shop = aCheck({ service: 'checkout' });

describe('a check of a service in a maintenance window', () => {
  it('that begins to fail posts nothing and tells no watcher; that it changed, why, and in which window is recorded', () => {
    const story = new CheckStory(shop);
    story.watching = ['C0WATCH'];
    story.answers({ checkout: 'ok' });
    const before = story.deliveries.length;
    story.windows = [work()];
    expect(story.next('failing')).toBe('failed-in-a-row');
    expect(story.deliveries).toHaveLength(before);
    expect(story.state()).toMatchObject({ status: 'failing', window: 7, group: null });
    expect(story.events.at(-1)?.body).toMatchObject({ reason: 'failed-in-a-row', window: 7, group: null });
    expect(story.next('ok')).toBe('recovered');
    expect(story.deliveries).toHaveLength(before);
    expect(story.state()).toMatchObject({ status: 'ok', window: 7 });
    expect(story.fold()).toEqual(story.state());
  });

  it('that failed before it is told of as ever', () => {
    const story = new CheckStory(shop);
    story.watching = ['C0WATCH'];
    story.answers({ checkout: 'failing' });
    expect(story.posts().map(({ message }) => message.type)).toEqual(['checks-failing', 'checks-changed']);
    story.windows = [work()];
    story.next('ok');
    expect(story.posts()).toHaveLength(3);
    expect(story.deliveries).toContainEqual({ kind: 'render', key: 'checks:1:card' });
    expect(story.state().window).toBeNull();
    story.next('failing');
    expect(story.posts()).toHaveLength(3);
    expect(story.state()).toMatchObject({ window: 7, group: null });
  });

  it('that cannot be asked there is no news either', () => {
    const story = new CheckStory(shop);
    story.windows = [work()];
    story.next('could-not-tell');
    expect(story.posts()).toEqual([]);
    expect(story.state()).toMatchObject({ status: 'unknown', window: 7, unclearToldAt: null });
  });

  it.each([
    ['its service is not in it', {}, aCheck({ service: 'payments' })],
    ['it has no service', {}, aCheck()],
    ['it is over', { endsAt: START.toISOString() }, shop],
    [
      'it is ended',
      { status: 'ended', ended: { at: START.toISOString(), by: { kind: 'system', job: 'x' }, overrun: 0 } },
      shop,
    ],
    ['it was cancelled', { status: 'cancelled', started: null }, shop],
  ] as const)('is told of at once when %s', (_why, change, check) => {
    const story = new CheckStory(check);
    story.windows = [work(change as Partial<MaintenanceWindow>)];
    story.next('failing');
    expect(story.posts()).toHaveLength(1);
  });
});

describe('what depends on something that is down in a window', () => {
  const checks = [aCheck({ key: 'db', service: 'database' }), aCheck({ dependsOn: ['db'], service: 'checkout' })];
  const both = { db: 'failing', checkout: 'failing' } as const;

  it('and is not in it is told of itself: nobody else would be', () => {
    const story = new CheckStory(...checks);
    story.answers({ db: 'ok', checkout: 'ok' });
    story.windows = [work({ services: ['database'] })];
    story.now = new Date(story.now.getTime() + MINUTE);
    story.answers(both);
    expect(story.state('db')).toMatchObject({ status: 'failing', window: 7 });
    expect(story.state('checkout')).toMatchObject({ status: 'failing', window: null });
    expect(story.posts()).toHaveLength(1);
  });

  it('and is in it too is held as ever, in silence', () => {
    const story = new CheckStory(...checks);
    story.answers({ db: 'ok', checkout: 'ok' });
    story.windows = [work({ services: ['database', 'checkout'] })];
    story.now = new Date(story.now.getTime() + MINUTE);
    story.answers(both);
    expect(story.state('checkout')).toMatchObject({ status: 'held', because: 'db' });
    expect(story.posts()).toEqual([]);
  });

  it('is held when people were told before the window that what it depends on is down', () => {
    const story = new CheckStory(...checks);
    story.answers({ db: 'ok', checkout: 'ok' });
    story.answers({ db: 'failing' });
    story.windows = [work({ services: ['database'] })];
    expect(story.next('failing')).toBe('held-by-dependency');
    expect(story.posts()).toHaveLength(1);
  });
});

describe('at the end of the window', () => {
  const over = new Date(START.getTime() + HOUR);
  const sample = (at: Date) =>
    ({ at: at.toISOString(), answer: 'ok', detail: '', latencyMs: 1, severity: null }) as const;
  const streak = { count: 1, since: over.toISOString() };
  const failing = { ...unknownCheck('checkout'), status: 'failing' as const, window: 7 };
  const asked = { ...NO_PULSE, last: sample(over), bad: streak };
  const kept = (change: Partial<KeptQuiet>): KeptQuiet => ({
    key: 'checkout',
    check: shop,
    state: failing,
    pulse: asked,
    coveredBy: null,
    over,
    ...change,
  });
  const unclear = { ...failing, status: 'unknown' as const, reason: 'could-not-tell' as const };
  const mute = { until: '2026-12-01T00:00:00.000Z', reason: 'x', by: { kind: 'system', job: 'x' } as const, at: '' };

  it.each([
    ['still-covered', { coveredBy: 8 }, 0],
    ['not-asked-any-more', { check: undefined }, 0],
    ['asked-again', { pulse: { ...asked, last: sample(START) } }, 1],
    ['asked-again', { pulse: NO_PULSE }, 4],
    ['still-fails', { pulse: NO_PULSE }, 5],
    ['still-fails', {}, 0],
    ['about-to-recover', { pulse: { ...asked, bad: null, good: streak } }, 4],
    ['still-fails', { pulse: { ...asked, bad: null, good: streak } }, 5],
    ['recovered', { state: { ...failing, status: 'ok' as const } }, 0],
    ['cannot-be-told', { state: unclear }, 0],
    ['muted', { state: { ...failing, mute } }, 0],
    ['still-fails', { check: { ...shop, kind: 'heartbeat' as const }, pulse: NO_PULSE }, 0],
  ] as const)('%s', (reason, change, minutes) => {
    const now = new Date(over.getTime() + minutes * MINUTE);
    expect(lookAfterWindow(kept(change as Partial<KeptQuiet>), now)).toBe(reason);
  });
});
