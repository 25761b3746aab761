import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../src/adapters/postgres/client.ts';
import type { DeliveryQueue } from '../../../src/adapters/postgres/once.ts';
import { createStore } from '../../../src/adapters/postgres/store.ts';
import { ACCESS_SUBJECT } from '../../../src/domain/event.ts';
import { DatabaseUnavailable } from '../../../src/usecases/errors.ts';
import { addTo, alice, all, declaration, declare, draft, noon, note, storeHarness, writeOf } from './store-harness.ts';

let harness: Awaited<ReturnType<typeof storeHarness>>;
beforeAll(async () => {
  harness = await storeHarness();
});
afterAll(() => harness.close());
afterEach(() => vi.restoreAllMocks());

const rows = async (table: string) =>
  Number((await harness.db.pool.query(`select count(*) from ${table}`)).rows[0].count);
const eventsOf = (number: number) => all(harness.store.events(`INC-${number}`));

describe('a write', () => {
  it('brings events, state and deliveries, and the queue hears of the deliveries in the order they were promised', async () => {
    const deliveries = [
      { kind: 'open-channel', incident: 1 },
      { kind: 'topic', incident: 1 },
      { kind: 'react', channel: 'C1', ts: '1.2', name: 'white_check_mark' },
    ] as const;
    const number = await harness.store.once('declare', async (tx) => {
      const number = await tx.nextIncidentNumber();
      await tx.save(writeOf(null, number, [declaration(number), note('Paged Bob')], deliveries));
      return number;
    });
    const incident = await harness.store.incident(number);
    expect(incident).toMatchObject({ number, version: 2, title: 'Checkout is down', declaredBy: alice });
    expect(await eventsOf(number)).toEqual([
      expect.objectContaining({ seq: 1, kind: 'incident.declared', actor: alice, occurredAt: noon }),
      expect.objectContaining({ seq: 2, body: { kind: 'incident.noted', text: 'Paged Bob' } }),
    ]);
    const [promised] = harness.promised.splice(0);
    expect(promised?.map(({ lane }) => lane)).toEqual(['incident:1', 'incident:1', 'channel:C1']);
    expect(promised?.map(({ id }) => id)).toEqual(promised?.map(({ id }) => id).toSorted((a, b) => Number(a - b)));
    const written = await harness.db.prisma.delivery.findMany({
      where: { id: { in: promised?.map(({ id }) => id) ?? [] } },
      orderBy: { id: 'asc' },
    });
    expect(written.map(({ intent }) => intent)).toEqual(deliveries);
  });

  it('is five round trips for a declaration, beside the one of the queue', async () => {
    const query = vi.spyOn(Client.prototype, 'query');
    await harness.store.once('counted', declare);
    // Was it answered before? Begin. The number. Everything. Commit.
    expect(query).toHaveBeenCalledTimes(5);
  });

  it('leaves nothing behind when the queue refuses the jobs', async () => {
    const before = await Promise.all(['"Event"', '"EventHead"', '"Delivery"', '"Request"'].map(rows));
    const queue = { enqueue: () => Promise.reject(new Error('the queue is not there')) };
    const store = createStore(harness.db, queue);
    await expect(store.once('refused by the queue', declare)).rejects.toThrow('the queue is not there');
    expect(await Promise.all(['"Event"', '"EventHead"', '"Delivery"', '"Request"'].map(rows))).toEqual(before);
  });

  it('is not taken for done when a statement failed and nobody said so', async () => {
    const queue: DeliveryQueue = {
      enqueue: async (tx) => void (await tx.$queryRawUnsafe('select 1/0').catch(() => {})),
    };
    const store = createStore(harness.db, queue);
    await expect(store.once('hidden', declare)).rejects.toThrow('A statement of the transaction had failed');
    expect(await harness.store.once('hidden', async () => 'asked again')).toBe('asked again');
  });

  it('is refused when the state is not the one after its events', async () => {
    const wrong = harness.store.once(null, async (tx) => {
      const number = await tx.nextIncidentNumber();
      const write = writeOf(null, number, [declaration(number), note('Paged Bob')]);
      await tx.save({ ...write, events: write.events.slice(0, 1) });
    });
    await expect(wrong).rejects.toThrow(/says version 2, but its last event is 1/);
  });

  it('is one a transaction: a second save is refused', async () => {
    const twice = harness.store.once(null, async (tx) => {
      await declare(tx);
      await declare(tx);
    });
    await expect(twice).rejects.toThrow('put everything into one write');
  });

  it('replaces characters that PostgreSQL cannot hold by a visible one, in the log and in the state alike', async () => {
    const title = 'NUL \0, half \ud83d a pair, \\u0000 spelled out, 🔥 whole';
    const number = await harness.store.once('unstorable', async (tx) => {
      const number = await tx.nextIncidentNumber();
      await tx.save(writeOf(null, number, [declaration(number, title)]));
      return number;
    });
    const kept = 'NUL \ufffd, half \ufffd a pair, \\u0000 spelled out, 🔥 whole';
    expect(await harness.store.incident(number)).toMatchObject({ title: kept });
    expect((await eventsOf(number))[0]?.body).toMatchObject({ title: kept });
  });
});

describe('a request', () => {
  it('that was answered before gets its first answer, and its work is not run', async () => {
    const first = await harness.store.once('repeated', async (tx) => ({ number: await declare(tx), at: noon }));
    const work = vi.fn();
    expect(await harness.store.once('repeated', work)).toEqual({ number: first.number, at: noon.toISOString() });
    expect(work).not.toHaveBeenCalled();
  });

  it('that arrives twice at once is done once, and both get the one answer', async () => {
    const before = await rows('"Incident"');
    const answers = await Promise.all(Array.from({ length: 8 }, () => harness.store.once('twins', declare)));
    expect(new Set(answers).size).toBe(1);
    expect(await rows('"Incident"')).toBe(before + 1);
  });

  it('whose twin changed the state first gets the answer of its twin, not a refusal', async () => {
    const number = await harness.store.once('a day of its own', declare);
    const locked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const resolve = () =>
      harness.store.once('resolve', async (tx) => {
        const incident = await tx.incident(number);
        if (incident?.resolvedAt) return 'refused: it is resolved already';
        locked.resolve();
        await go.promise;
        const resolved = draft({ kind: 'incident.resolved', summary: 'Rolled back', postmortemDueAt: null });
        await tx.save(writeOf(incident, number, [resolved]));
        return 'resolved';
      });
    const first = resolve();
    await locked.promise;
    const second = resolve();
    await waiters(1);
    go.resolve();
    expect(await Promise.all([first, second])).toEqual(['resolved', 'resolved']);
    expect(await eventsOf(number)).toHaveLength(2);
  });

  it('that was refused is asked again the next time', async () => {
    expect(await harness.store.once('refused', async () => 'no')).toBe('no');
    expect(await harness.store.once('refused', async () => 'still no')).toBe('still no');
  });

  it('without a key is done each time', async () => {
    const [first, second] = [await harness.store.once(null, declare), await harness.store.once(null, declare)];
    expect(second).toBe(first + 1);
  });

  it('that fails leaves a gap in the numbers and nothing else', async () => {
    const failing = harness.store.once('failing', async (tx) => {
      await declare(tx);
      throw new Error('the verb failed');
    });
    await expect(failing).rejects.toThrow('the verb failed');
    const number = await harness.store.once('failing', declare);
    expect(await harness.store.incident(number - 1)).toBeNull();
    expect(await harness.store.incident(number)).not.toBeNull();
  });
});

describe('writers', () => {
  it('of different chains do not wait for each other', async () => {
    const [held, free] = [await harness.store.once(null, declare), await harness.store.once(null, declare)];
    const locked = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const slow = harness.store.once(null, async (tx) => {
      await tx.incident(held);
      locked.resolve();
      await go.promise;
    });
    await locked.promise;
    await harness.store.once(null, (tx) => addTo(tx, free, note('meanwhile')));
    await harness.store.once(null, declare);
    go.resolve();
    await slow;
    expect(await eventsOf(free)).toHaveLength(2);
  });

  it('of one chain take turns, each on the state the other left', async () => {
    const number = await harness.store.once(null, declare);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => harness.store.once(null, (tx) => addTo(tx, number, note(`${n}`)))),
    );
    expect((await eventsOf(number)).map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1));
    expect(await harness.store.incident(number)).toMatchObject({ version: 13 });
  });

  it('who both begin a chain are both written, one after the other', async () => {
    const refused = draft({ kind: 'permission.refused', verb: 'declare', reason: 'not in the team' });
    const save = () =>
      harness.store.once(null, (tx) => tx.save({ events: [{ subject: ACCESS_SUBJECT, draft: refused }] }));
    await Promise.all([save(), save(), save()]);
    const seqs = (await all(harness.store.events(ACCESS_SUBJECT))).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2, 3]);
  });

  it('who wait for each other in a circle both succeed: the one PostgreSQL stops is run again', async () => {
    const [one, two] = [await harness.store.once(null, declare), await harness.store.once(null, declare)];
    const bothHold = Promise.withResolvers<void>();
    let holding = 0;
    const crossing = (first: number, second: number) =>
      harness.store.once(null, async (tx) => {
        await tx.incident(first);
        holding += 1;
        if (holding >= 2) bothHold.resolve();
        await bothHold.promise;
        await addTo(tx, second, note('crossed'));
      });
    await Promise.all([crossing(one, two), crossing(two, one)]);
    expect([await eventsOf(one), await eventsOf(two)].map((events) => events.length)).toEqual([2, 2]);
    expect(holding).toBeGreaterThan(2);
  });
});

describe('a head that somebody turned back', () => {
  it('stops its chain with a sentence that says where to look, and no other', async () => {
    const [turned, other] = [await harness.store.once(null, declare), await harness.store.once(null, declare)];
    await harness.db.pool.query(`update "EventHead" set seq = 0 where subject = $1`, [`INC-${turned}`]);
    const next = harness.store.once(null, async (tx) => {
      await tx.incident(turned);
      await tx.save({ events: [{ subject: `INC-${turned}`, draft: note('lost') }] });
    });
    await expect(next).rejects.toThrow('run "mainstay audit verify"');
    await harness.store.once(null, (tx) => addTo(tx, other, note('found')));
    expect([await eventsOf(turned), await eventsOf(other)].map((events) => events.length)).toEqual([1, 2]);
  });
});

describe('reading', () => {
  it('streams a long chain in order', async () => {
    const notes = Array.from({ length: 2_500 }, (_, n) => note(`${n}`));
    const number = await harness.store.once(null, (tx) => declare(tx, ...notes));
    const texts: string[] = [];
    for await (const { body } of harness.store.events(`INC-${number}`)) {
      if (body?.kind === 'incident.noted') texts.push(body.text);
    }
    expect(texts).toEqual(notes.map((_, n) => `${n}`));
  });

  it('finds incidents by channel, by what is due and by what is owed', async () => {
    const due = new Date('2026-11-20T12:30:00.000Z');
    const owed = '2026-11-22T12:00:00.000Z';
    const update = draft({ kind: 'incident.updated', text: 'Looking', nextUpdateDueAt: due.toISOString() });
    const opened = draft({ kind: 'incident.channel_opened', channel: 'C042', name: 'inc-x' });
    const resolved = draft({ kind: 'incident.resolved', summary: 'Rolled back', postmortemDueAt: owed });
    const open = await harness.store.once(null, (tx) => declare(tx, update, opened));
    const over = await harness.store.once(null, (tx) => declare(tx, update, resolved));
    expect(await harness.store.incidentInChannel('C042')).toMatchObject({ number: open });
    expect(await harness.store.incidentInChannel('C043')).toBeNull();
    const numbers = (incidents: readonly { number: number }[]) => incidents.map(({ number }) => number);
    expect(numbers(await harness.store.incidentsWithUpdateDue(due))).toEqual([open]);
    expect(numbers(await harness.store.incidentsWithUpdateDue(new Date(due.getTime() - 1)))).toEqual([]);
    expect(numbers(await harness.store.incidentsAwaitingPostmortem())).toEqual([over]);
    expect(numbers(await harness.store.incidents('all', 2))).toEqual([over, open]);
    expect(numbers(await harness.store.incidents('open', 1))).toEqual([open]);
  });
});

describe('a database that is away', () => {
  it('is told apart from every other fault', async () => {
    const away = openDatabase('postgresql://nobody@127.0.0.1:1/none');
    const store = createStore(away, { enqueue: async () => {} });
    await expect(store.once(null, declare)).rejects.toThrow(DatabaseUnavailable);
    await expect(store.incident(1)).rejects.toThrow(DatabaseUnavailable);
    await expect(all(store.events('INC-1'))).rejects.toThrow(DatabaseUnavailable);
    await away.close();
  });

  it('is told also when the connection breaks under a transaction, and the next request finds it again', async () => {
    const broken = harness.store.once('broken', async (tx) => {
      const number = await declare(tx);
      await harness.db.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
      );
      return number;
    });
    await expect(broken).rejects.toThrow(DatabaseUnavailable);
    expect(await harness.store.once('broken', declare)).toBeGreaterThan(0);
  });
});

/** Waits until so many transactions wait for a lock. */
async function waiters(count: number): Promise<void> {
  const waiting = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await vi.waitFor(async () => expect((await harness.db.pool.query(waiting)).rows[0].n).toBe(count), {
    timeout: 5_000,
  });
}
