import { describe, expect, test } from 'vitest';
import { type CopyFound, isGood, judgeCopy } from '../../../src/domain/backup/canary.ts';

const ALICE = 'age1alice';
const BOB = 'age1bob';
const EXPECTED = { number: 3, id: '20260301T010000Z-0003', manifestSha256: 'aa' };
const FILES = [
  { name: 'dump.zst.age', bytes: 1000, sha256: '01' },
  { name: 'globals.sql.age', bytes: 200, sha256: '02' },
];
const SOUND = {
  kind: 'read',
  manifestSha256: 'aa',
  says: { files: FILES, recipients: [ALICE, BOB] },
  files: FILES,
  locks: { 'dump.zst.age': 2, 'globals.sql.age': 2 },
} as const satisfies CopyFound;

const judge = (found: CopyFound, known: readonly string[] = [ALICE, BOB]) => judgeCopy(EXPECTED, found, known);
const withFile = (change: Partial<(typeof FILES)[number]>) => ({
  ...SOUND,
  files: FILES.map((file) => (file.name === 'dump.zst.age' ? { ...file, ...change } : file)),
});

test('a copy whose bytes are those that were sealed, for keys that are kept, is sound', () => {
  expect(judge(SOUND)).toEqual({ verdict: 'sound' });
});

describe('a copy is damaged, and the file is named (rows 5, 6 and 20)', () => {
  test.each([
    ['a changed bit', withFile({ sha256: '99' }), 'dump.zst.age', 'its bytes are not those that were written'],
    ['half of it', withFile({ bytes: 500 }), 'dump.zst.age', 'it has 500 bytes and was written with 1000'],
    ['nothing of it', withFile({ bytes: 0 }), 'dump.zst.age', 'it has 0 bytes and was written with 1000'],
    ['a missing file', { ...SOUND, files: FILES.slice(0, 1) }, 'globals.sql.age', 'it is not there'],
    ['another manifest', { ...SOUND, manifestSha256: 'bb' }, 'manifest.json', 'it is not the one that was sealed'],
    ['no manifest', { ...SOUND, manifestSha256: null, says: null }, 'manifest.json', 'it is not there'],
    ['a manifest of another format', { ...SOUND, says: null }, 'manifest.json', 'it cannot be read'],
    [
      'clear text',
      { ...SOUND, locks: { 'dump.zst.age': null, 'globals.sql.age': 2 } },
      'dump.zst.age',
      'it is not encrypted by age',
    ],
    [
      'too few keys',
      { ...SOUND, locks: { 'dump.zst.age': 1, 'globals.sql.age': 2 } },
      'dump.zst.age',
      'it is locked for 1 keys, and its manifest names 2',
    ],
  ] as const)('%s', (_what, found, file, what) => {
    expect(judge(found)).toEqual({ verdict: 'damaged', faults: [{ file, what }] });
  });
});

describe('the keys (row 7)', () => {
  test('one whose keys were all replaced, and of which nobody says that they are kept, can be read by nobody', () => {
    expect(judge(SOUND, ['age1charlie'])).toEqual({ verdict: 'unreadable', needs: [ALICE, BOB] });
  });

  test('with one key left it is one loss away from that, and counts as good', () => {
    const verdict = judge(SOUND, [BOB, 'age1charlie']);
    expect(verdict).toEqual({ verdict: 'one-key', needs: [ALICE] });
    expect(isGood(verdict)).toBe(true);
  });
});

test('what could not be read is neither good nor bad, and never counts as good (row 24)', () => {
  const verdict = judge({ kind: 'not-read', why: 'no answer' });
  expect(verdict).toEqual({ verdict: 'could-not-tell', why: 'no answer' });
  expect(isGood(verdict)).toBe(false);
  expect(isGood(judge({ kind: 'missing' }))).toBe(false);
});
