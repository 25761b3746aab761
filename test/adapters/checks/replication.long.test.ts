import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { ownPostgres } from '../../support/own-postgres.ts';
import { look } from './looking.ts';
import { redisServer } from './servers.ts';

const SOON = { timeout: 30_000, interval: 100 };

it('a replica of Redis is failing when it has lost the one it follows', async () => {
  const first = await redisServer();
  const [host = '', port = ''] = first.at.split(':');
  const replica = await redisServer('--replicaof', host, port, '--repl-diskless-sync-delay', '0');
  const asked = (at: string, written: Record<string, unknown>) =>
    look({ kind: 'redis', target: 'r', ...written }, { r: { kind: 'redis', url: `redis://${at}` } });
  const follows = async () =>
    expect(await asked(replica.at, { replicationLag: '> 1m' })).toMatchObject({ answer: 'ok' });
  await vi.waitFor(follows, SOON);
  expect(await asked(first.at, { replicas: '< 1' })).toMatchObject({ answer: 'ok', figures: { replicas: 1 } });
  await first.stop();
  const lost = { answer: 'failing', detail: 'is a replica that has lost the one it follows' };
  await vi.waitFor(async () => expect(await asked(replica.at, {})).toMatchObject(lost), SOON);
  await replica.stop();
});

it('PostgreSQL is told by how far those who follow it are behind', async () => {
  const server = await ownPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'checks-'));
  const asked = () =>
    look(
      { kind: 'postgres', target: 'db', replicationLag: '> 1h' },
      { db: { kind: 'postgres', url: 'env:DB' } },
      { env: { DB: server.url } },
    );
  expect(await asked()).toMatchObject({ answer: 'failing', detail: 'has no standby that follows it' });
  const follower = spawn('pg_receivewal', ['--dbname', server.url, '--directory', folder], { stdio: 'ignore' });
  const ended = new Promise((resolve) => follower.on('exit', resolve));
  await vi.waitFor(
    async () => expect(await asked()).toMatchObject({ answer: 'ok', figures: { replicationLag: expect.any(Number) } }),
    SOON,
  );
  follower.kill('SIGKILL');
  await ended;
  await vi.waitFor(async () => expect(await asked()).toMatchObject({ answer: 'failing' }), SOON);
  await server.delete();
  await rm(folder, { recursive: true });
});
