import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApprove } from '../../../src/domain/window/approve.ts';
import { decideCancel } from '../../../src/domain/window/cancel.ts';
import type { WindowDecided, WindowSituation } from '../../../src/domain/window/decision.ts';
import { decideEnd } from '../../../src/domain/window/end.ts';
import { decideExtend } from '../../../src/domain/window/extend.ts';
import { decideReport } from '../../../src/domain/window/report.ts';
import { decideStart } from '../../../src/domain/window/start.ts';
import { isOpenWindow, type MaintenanceWindow } from '../../../src/domain/window/window.ts';
import { DAY } from '../../support/duty-spec.ts';
import { alice, bob } from '../../support/incident-spec.ts';
import { aSpecWindow, fold, look, newWindow, step, windowSpec } from '../../support/window-story.ts';

const MINUTE = 60_000;
type Move = (window: MaintenanceWindow, situation: WindowSituation) => WindowDecided;

const text = fc.constantFrom('', ' ', 'Frozen');
const move: fc.Arbitrary<Move | 'look'> = fc.oneof(
  { weight: 3, arbitrary: fc.constant('look' as const) },
  fc.constantFrom<Move>(decideStart, decideEnd, decideApprove),
  text.map(
    (reason): Move =>
      (window, at) =>
        decideCancel(window, { reason }, at),
  ),
  fc.integer({ min: -60, max: 300 }).map(
    (minutes): Move =>
      (window, at) =>
        decideExtend(window, { end: { by: minutes * MINUTE }, reason: '', overlaps: [] }, at),
  ),
  text.map(
    (done): Move =>
      (window, at) =>
        decideReport(window, { done, documents: '', learned: '', ticked: [] }, at),
  ),
);
const life = fc.record({
  isApproved: fc.boolean(),
  hasLead: fc.boolean(),
  length: fc.constantFrom('15m', '2h', '3d'),
  moves: fc.array(
    fc.record({
      move,
      by: fc.constantFrom(alice, bob),
      wait: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 6 * 1440 })),
    }),
    { maxLength: 16 },
  ),
});

function live({ isApproved, hasLead, length, moves }: typeof life extends fc.Arbitrary<infer T> ? T : never) {
  const spec = windowSpec(aSpecWindow({ ...(isApproved ? { approval: 'everyone' as const } : {}) }));
  const story = newWindow({ length }, spec, hasLead ? {} : { lead: null });
  const kept: string[] = story.deliveries.flatMap((one) => (one.kind === 'post' && one.keep ? [one.keep] : []));
  for (const { move: next, by, wait } of moves) {
    story.now = new Date(story.now.getTime() + wait * MINUTE);
    story.deliveries = [];
    if (next === 'look') look(story, story.now);
    else {
      story.actor = { kind: 'slack', user: by };
      step(story, next);
    }
    kept.push(...story.deliveries.flatMap((one) => (one.kind === 'post' && one.keep ? [one.keep] : [])));
  }
  return { story, kept };
}

describe('whatever is done to a window', () => {
  it('its state is the fold of its events, and survives JSON', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { window, events } = live(one).story;
        expect(fold(events)).toEqual(window);
        expect(JSON.parse(JSON.stringify(window))).toEqual(window);
      }),
    );
  });

  it('it begins, ends, is cancelled and is announced at most once, and each message that is edited is posted once', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { story, kept } = live(one);
        const count = (...kinds: string[]) => story.events.filter(({ kind }) => kinds.includes(kind)).length;
        expect(count('window.started')).toBeLessThanOrEqual(1);
        expect(count('window.ended', 'window.cancelled')).toBeLessThanOrEqual(1);
        expect(count('window.reminded')).toBeLessThanOrEqual(1);
        expect(new Set(kept).size).toBe(kept.length);
        const words = story.events.flatMap(({ body }) =>
          body?.kind === 'window.announced' ? [body.before, ...body.overtaken] : [],
        );
        expect(new Set(words).size).toBe(words.length);
      }),
    );
  });

  it('a second look at the same instant does nothing, and what waits, waits for later', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { story } = live(one);
        look(story, story.now);
        const { length } = story.events;
        expect(look(story, story.now)).toEqual([isOpenWindow(story.window) ? 'not-yet' : 'over']);
        expect(story.events).toHaveLength(length);
        const { nextLookAt } = story.window;
        if (nextLookAt !== null) expect(new Date(nextLookAt) > story.now).toBe(true);
      }),
    );
  });

  it('nobody but its team is told of it before it is approved', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { story, kept } = live({ ...one, isApproved: true });
        if (story.window.approved === null) expect(kept).toEqual(['window:1:card']);
      }),
    );
  });

  it('left alone, it comes to rest within its time and a day', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { story } = live(one);
        for (let looks = 0; looks < 30 && story.window.nextLookAt !== null; looks += 1)
          look(story, new Date(story.window.nextLookAt));
        expect(story.window.nextLookAt).toBeNull();
        expect(story.now.getTime()).toBeLessThanOrEqual(Date.parse(story.window.endsAt) + 40 * DAY);
      }),
    );
  });
});
