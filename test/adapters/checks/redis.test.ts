import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listener, look, nobody } from './looking.ts';
import { type RealServer, redisServer } from './servers.ts';

let server: RealServer;
let locked: RealServer;
beforeAll(async () => {
  [server, locked] = await Promise.all([redisServer('--maxmemory', '100mb'), redisServer('--requirepass', 'hunter2')]);
});
afterAll(async () => {
  await locked.stop();
  await server.stop();
});

const redis = (written: Record<string, unknown>, url = `redis://${server.at}`) =>
  look({ kind: 'redis', target: 'cache', ...written }, { cache: { kind: 'redis', url: 'env:R' } }, { env: { R: url } });
const withPassword = (written: Record<string, unknown>, password = 'hunter2') =>
  redis(written, `redis://:${password}@${locked.at}`);

describe('Redis', () => {
  it('is ok when it answers within its bounds', async () => {
    const figures = { memory: expect.any(Number), memoryAllowed: 100 * 2 ** 20 };
    expect(await redis({ memory: '> 80%' })).toMatchObject({ answer: 'ok', detail: 'answers', figures });
  });

  it('is failing beyond them', async () => {
    const detail = expect.stringMatching(/^memory [\d.]+%, bad above 0%$/);
    expect(await redis({ memory: '> 0%' })).toMatchObject({ answer: 'failing', detail });
    expect(await redis({ memory: '> 1kB' })).toMatchObject({
      detail: expect.stringMatching(/^memory [\d.]+MB, bad above 1kB$/),
    });
    expect(await redis({ replicas: '< 2' })).toMatchObject({ detail: 'replicas 0, bad below 2' });
    expect(await redis({ replicationLag: '> 10s' })).toMatchObject({ detail: 'is no replica: it follows nobody' });
  });

  it('cannot be told when it does not take the password, or has nothing a share could be of', async () => {
    const wrong = await withPassword({}, 'wrong');
    expect(wrong).toMatchObject({ answer: 'could-not-tell', detail: 'Redis does not take the user or password' });
    expect(await redis({}, `redis://${locked.at}`)).toMatchObject({ answer: 'could-not-tell' });
    expect(await withPassword({ memory: '> 80%' })).toMatchObject({ answer: 'could-not-tell' });
  });

  it('is failing when nobody listens, nothing is said, it breaks off, or still loads', async () => {
    expect(await redis({}, `redis://${(await nobody()).at}`)).toMatchObject({ detail: 'refused the connection' });
    const saying = async (serve: Parameters<typeof listener>[0]) => {
      const peer = await listener(serve);
      const answer = await redis({ timeout: '300ms' }, `redis://${peer.at}`);
      await peer.close();
      return answer;
    };
    expect(await saying(() => undefined)).toMatchObject({ answer: 'failing', detail: 'no answer within 300ms' });
    expect(await saying((socket) => socket.on('data', () => socket.end()))).toMatchObject({
      answer: 'failing',
      detail: 'closed the connection',
    });
    // One answer for each command that came.
    const loading = (commands: Buffer) =>
      '-LOADING Redis is loading the dataset in memory\r\n'.repeat(commands.toString().match(/^\*\d/gm)?.length ?? 0);
    const loads = await saying((socket) => socket.on('data', (commands) => socket.write(loading(commands))));
    expect(loads).toMatchObject({
      answer: 'failing',
      detail: 'is still loading its data',
    });
  });
});
