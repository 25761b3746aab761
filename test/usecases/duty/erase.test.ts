import { expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { runSubject } from '../../../src/domain/event.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { cannotRun } from '../../../src/usecases/duty/cannot.ts';
import { finishRun } from '../../../src/usecases/duty/done.ts';
import { aDuty, person as people } from '../../support/duty-spec.ts';
import { dutyHarness, person } from './duty-harness.ts';

it('what was said about a run can be erased; it can still be done, and its chain verifies', async () => {
  const room = await dutyHarness(aDuty());
  try {
    await room.at('2026-03-02T00:00:00Z');
    await room.at('2026-03-02T08:00:00Z');
    const [due] = await room.runs();
    const number = due?.number ?? 0;
    await cannotRun(room.deps, person(people.alice), { number, reason: 'Alice is in hospital' });
    await room.db.pool.query(`update "Delivery" set status = 'delivered', "settledAt" = now()`);
    const seq = (await room.kinds(number)).indexOf('run.cannot') + 1;
    const log = createAuditLog(room.db, { enqueue: async () => {} });
    const admin = { kind: 'cli', user: 'root' } as const;
    const erased = await eraseEvent({ log, clock: room.deps.clock }, admin, {
      subject: runSubject(number),
      seq,
      reason: 'A request under the law',
    });
    expect(erased.ok).toBe(true);
    expect(JSON.stringify([await room.deps.store.run(number), await room.promises()])).not.toContain('hospital');
    expect(await room.fold(number)).toEqual(await room.deps.store.run(number));

    expect(await finishRun(room.deps, person(people.bob), { number, evidence: [] })).toMatchObject({ ok: true });
    expect(await verifyLog({ log, published: null })).toMatchObject({ intact: true, erased: 1 });
  } finally {
    await room.close();
  }
});
