import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, type HashedFields, hashOf } from '../../../src/adapters/postgres/hash.ts';
import { merkleRoot } from '../../../src/adapters/postgres/merkle.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { type AuditHarness, auditHarness } from '../../usecases/audit/audit-harness.ts';

const page = readFileSync(new URL('../../../docs/audit-log.md', import.meta.url), 'utf8');
const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';

interface Example extends Omit<HashedFields, 'occurredAt' | 'recordedAt'> {
  occurredAt: string;
  recordedAt: string;
  salt: string;
  body: unknown;
  hash: string;
}
const example: Example[] = JSON.parse(block('json'));

describe('the worked example', () => {
  it.each(example)('event $seq has the digest and the hash the page gives', (event) => {
    const { occurredAt, recordedAt } = event;
    expect(digestOf(event.salt, event.body)).toBe(event.digest);
    expect(hashOf({ ...event, occurredAt: new Date(occurredAt), recordedAt: new Date(recordedAt) })).toBe(event.hash);
  });

  it('gives the same when what the page has hashed by hand is hashed', () => {
    const hashed = [...block('sh').matchAll(/^printf %s '(.*)' \| sha256sum$/gm)].map(([, text]) =>
      createHash('sha256')
        .update(text ?? '')
        .digest('hex'),
    );
    expect(hashed).toEqual([example[1]?.digest, example[1]?.hash]);
  });

  it('has the root the page gives', () => {
    expect(page).toContain(merkleRoot([{ subject: 'INC-1', seq: 2, hash: example[1]?.hash ?? '' }]));
  });
});

describe("the page's own program, on what psql writes", () => {
  let harness: AuditHarness;
  let folder: string;
  beforeAll(async () => {
    harness = await auditHarness();
    folder = await mkdtemp(join(tmpdir(), 'mainstay-page-'));
    await writeFile(join(folder, 'check.mjs'), block('js'));
    await harness.incident();
    await harness.incident();
    await harness.anchor();
    await eraseEvent(harness, { kind: 'cli', user: 'bob' }, { subject: 'INC-1', seq: 2, reason: 'asked for' });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await harness.close();
  });

  const check = async () => {
    const { stdout } = await promisify(execFile)('psql', ['-XAt', '-c', block('sql'), harness.url]);
    const child = spawn(process.execPath, [join(folder, 'check.mjs')]);
    child.stdin.end(stdout);
    return (await text(child.stdout)).trimEnd().split('\n');
  };

  it('finds nothing wrong with a log that nobody touched, and lists what was erased', async () => {
    expect(await check()).toEqual([expect.stringMatching(/: INC-1#2$/)]);
  });

  it('finds what was altered, deleted and cut off', async () => {
    await harness.attack(
      `update "Event" set actor = '{}' where subject = 'ANCHOR'`,
      `update "EventBody" set salt = 'aa' where subject = 'INC-1' and seq = 3`,
      `delete from "Event" where subject = 'INC-1' and seq = 6`,
      `delete from "Event" where subject = 'INC-2' and seq = 2`,
    );
    expect((await check()).slice(0, -1)).toEqual([
      'ANCHOR#1 was altered',
      'INC-1#3 has an altered body',
      'INC-1#5 should be the end of its chain, and its head says otherwise',
      'INC-2#3 does not follow: an event before it is missing',
      'INC-2#3 names another predecessor',
    ]);
  });
});
