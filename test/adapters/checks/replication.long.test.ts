import { expect, it, vi } from 'vitest';
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
