import { addYears } from 'date-fns/addYears';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/incident/apply.ts';
import type { IncidentEvent } from '../../../src/domain/incident/events.ts';
import { SEVERITIES } from '../../../src/domain/incident/severity.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { expireLog } from '../../../src/usecases/audit/expire.ts';
import { addTo, declare, draft, note } from '../../adapters/postgres/store-harness.ts';
import { type AuditHarness, auditHarness } from './audit-harness.ts';

let harness: AuditHarness;
beforeAll(async () => {
  harness = await auditHarness();
  await harness.incident();
});
afterAll(() => harness.close());

const words = fc.string({ unit: 'binary' });
const due = fc.option(fc.constantFrom('2026-11-20T12:30:00.000Z', '2026-11-27T23:59:59.999Z'));
const person = fc.constantFrom('UALICE', 'UBOB', 'UCHARLIE');
const ts = fc.constantFrom('1795269000.000100', '1795269060.000200');
/** Anything that can be written on a chain, in any order: what makes no sense is recorded too. */
const happening: fc.Arbitrary<IncidentEvent> = fc.oneof(
  words.map((text) => ({ kind: 'incident.noted' as const, text })),
  words.map((text) => ({ kind: 'incident.mitigation_started' as const, text })),
  fc.tuple(words, due).map(([text, nextUpdateDueAt]) => ({ kind: 'incident.updated' as const, text, nextUpdateDueAt })),
  fc.tuple(fc.constantFrom(...SEVERITIES), due).map(([to, nextUpdateDueAt]) => {
    return { kind: 'incident.severity_set' as const, from: null, to, reason: '', nextUpdateDueAt, announcedIn: [to] };
  }),
  person.map((to) => ({ kind: 'incident.owner_set' as const, from: null, to })),
  fc.tuple(ts, person).map(([ts, by]) => {
    const message = { channel: 'C0OPS', ts, author: null, text: '', permalink: '' };
    return { kind: 'incident.message_pinned' as const, message, by };
  }),
  fc.tuple(ts, person).map(([ts, by]) => ({ kind: 'incident.message_unpinned' as const, channel: 'C0OPS', ts, by })),
  fc.tuple(words, due).map(([summary, postmortemDueAt]) => {
    return { kind: 'incident.resolved' as const, summary, postmortemDueAt };
  }),
  fc.tuple(words, due).map(([reason, nextUpdateDueAt]) => {
    return { kind: 'incident.reopened' as const, reason, nextUpdateDueAt };
  }),
  fc.constantFrom<IncidentEvent>(
    { kind: 'incident.documented', how: 'published', link: null },
    { kind: 'incident.closed' },
    { kind: 'incident.update_overdue', dueAt: '', told: 'owner', nextCheckAt: '' },
    { kind: 'incident.postmortem_reminded', dueAt: '', stage: 'due' },
    { kind: 'permission.refused', verb: 'close', reason: 'not in the team' },
  ),
);
const step = fc.oneof(
  fc.record({ do: fc.constant('declare' as const), notes: fc.nat(3) }),
  fc.record({ do: fc.constant('add' as const), on: fc.nat(), events: fc.array(happening, { maxLength: 4 }) }),
  fc.record({ do: fc.constant('open-channel' as const), on: fc.nat() }),
  fc.record({ do: fc.constant('erase' as const), on: fc.nat(), back: fc.nat(5) }),
  fc.record({ do: fc.constant('close-and-expire' as const), on: fc.nat() }),
  fc.record({ do: fc.constant('anchor' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
/** Whatever the others are: this one has both. */
const erasedThenExpired: Step[] = [
  { do: 'add', on: 0, events: [{ kind: 'incident.updated', text: 'Call Charlie', nextUpdateDueAt: null }] },
  { do: 'erase', on: 0, back: 0 },
  { do: 'close-and-expire', on: 0 },
];

/** One of the incidents there are; numbers have gaps. */
async function one(of: number): Promise<number> {
  const incidents = await harness.store.incidents('all', 1_000);
  return incidents[of % incidents.length]?.number ?? 0;
}

async function take(step: Step): Promise<void> {
  switch (step.do) {
    case 'declare':
      await harness.store.once(null, (tx) => declare(tx, ...Array.from({ length: step.notes }, () => note('so'))));
      return;
    case 'add': {
      const number = await one(step.on);
      if (step.events.length > 0) await harness.store.once(null, (tx) => addTo(tx, number, ...step.events.map(draft)));
      return;
    }
    case 'open-channel': {
      const number = await one(step.on);
      const opened = draft({ kind: 'incident.channel_opened', channel: `C0INC${number}`, name: `inc-${number}` });
      await harness.store.once(null, (tx) => addTo(tx, number, opened));
      return;
    }
    case 'erase': {
      const number = await one(step.on);
      const seq = ((await harness.store.incident(number))?.version ?? 0) - step.back;
      const what = { subject: `INC-${number}`, seq, reason: 'asked for' };
      await eraseEvent(harness, { kind: 'cli', user: 'bob' }, what);
      return;
    }
    case 'close-and-expire': {
      const number = await one(step.on);
      await harness.store.once(null, (tx) => addTo(tx, number, draft({ kind: 'incident.closed' })));
      harness.time.now = addYears(harness.time.now, 8);
      await expireLog(harness);
      return;
    }
    case 'anchor':
      harness.nextDay();
      await harness.anchor();
      return;
  }
}

describe('any history', () => {
  it('is intact, and every state is the fold of its events', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const one of steps) await take(one);
        expect((await harness.verify()).faults).toEqual([]);
        for (const incident of await harness.store.incidents('all', 1_000)) {
          let state: Incident | null = null;
          for await (const event of harness.store.events(`INC-${incident.number}`)) state = apply(state, event);
          expect(incident).toEqual(state);
        }
      }),
      { numRuns: 20, examples: [[erasedThenExpired]] },
    );
    const { rows } = await harness.sql(
      `select distinct kind from "Event" where kind in ('event.erased', 'event.expired') order by kind`,
    );
    expect(rows, 'erasures and expiries really happened').toEqual([
      { kind: 'event.erased' },
      { kind: 'event.expired' },
    ]);
  });

  it('is found out wherever it is altered', { timeout: 120_000 }, async () => {
    await harness.anchor();
    const events = (await harness.sql('select subject, seq from "Event" order by subject, seq')).rows;
    const columns = ['v', 'occurredAt', 'recordedAt', 'actor', 'kind', 'digest', 'prevHash', 'hash'] as const;
    const other = {
      v: '"v" + 1',
      occurredAt: `"occurredAt" + interval '1 ms'`,
      recordedAt: `"recordedAt" - interval '1 ms'`,
      actor: `'{"kind":"slack","user":"UCHARLIE"}'`,
      kind: `"kind" || 'x'`,
      digest: 'reverse("digest")',
      prevHash: `md5("prevHash") || md5('')`,
      hash: 'reverse("hash")',
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(...columns), async (at, column) => {
        const { subject, seq } = events[at % events.length];
        const where = `where subject = '${subject}' and seq = ${seq}`;
        await harness.attack(
          `create table kept as select * from "Event" ${where}`,
          `update "Event" set "${column}" = ${other[column]} ${where}`,
        );
        const { faults } = await harness.verify();
        expect(faults[0]).toMatchObject({ subject, seq });
        await harness.attack(
          `delete from "Event" ${where}`,
          `insert into "Event" select * from kept`,
          'drop table kept',
        );
      }),
      { numRuns: 40 },
    );
    expect((await harness.verify()).intact).toBe(true);
  });

  it('is found out whatever is altered in a state', { timeout: 120_000 }, async () => {
    const numbers = (await harness.store.incidents('all', 1_000)).map(({ number }) => number);
    const columns = {
      version: 'version + 1',
      status: `status || 'x'`,
      severity: `coalesce(severity, '') || 'x'`,
      channelId: `coalesce("channelId", '') || 'x'`,
      nextUpdateDueAt: `coalesce("nextUpdateDueAt" + interval '1 ms', now())`,
      postmortemDueAt: `coalesce("postmortemDueAt" + interval '1 ms', now())`,
    };
    const { rows } = await harness.sql(
      'select distinct jsonb_object_keys(state) as field from "Incident" order by field',
    );
    const alterations = [
      ...Object.entries(columns).map(([column, other]) => `"${column}" = ${other}`),
      ...rows.flatMap(({ field }) => [
        `state = state - '${field}'`,
        `state = jsonb_set(state, '{${field}}', jsonb_build_array(state->'${field}'))`,
      ]),
    ];
    expect(alterations.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...numbers), fc.constantFrom(...alterations), async (number, alteration) => {
        await harness.sql(`create table kept as select * from "Incident" where number = ${number}`);
        await harness.sql(`update "Incident" set ${alteration} where number = ${number}`);
        expect((await harness.verify()).faults).toMatchObject([{ code: 'altered-state', subject: `INC-${number}` }]);
        await harness.sql(`delete from "Incident" where number = ${number}`);
        await harness.sql('insert into "Incident" select * from kept');
        await harness.sql('drop table kept');
      }),
      { numRuns: 40 },
    );
    expect((await harness.verify()).intact).toBe(true);
  });
});
