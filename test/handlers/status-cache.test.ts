import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import type { EdgeDeps } from '../../handlers/deps.ts';
import { statusPages } from '../../handlers/pages/status.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { statusPage } from '../../src/domain/status/compose.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import { now } from '../support/incident-spec.ts';
import { testLogger } from '../support/logger.ts';
import { facts, statusSpec } from '../support/status-story.ts';

/** The page over a database that the test takes away, and a clock that it moves. */
function stage() {
  const { logger } = testLogger();
  const world = { age: 0, away: false, loads: 0, spec: statusSpec as OperationsSpec, now };
  const verbs = {
    statusAddress: () => ({ url: 'https://status.example/status' }),
    statusDays: async () => [],
    showStatus: async () => {
      world.loads += 1;
      if (world.away) throw new DatabaseUnavailable(new Error('gone'));
      return statusPage(facts({ spec: world.spec }), world.now);
    },
  } as unknown as EdgeDeps['verbs'];
  const server = Fastify();
  const deps = { verbs, spec: { current: () => world.spec }, clock: { now: () => world.now }, log: logger };
  statusPages(deps, () => world.age)(server);
  return { world, get: (path = '/status') => server.inject(path) };
}

describe('the status page', () => {
  it('asks the database once in three seconds, however many look at whatever form of it', async () => {
    const { world, get } = stage();
    const all = await Promise.all(
      Array.from({ length: 300 }, (_, n) => get(['/status', '/status.json', '/status.rss'][n % 3])),
    );
    expect(new Set(all.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    world.age += 2_999;
    await get();
    expect(world.loads).toBe(1);
    world.age += 1;
    await get();
    expect(world.loads).toBe(2);
  });

  it('goes on without its database, and says that it does and as of when', async () => {
    const { world, get } = stage();
    const before = await get();
    Object.assign(world, { away: true, age: 60_000, now: new Date('2026-11-21T15:00:00.000Z') });
    const stale = await get();
    expect(stale.statusCode).toBe(200);
    expect(stale.body).toContain('cannot be brought up to date right now');
    expect(stale.body).toContain('known on <time datetime="2026-11-21T14:00:00.000Z">');
    expect(stale.headers.etag).not.toBe(before.headers.etag);
    expect((await get('/status.json')).json()).toMatchObject({ stale: true, asOf: '2026-11-21T14:00:00.000Z' });
    Object.assign(world, { away: false, age: 120_000 });
    expect((await get()).body).not.toContain('cannot be brought up to date');
  });

  it('that never knew anything says so, and is asked again', async () => {
    const { world, get } = stage();
    world.away = true;
    const nothing = await get();
    expect([nothing.statusCode, nothing.headers['retry-after']]).toEqual([503, '5']);
    Object.assign(world, { away: false, age: 3_000 });
    expect((await get()).statusCode).toBe(200);
  });

  it('shows nothing of a spec that is in force no more, not even while the database is away', async () => {
    const { world, get } = stage();
    await get();
    Object.assign(world, { away: true, spec: { ...statusSpec, services: {} } });
    expect((await get()).statusCode).toBe(503);
    Object.assign(world, { spec: { ...statusSpec, status: { public: false, title: 'Hidden' } } });
    expect((await get()).statusCode).toBe(404);
  });

  it('stays the same within a minute, so that whoever has it need not be sent it again', async () => {
    const { world, get } = stage();
    const first = (await get()).headers.etag;
    Object.assign(world, { age: 5_000, now: new Date('2026-11-21T14:00:59.000Z') });
    expect((await get()).headers.etag).toBe(first);
    Object.assign(world, { age: 10_000, now: new Date('2026-11-21T14:01:00.000Z') });
    expect((await get()).headers.etag).not.toBe(first);
  });
});
