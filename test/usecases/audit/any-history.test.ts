import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/incident/apply.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { addTo, declare, note } from '../../adapters/postgres/store-harness.ts';
import { type AuditHarness, auditHarness } from './audit-harness.ts';

let harness: AuditHarness;
beforeAll(async () => {
  harness = await auditHarness();
  await harness.incident();
});
afterAll(() => harness.close());

const step = fc.oneof(
  fc.record({ do: fc.constant('declare' as const), notes: fc.nat(3) }),
  fc.record({ do: fc.constant('note' as const), on: fc.nat(), text: fc.string({ unit: 'binary' }) }),
  fc.record({ do: fc.constant('erase' as const), on: fc.nat(), seq: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('anchor' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

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
    case 'note': {
      const number = await one(step.on);
      await harness.store.once(null, (tx) => addTo(tx, number, note(step.text)));
      return;
    }
    case 'erase': {
      const subject = `INC-${await one(step.on)}`;
      await eraseEvent(harness, { kind: 'cli', user: 'bob' }, { subject, seq: step.seq, reason: 'asked for' });
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
      { numRuns: 20 },
    );
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
});
