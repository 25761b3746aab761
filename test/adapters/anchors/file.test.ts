import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anchorFile } from '../../../src/adapters/anchors/file.ts';
import type { PublishedAnchor } from '../../../src/domain/audit/events.ts';
import type { AnchorLine } from '../../../src/usecases/audit-port.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainstay-anchors-'));
  path = join(folder, 'anchors.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const anchor = (number: number): PublishedAnchor => ({
  anchor: number,
  hash: 'a'.repeat(64),
  at: '2026-11-20T12:00:00.000Z',
  root: 'b'.repeat(64),
  heads: [{ subject: 'INC-1', seq: number, hash: 'c'.repeat(64) }],
});
const lines = async () => {
  const found: AnchorLine[] = [];
  for await (const line of anchorFile(path).lines()) found.push(line);
  return found;
};

describe('the file of anchors', () => {
  it('gives back what was appended, in order, and nothing before it exists', async () => {
    expect(await lines()).toEqual([]);
    await anchorFile(path).append([anchor(1), anchor(2)]);
    await anchorFile(path).append([anchor(3)]);
    expect(await lines()).toEqual([1, 2, 3].map((number) => ({ anchor: anchor(number) })));
  });

  it('is not made for nothing', async () => {
    await anchorFile(path).append([]);
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  it('replaces the half line that a crash left', async () => {
    await anchorFile(path).append([anchor(1)]);
    await appendFile(path, JSON.stringify(anchor(2)).slice(0, 40));
    expect(await lines()).toEqual([{ anchor: anchor(1) }, { unreadable: 2 }]);
    await anchorFile(path).append([anchor(2)]);
    expect(await lines()).toEqual([{ anchor: anchor(1) }, { anchor: anchor(2) }]);
  });

  it.each([
    '',
    'no json',
    'null',
    '[]',
    '{"anchor":1}',
    '{"anchor":"1","hash":"","at":"","root":"","heads":[]}',
    '{"anchor":1,"hash":"","at":"","root":"","heads":[{"subject":"INC-1"}]}',
  ])('names the line that is no anchor: %s', async (line) => {
    await anchorFile(path).append([anchor(1)]);
    await appendFile(path, `${line}\n${JSON.stringify(anchor(2))}\n`);
    expect(await lines()).toEqual([{ anchor: anchor(1) }, { unreadable: 2 }, { anchor: anchor(2) }]);
  });

  it('says so when it cannot be read', async () => {
    await expect(async () => {
      for await (const _ of anchorFile(folder).lines());
    }).rejects.toThrow('EISDIR');
  });
});
