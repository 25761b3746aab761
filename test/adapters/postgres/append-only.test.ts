import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declare, draft, note, storeHarness } from './store-harness.ts';

let harness: Awaited<ReturnType<typeof storeHarness>>;
beforeAll(async () => {
  harness = await storeHarness();
  await harness.store.once(null, (tx) => declare(tx, note('one'), note('two'), note('three')));
});
afterAll(() => harness.close());

const sql = (text: string) => harness.db.pool.query(text);

describe('the log refuses', () => {
  it.each([
    `update "Event" set kind = 'incident.noted'`,
    `update "Event" set kind = 'incident.noted' where false`,
    `delete from "Event" where seq = 4`,
    `truncate "Event"`,
    `truncate "Event", "EventBody", "EventHead"`,
    `update "EventBody" set body = '{}'`,
    `delete from "EventBody" where seq = 2`,
    `truncate "EventBody"`,
    `delete from "EventHead"`,
    `truncate "EventHead"`,
    `insert into "Event" select * from "Event" where seq = 2 on conflict (subject, seq) do update set kind = 'altered'`,
    `with gone as (delete from "EventBody" where seq = 2 returning *) insert into "EventBody" select * from gone`,
  ])('%s', async (attempt) => {
    await expect(sql(attempt)).rejects.toThrow(/^(UPDATE|DELETE|TRUNCATE) of .* is refused: /);
  });
});

describe('a body may go', () => {
  const erased = (seq: number) => draft({ kind: 'event.erased', seq, reason: 'asked by Bob' });
  const append = (body: ReturnType<typeof erased>) =>
    harness.store.once(null, (tx) => tx.save({ events: [{ subject: 'INC-1', draft: body }] }));

  it('when its own chain says so, and no other body with it', async () => {
    await append(erased(2));
    await expect(sql(`delete from "EventBody" where seq in (2, 3)`)).rejects.toThrow('the body of INC-1 event 3');
    expect((await sql(`delete from "EventBody" where seq = 2`)).rowCount).toBe(1);
  });

  it('but never the one that says why', async () => {
    await append(erased(5));
    await expect(sql(`delete from "EventBody" where seq = 5`)).rejects.toThrow('the body of INC-1 event 5');
  });

  it('and not when another chain says so', async () => {
    await harness.store.once(null, (tx) => declare(tx, note('elsewhere')));
    await expect(sql(`delete from "EventBody" where subject = 'INC-2' and seq = 2`)).rejects.toThrow('INC-2 event 2');
  });
});
