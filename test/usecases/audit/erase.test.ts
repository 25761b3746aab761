import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/incident/apply.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { addTo, alice, all, declare, draft, note, writeOf } from '../../adapters/postgres/store-harness.ts';
import { type AuditHarness, auditHarness } from './audit-harness.ts';

let harness: AuditHarness;
beforeEach(async () => {
  harness = await auditHarness();
});
afterEach(() => harness.close());

const bob = { kind: 'cli', user: 'bob' } as const;
const erase = (seq: number, reason = 'Charlie asked for it', subject = 'INC-1') =>
  eraseEvent(harness, bob, { subject, seq, reason });
const folded = async () => {
  let state: Incident | null = null;
  for await (const event of harness.store.events('INC-1')) state = apply(state, event);
  return state;
};

describe('erasing what an event said', () => {
  it('leaves a chain that verifies, and an event that says who and why', async () => {
    await harness.incident();
    await harness.anchor();
    expect(await erase(2)).toEqual({ ok: true, value: { subject: 'INC-1', seq: 2, tombstone: 6 } });
    expect(await harness.verify()).toMatchObject({ intact: true, erased: 1 });
    const events = await all(harness.store.events('INC-1'));
    expect(events[1]).toMatchObject({ seq: 2, kind: 'incident.noted', actor: alice, body: null });
    expect(events[5]).toMatchObject({
      actor: bob,
      body: { kind: 'event.erased', seq: 2, reason: 'Charlie asked for it' },
    });
  });

  it('takes the words out of the state too, which still equals the fold of its events', async () => {
    const update = draft({
      kind: 'incident.updated',
      text: 'Call Charlie on 555-0100',
      nextUpdateDueAt: null,
    });
    await harness.store.once(null, (tx) => declare(tx, update));
    await erase(2);
    const incident = await harness.store.incident(1);
    expect(incident).toMatchObject({ version: 3, lastUpdate: { text: '[erased]' } });
    expect(incident).toEqual(await folded());
    await harness.store.once(null, (tx) => addTo(tx, 1, note('the chain goes on')));
    expect(await harness.store.incident(1)).toEqual(await folded());
  });

  it('leaves the words nowhere in the database, once what was promised is delivered', async () => {
    const secret = 'Charlie lives at 12 Elm Street';
    await harness.store.once(null, async (tx) => {
      const number = await tx.nextIncidentNumber();
      const said = note(secret);
      const declared = draft({
        kind: 'incident.declared',
        number,
        title: 'Leak',
        category: null,
        service: null,
        description: secret,
        origin: null,
        announcedIn: [],
      });
      await tx.save(
        writeOf(
          null,
          number,
          [declared, said],
          [
            {
              kind: 'post',
              to: { to: 'incident', number },
              message: {
                type: 'incident-event',
                incident: number,
                event: said.body,
                actor: alice,
                occurredAt: said.occurredAt.toISOString(),
              },
            },
          ],
        ),
      );
    });
    await harness.sql(`update "Delivery" set status = 'delivered', "settledAt" = now()`);
    await erase(1);
    await erase(2);
    for (const table of ['"Event"', '"EventBody"', '"Incident"', '"Delivery"', '"Request"']) {
      const { rows } = await harness.sql(`select to_json(t)::text as row from ${table} as t`);
      expect(rows.map(({ row }) => row).join('\n')).not.toContain('Elm Street');
    }
    expect((await harness.verify()).intact).toBe(true);
  });

  it.each([
    [() => erase(2, '  '), 'no-reason', 'Say why INC-1#2 is erased'],
    [() => erase(9), 'no-such-event', 'There is no INC-1#9: INC-1 has 5 events.'],
    [() => erase(1, 'why', 'INC-7'), 'no-such-event', 'There is no INC-7#1'],
    [() => erase(1, 'why', 'ANCHOR'), 'kept-as-evidence', 'is never erased itself'],
    [() => erase(3).then(() => erase(3)), 'already-erased', 'What INC-1#3 said was erased before.'],
    [() => erase(3).then(() => erase(6)), 'kept-as-evidence', 'INC-1#6 proves what was erased'],
  ])('is refused where it makes no sense: case %#', async (attempt, code, message) => {
    await harness.incident();
    await harness.anchor();
    expect(await attempt()).toEqual({ ok: false, refusal: { code, message: expect.stringContaining(message) } });
    expect((await harness.verify()).intact).toBe(true);
  });

  it('done twice at once is done once', async () => {
    await harness.incident();
    const outcomes = await Promise.all([erase(2), erase(2)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('is undone by a restored backup, and verify says so', async () => {
    await harness.incident();
    const { rows } = await harness.sql(`select salt, body from "EventBody" where subject = 'INC-1' and seq = 2`);
    await erase(2);
    await harness.sql(`insert into "EventBody" values ('INC-1', 2, $1, $2)`, [rows[0].salt, rows[0].body]);
    expect((await harness.verify()).faults).toEqual([
      expect.objectContaining({ code: 'returned-body', subject: 'INC-1', seq: 2 }),
    ]);
  });

  it.each(['"all"', '1e20', 'null'])('is not confused by a tombstone altered to name %s', async (seq) => {
    await harness.incident();
    await erase(2);
    await harness.attack(`update "EventBody" set body = '{"kind":"event.erased","seq":${seq}}' where seq = 6`);
    expect((await harness.verify()).faults).toEqual([expect.objectContaining({ code: 'altered-body', seq: 6 })]);
  });

  it('cannot be pretended: a tombstone whose own body is gone explains nothing', async () => {
    await harness.incident();
    await erase(2);
    await harness.attack(`delete from "EventBody" where subject = 'INC-1' and seq = 6`);
    expect((await harness.verify()).faults).toEqual([
      expect.objectContaining({ code: 'unexplained-erasure', subject: 'INC-1', seq: 6 }),
    ]);
  });
});
