import { describe, expect, it } from 'vitest';
import { listener, look, nobody } from './looking.ts';

describe('a port', () => {
  const tcp = (at: string) => look({ kind: 'tcp', target: 'db' }, { db: { kind: 'host', url: at } });

  it('is ok when it takes connections, and failing when nobody listens', async () => {
    const peer = await listener(() => undefined);
    expect(await tcp(peer.at)).toMatchObject({ answer: 'ok', detail: 'takes connections' });
    await peer.close();
    expect(await tcp(peer.at)).toMatchObject({ answer: 'failing', detail: 'refused the connection' });
  });

  it('is failing when it says something else than it should, or nothing at all', async () => {
    const says = async (serve: Parameters<typeof listener>[0]) => {
      const peer = await listener(serve);
      const written = { kind: 'tcp', target: 'mail', says: '^220 ', timeout: '200ms' };
      const answer = await look(written, { mail: { kind: 'host', url: peer.at } });
      await peer.close();
      return answer;
    };
    expect(await says((socket) => socket.write('220 mail.example.com ESMTP\r\n'))).toMatchObject({ answer: 'ok' });
    expect(await says((socket) => socket.end('421 too busy\r\n'))).toMatchObject({
      answer: 'failing',
      detail: 'says something unlike ^220 ',
    });
    expect(await says((socket) => socket.end())).toMatchObject({ detail: 'closed the connection without a word' });
    expect(await says(() => undefined)).toMatchObject({ detail: 'no answer within 200ms' });
  });

  it('is failing when its host is unknown, and cannot be told when none is named', async () => {
    expect(await tcp('nobody.invalid:80')).toMatchObject({ answer: 'failing' });
    expect(await tcp('db.example.com')).toMatchObject({ answer: 'could-not-tell' });
  });
});

describe('an environment', () => {
  const env = { DATABASE: 'postgresql://alice:secret@db/app', EMPTY: ' ' };

  it('is told by names, never by values', async () => {
    const environment = (...variables: unknown[]) => look({ kind: 'environment', variables }, {}, { env });
    expect(await environment('DATABASE')).toMatchObject({ answer: 'ok', detail: '1 set' });
    const answer = await environment('DATABASE', 'EMPTY', 'ABSENT');
    expect(answer).toMatchObject({ answer: 'failing', detail: 'not set: EMPTY, ABSENT' });
    const badly = await environment(
      'DATABASE',
      { name: 'DATABASE', matches: 'https://.*' },
      { name: 'ABSENT', matches: '.' },
    );
    expect(badly).toMatchObject({ answer: 'failing', detail: 'not set: ABSENT; not well-formed: DATABASE' });
    expect(await environment({ name: 'DATABASE', matches: 'postgresql' })).toMatchObject({ answer: 'failing' });
    expect(await environment({ name: 'DATABASE', matches: 'postgresql://.*' })).toMatchObject({ answer: 'ok' });
    expect(JSON.stringify([answer, badly])).not.toContain('secret');
  });
});

describe('a look', () => {
  it('ends at once when nobody waits for its answer any more', async () => {
    const { url } = await nobody();
    const targets = { api: { kind: 'http', url } };
    const gone = await look({ kind: 'http', target: 'api', path: '/' }, targets, { signal: AbortSignal.abort() });
    expect(gone).toMatchObject({ answer: 'failing', detail: 'no answer within 5s' });
  });

  it('is not for heartbeats, nor for what does not exist here', async () => {
    expect(await look({ kind: 'heartbeat' })).toMatchObject({ answer: 'could-not-tell' });
    expect(await look({ kind: 'not connected', reason: 'None here.' })).toMatchObject({
      answer: 'could-not-tell',
      detail: 'Not connected: None here.',
    });
  });
});
