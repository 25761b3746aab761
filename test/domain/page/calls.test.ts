import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAcknowledge } from '../../../src/domain/page/acknowledge.ts';
import { follow } from '../../../src/domain/page/apply.ts';
import { endAttempt } from '../../../src/domain/page/attempt.ts';
import type { PageSituation } from '../../../src/domain/page/decision.ts';
import { lookAtPage } from '../../../src/domain/page/look.ts';
import type { Page } from '../../../src/domain/page/page.ts';
import { resolvePage } from '../../../src/domain/page/resolve.ts';
import { contactsOf, termsForOne } from '../../../src/domain/page/terms.ts';
import { alice, bob, charlie, minutesLater } from '../../support/incident-spec.ts';
import { aPage, NIGHT, pagingSpec, SYSTEM } from '../../support/page-story.ts';

const at = (minutes: number, actor: PageSituation['actor'] = SYSTEM): PageSituation => ({
  actor,
  now: minutesLater(minutes, NIGHT),
  spec: pagingSpec(),
});

/** The page after each of these minutes was looked at, and what each look came to. */
function watch(page: Page, minutes: readonly number[]) {
  const reasons: string[] = [];
  let now = page;
  for (const minute of minutes) {
    const { reason, decision } = lookAtPage(now, at(minute));
    reasons.push(reason);
    if (decision !== null) now = follow(now, now.number, decision.events);
  }
  return { page: now, reasons };
}

const callsOf = ({ calls, contacts }: Page) =>
  calls.map(({ at: instant, contact, why }) => {
    const minute = (Date.parse(instant) - NIGHT.getTime()) / 60_000;
    return `${minute} ${contacts[contact]?.name} ${why}`;
  });

/** Every message to this page's contact is refused by Slack. */
function refused(page: Page, minute: number, passing?: true): Page {
  return page.attempts
    .filter(({ outcome }) => outcome === null)
    .reduce((now, { id }) => {
      const end = {
        attempt: id,
        reached: false,
        detail: 'There is no such person in the workspace.',
        ...(passing && { passing }),
      };
      const decision = endAttempt(now, end, at(minute));
      return decision === null ? now : follow(now, 1, decision.events);
    }, page);
}

describe('who is called when', () => {
  it('is each contact in order, again after five minutes, the next after fifteen, and in the end nobody', () => {
    const { page, reasons } = watch(aPage(), [0, 1, 4, 5, 6, 10, 14, 15, 20, 25, 30, 35, 40, 44, 45, 50]);
    expect(callsOf(page)).toEqual([
      '0 Alice first',
      '5 Alice again',
      '10 Alice again',
      '15 Bob no-answer',
      '20 Bob again',
      '25 Bob again',
      '30 Charlie no-answer',
      '35 Charlie again',
      '40 Charlie again',
    ]);
    expect(reasons.slice(-3)).toEqual(['not-yet', 'nobody-answers', 'exhausted']);
    expect(page).toMatchObject({ status: 'exhausted', nextLookAt: null });
  });

  it('is one call after an outage of an hour, not many', () => {
    const { page, reasons } = watch(aPage(), [60, 61]);
    expect(callsOf(page)).toEqual(['0 Alice first', '60 Bob no-answer']);
    expect(reasons).toEqual(['called-next', 'not-yet']);
  });

  it('is the next one at once when nobody can be reached by any way', () => {
    const { page, reasons } = watch(refused(aPage(), 0), [1, 2]);
    expect(callsOf(page)).toEqual(['0 Alice first', '1 Bob not-reached']);
    expect(reasons).toEqual(['called-next-at-once', 'not-yet']);
  });

  it('is the last one again, until their turn is over, when what failed may pass', () => {
    const webhook = { url: 'https://example.com/page' };
    const paging = { again: 5 * 60_000, next: 15 * 60_000, email: false, webhook };
    let page = aPage(pagingSpec({ members: [], escalation: [], paging }));
    const reasons: string[] = [];
    for (const minute of [1, 5, 6, 10, 14, 15]) {
      const looked = watch(refused(page, minute - 1, true), [minute]);
      reasons.push(...looked.reasons);
      page = looked.page;
    }
    expect(reasons).toEqual(['not-yet', 'called-again', 'not-yet', 'called-again', 'not-yet', 'nobody-answers']);
    const gone = refused(aPage(pagingSpec({ members: [], escalation: [], paging })), 0);
    expect(watch(gone, [1]).reasons, 'refused for good').toEqual(['nobody-answers']);
  });

  it('waits for whoever was reached once, though a second message was refused', () => {
    const first = aPage();
    const reached = endAttempt(first, { attempt: 1, reached: true, detail: '' }, at(0));
    const called = watch(follow(first, 1, reached?.events ?? []), [5]).page;
    expect(watch(refused(called, 6), [7, 14, 15]).reasons).toEqual(['not-yet', 'called-again', 'called-next']);
  });

  it('calls nobody again where the spec says never', () => {
    const never = aPage(pagingSpec({ paging: { again: null, next: 20 * 60_000, email: false } }));
    expect(callsOf(watch(never, [5, 15, 19, 20]).page)).toEqual(['0 Alice first', '20 Bob no-answer']);
  });
});

describe('when a page is looked at next', () => {
  it("is the next contact's turn where nobody is called again before it", () => {
    const slow = aPage(pagingSpec({ paging: { again: 30 * 60_000, next: 15 * 60_000, email: false } }));
    expect(slow.nextLookAt).toBe(minutesLater(15, NIGHT).toISOString());
    expect(aPage().nextLookAt).toBe(minutesLater(5, NIGHT).toISOString());
  });
});

describe('properties of every page', () => {
  const minutes = fc
    .array(fc.integer({ min: 0, max: 120 }), { maxLength: 60 })
    .map((all) => [...all].sort((a, b) => a - b));
  const MINUTE = 60_000;

  it('never calls a second person earlier than the spec says, keeps the order, and calls each at most as often as fits', () => {
    const paging = fc.record({
      again: fc.option(fc.integer({ min: 1, max: 30 }).map((count) => count * MINUTE)),
      next: fc.integer({ min: 1, max: 40 }).map((count) => count * MINUTE),
    });
    fc.assert(
      fc.property(paging, minutes, (times, looks) => {
        const { page } = watch(aPage(pagingSpec({ paging: { ...times, email: false } })), looks);
        const firsts = page.contacts.map((_, position) => page.calls.find(({ contact }) => contact === position));
        for (const [position, call] of firsts.entries()) {
          const before = firsts[position - 1];
          if (call === undefined || before === undefined) continue;
          expect(Date.parse(call.at) - Date.parse(before.at)).toBeGreaterThanOrEqual(times.next);
        }
        const order = page.calls.map(({ contact }) => contact);
        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const [index, call] of page.calls.entries()) {
          const before = page.calls[index - 1];
          if (before?.contact !== call.contact) continue;
          expect(Date.parse(call.at) - Date.parse(before.at)).toBeGreaterThanOrEqual(times.again ?? 0);
        }
      }),
    );
  });

  it('calls nobody once somebody is up or it is over, however often it is looked at', () => {
    fc.assert(
      fc.property(minutes, minutes, fc.boolean(), (before, after, resolves) => {
        const calling = watch(aPage(), before).page;
        const last = before.at(-1) ?? 0;
        const by = at(last, { kind: 'slack', user: bob });
        const answered = decideAcknowledge(calling, by);
        const decision = resolves ? resolvePage(calling, 'incident-resolved', by) : answered.ok ? answered.value : null;
        const done = follow(calling, 1, decision?.events ?? []);
        expect(
          watch(
            done,
            after.map((minute) => minute + last),
          ).page.calls,
        ).toEqual(calling.calls);
        expect(done.nextLookAt).toBeNull();
      }),
    );
  });
});

describe('an acknowledgement', () => {
  it('is taken once, also when everybody was called already', () => {
    const late = watch(aPage(), [15, 30, 45]).page;
    expect(late.status).toBe('exhausted');
    const first = decideAcknowledge(late, at(50, { kind: 'slack', user: bob }));
    const up = follow(late, 1, first.ok ? first.value.events : []);
    expect(up).toMatchObject({ status: 'acknowledged', acknowledged: { user: bob, how: 'asked' } });
    expect(decideAcknowledge(up, at(51, { kind: 'slack', user: alice }))).toMatchObject({
      ok: false,
      refusal: { code: 'already-acknowledged', message: `PAGE-1 was acknowledged by <@${bob}> at 03:50 UTC.` },
    });
  });

  it('has every message of the page say so', () => {
    const decided = decideAcknowledge(watch(aPage(), [5]).page, at(6, { kind: 'slack', user: alice }));
    const keys = decided.ok ? decided.value.deliveries.map((one) => (one.kind === 'render' ? one.key : one.kind)) : [];
    expect(keys).toEqual(['page:1:card', 'page:1:call:1', 'page:1:call:2']);
  });
});

describe('what became of an attempt', () => {
  it('is written down once, and the channel is told of the first failure of a person by one way', () => {
    const page = aPage();
    const end = { attempt: 1, reached: false, detail: 'There is no such person in the workspace.' };
    const first = endAttempt(page, end, at(0));
    expect(first?.deliveries.map(({ kind }) => kind)).toEqual(['post', 'render']);
    const known = follow(page, 1, first?.events ?? []);
    expect(endAttempt(known, end, at(1))).toBeNull();
  });

  it('is no news when somebody has acknowledged meanwhile', () => {
    const page = aPage();
    const decided = decideAcknowledge(page, at(1, { kind: 'slack', user: bob }));
    const up = follow(page, 1, decided.ok ? decided.value.events : []);
    const end = endAttempt(up, { attempt: 1, reached: false, detail: 'Slack refused it.' }, at(2));
    expect(end?.deliveries.map(({ kind }) => kind)).toEqual(['render']);
  });
});

describe('whom a team names', () => {
  it('are its contacts in order, each once, and of a team without any its members', () => {
    const spec = pagingSpec({ escalation: ['bob', bob, 'vendor', 'alice'] });
    expect(contactsOf(spec, 'platform').map(({ slack }) => slack)).toEqual([bob, alice]);
    expect(contactsOf(pagingSpec({ escalation: [] }), 'platform').map(({ name }) => name)).toEqual(['Alice', 'Bob']);
    expect(contactsOf(spec, 'managers').map(({ slack, name }) => [slack, name])).toEqual([[charlie, 'Charlie']]);
  });

  it('is the webhook alone where nobody else can be reached', () => {
    const webhook = { url: 'https://example.com/page' };
    const paging = { again: null, next: 60_000, email: false, webhook };
    expect(contactsOf(pagingSpec({ members: [], escalation: [], paging }), 'platform')).toEqual([
      { key: null, name: 'Platform', slack: null, email: false },
    ]);
    expect(contactsOf(pagingSpec({ members: ['vendor'], escalation: [] }), 'platform')).toEqual([]);
  });

  it('is nobody but whoever calls themselves', () => {
    const about = { subject: { of: 'manual' }, title: 'Test', detail: '', urgency: null } as const;
    expect(termsForOne(pagingSpec(), bob, about)).toMatchObject({ contacts: [{ slack: bob }], mentions: [bob] });
    expect(termsForOne(pagingSpec(), 'U0STRANGER', about)).toBeNull();
  });
});
