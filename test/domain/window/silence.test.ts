import { describe, expect, it } from 'vitest';
import { decideEnd } from '../../../src/domain/window/end.ts';
import { decideExtend } from '../../../src/domain/window/extend.ts';
import { isQuietOver, keepQuiet, type QuietCheck, type SilenceSeen } from '../../../src/domain/window/keep-quiet.ts';
import {
  isSilenceOf,
  matchersOf,
  type Silence,
  silenceComment,
  silenceStep,
} from '../../../src/domain/window/silence.ts';
import { windowTimeline } from '../../../src/domain/window/timeline.ts';
import type { MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { HOUR } from '../../support/duty-spec.ts';
import { look, said, step, windowAt, windowSpec } from '../../support/window-story.ts';

const MINUTE = 60_000;
const spec = windowSpec();
const matchers = matchersOf(windowAt('started').window, 'service', spec);
const after = (window: MaintenanceWindow, ms: number) => new Date(Date.parse(window.startsAt) + ms);

function silenceOf(window: MaintenanceWindow, change: Partial<Silence> = {}): Silence {
  return {
    id: 'a',
    state: 'active',
    matchers,
    startsAt: window.startsAt,
    endsAt: window.endsAt,
    createdBy: 'Mainstay',
    comment: silenceComment(window),
    ...change,
  };
}

describe('the alerts that a window silences', () => {
  const { services } = { services: { ...spec.services, shop: { name: 'Shop (EU)', team: 'dba' } } };
  it.each([
    ['of one service, by key or name', { services: ['checkout'], labels: {} }, ['svc=~"(?i)(?:checkout)"']],
    [
      'of several, whatever their names hold',
      { services: ['checkout', 'shop'], labels: {} },
      [String.raw`svc=~"(?i)(?:checkout|shop|Shop \(EU\))"`],
    ],
    ['with labels too', { services: ['checkout'], labels: { env: 'prod' } }, ['svc=~"(?i)(?:checkout)"', 'env="prod"']],
    ['of labels alone', { services: [], labels: { env: 'prod' } }, ['env="prod"']],
    ['are none where it names nothing', { services: [], labels: {} }, []],
  ])('%s', (_what, scope, expected) => {
    const found = matchersOf(scope, 'svc', { services } as never);
    expect(found.map(({ name, value, isRegex }) => `${name}${isRegex ? '=~' : '='}"${value}"`)).toEqual(expected);
    for (const { value, isRegex } of found)
      if (isRegex) expect(() => new RegExp(value.replace('(?i)', ''))).not.toThrow();
  });
});

describe('a silence', () => {
  const { window } = windowAt('started');
  const now = after(window, MINUTE);
  const put = { matchers, endsAt: window.endsAt, createdBy: 'Mainstay', comment: silenceComment(window) };

  it('is known again by the window it names, of this installation', () => {
    expect(isSilenceOf(window, silenceOf(window))).toBe(true);
    expect(isSilenceOf({ ...window, number: 11 }, silenceOf(window))).toBe(false);
    expect(isSilenceOf(window, silenceOf(window, { createdBy: 'Alice' }))).toBe(false);
    const elsewhere = { ...window, planned: { ...window.planned, at: '2026-01-01T00:00:00.000Z' } };
    expect(isSilenceOf(elsewhere, silenceOf(window))).toBe(false);
  });

  it("is opened to the window's end where there is none, or only one that has expired or is of another", () => {
    const others = [silenceOf(window, { state: 'expired' }), silenceOf({ ...window, number: 2 }, { id: 'b' })];
    for (const found of [[], others]) {
      expect(silenceStep(window, found, matchers, now)).toEqual({
        reason: 'opens',
        put: { ...put, startsAt: now.toISOString() },
        kept: null,
        expire: [],
      });
    }
  });

  it('stays where it is right; of two one goes', () => {
    const twice = [silenceOf(window), silenceOf(window, { id: 'b', startsAt: after(window, 5).toISOString() })];
    const kept = { id: 'a', until: window.endsAt };
    expect(silenceStep(window, twice, matchers, now)).toEqual({
      reason: 'is-as-it-should-be',
      put: null,
      kept,
      expire: ['b'],
    });
  });

  it("moves with the window's end, and keeps its id and its matchers", () => {
    const old = silenceOf(window, { endsAt: after(window, HOUR).toISOString(), matchers: [] });
    expect(silenceStep(window, [old], matchers, now)).toMatchObject({
      reason: 'moves-its-end',
      put: { id: 'a', startsAt: old.startsAt, endsAt: window.endsAt, matchers: [] },
    });
  });

  it.each([
    ['over', { endsAt: window.startsAt }],
    ['ended', { status: 'ended', ended: { at: window.startsAt, by: window.planned.by, overrun: 0 } }],
    ['cancelled', { status: 'cancelled', started: null }],
    ['still to come', { status: 'announced', started: null, startsAt: window.endsAt }],
  ] as const)('goes, and none is opened, while the window is %s', (_what, change) => {
    const other = { ...window, ...change } as MaintenanceWindow;
    expect(silenceStep(other, [silenceOf(window)], matchers, now)).toMatchObject({ put: null, expire: ['a'] });
    expect(silenceStep(other, [], matchers, now)).toMatchObject({ reason: 'not-under-way', put: null, expire: [] });
  });

  it('that would fit every alert there is is never opened', () => {
    expect(silenceStep(window, [], [], now).put).toBeNull();
  });
});

describe('what is written of a window that keeps quiet', () => {
  const alert = (name: string) => ({ kind: 'alert' as const, key: `am/${name}`, name, detail: '' });
  const check = (key: string, change: Partial<QuietCheck> = {}): QuietCheck => ({
    kind: 'check',
    key,
    name: key,
    detail: '',
    fails: true,
    isKept: true,
    ...change,
  });
  const seen = (change: Partial<SilenceSeen> = {}): SilenceSeen => ({
    target: 'am',
    silence: null,
    problem: null,
    firing: [],
    ...change,
  });

  /** A story in which each step is looked at as the job does it. */
  function quietStory() {
    const story = windowAt('started');
    const keep = (all: readonly SilenceSeen[], checks: readonly QuietCheck[] = []) => {
      step(story, (window, situation) => ({ ok: true, value: keepQuiet(window, all, checks, situation) }));
      return story.window;
    };
    return { story, keep };
  }

  it('is each silence once, its new end, and why there is none; told again only when something changed', () => {
    const { story, keep } = quietStory();
    const silence = { id: 'a', until: story.window.endsAt };
    keep([seen({ problem: 'it cannot be reached', firing: null })]);
    keep([seen({ problem: 'it cannot be reached', firing: null })]);
    keep([seen({ silence })]);
    keep([seen({ silence })]);
    keep([seen({ silence: { id: 'a', until: '2027-01-01T00:00:00.000Z' } })]);
    keep([seen()]);
    expect(story.events.slice(-4).map(({ kind }) => kind)).toEqual([
      'window.not_silenced',
      'window.silenced',
      'window.silenced',
      'window.unsilenced',
    ]);
    expect(story.window.silences).toEqual({});
  });

  it('is what failed in it, each thing once', () => {
    const { story, keep } = quietStory();
    keep([seen({ firing: [alert('A')] })], [check('c')]);
    keep([seen({ firing: [alert('A')] })], [check('c')]);
    const { quiet } = keep([seen({ firing: [alert('B')] })]);
    expect(quiet.things.map(({ name }) => name)).toEqual(['c', 'A', 'B']);
    expect(quiet.count).toBe(3);
    expect(story.events.filter(({ kind }) => kind === 'window.kept_quiet')).toHaveLength(2);
    const many = Array.from({ length: 10_000 }, (_, n) => alert(`x${n}`));
    expect(keep([seen({ firing: many })]).quiet).toMatchObject({ count: 10_003, things: { length: 50 } });
  });

  it('is at its end what still fails, told in one message with an offer where alerts are among it', () => {
    const { story, keep } = quietStory();
    keep([seen({ firing: [alert('A'), alert('B'), alert('C')] })], [check('c'), check('d')]);
    story.now = after(story.window, HOUR);
    step(story, decideEnd);
    const { aftermath } = keep(
      [seen({ firing: [alert('A'), alert('B'), alert('C')] })],
      [check('c', { isKept: false }), check('d', { isKept: false, fails: false })],
    );
    expect(aftermath?.still.map(({ name }) => name)).toEqual(['c', 'A', 'B', 'C']);
    expect(said(story)).toEqual(['#dba window-event window.looked_again', 'edit window:1:card']);
    expect(isQuietOver(story.window, story.now)).toBe(true);
    const notes = windowTimeline(story.window, story.events);
    expect(notes.map(({ text }) => text).slice(-2)).toEqual(['WIN-1 ended.', 'After WIN-1 still failed: c, A, B, C']);
  });

  it('says nothing in the channel where only checks fail, which are told of by themselves, or nothing does', () => {
    const { story, keep } = quietStory();
    story.now = after(story.window, HOUR);
    step(story, decideEnd);
    keep([seen()], [check('c', { isKept: false })]);
    expect(said(story)).toEqual(['edit window:1:card']);
  });

  it('waits ten minutes at its end for what does not answer, and then says so', () => {
    const { story, keep } = quietStory();
    const { endsAt } = story.window;
    const away = seen({ problem: 'it cannot be reached', firing: null });
    for (const [minutes, isKnown] of [
      [1, false],
      [9, false],
      [10, true],
    ] as const) {
      look(story, new Date(Date.parse(endsAt) + minutes * MINUTE));
      expect(keep([away], [check('c')]).aftermath !== null).toBe(isKnown);
    }
    expect(story.window.aftermath?.problem).toBe('am: it cannot be reached');
  });

  it('begins anew when a window that was over is extended', () => {
    const { story, keep } = quietStory();
    look(story, new Date(story.window.endsAt));
    keep([seen()]);
    expect(isQuietOver(story.window, story.now)).toBe(true);
    step(story, (window, at) => decideExtend(window, { end: { by: HOUR }, reason: '', overlaps: [] }, at));
    expect(story.window.aftermath).toBeNull();
    expect(isQuietOver(story.window, story.now)).toBe(false);
  });
});

describe('a window over its time', () => {
  it('is said again to those who work in it, seldomer each time, for three days; after an outage once', () => {
    const story = windowAt('started');
    const end = Date.parse(story.window.endsAt);
    const words: number[] = [];
    for (let minutes = 0; minutes < 6 * 24 * 60; minutes += 15) {
      if (look(story, new Date(end + minutes * MINUTE)).includes('overran')) {
        words.push(minutes / 60);
        expect(said(story).filter((line) => line.startsWith('#'))).toEqual(
          minutes === 0
            ? ['#dba window-event window.overran', '#incidents window-event window.overran']
            : ['#dba window-event window.overran'],
        );
      }
    }
    expect(words).toEqual([0, 0.5, 1, 2, 4, 8, 24, 48, 72]);

    const other = windowAt('started');
    expect(look(other, new Date(end + 5 * HOUR))).toEqual(['overran']);
    expect(look(other, new Date(end + 6 * HOUR))).toEqual(['not-yet']);
    expect(other.window.overranAt).toBe(new Date(end + 5 * HOUR).toISOString());
  });
});
