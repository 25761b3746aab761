import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merkleRoot } from '../../../src/adapters/postgres/merkle.ts';

const head = (seq: number) => ({ subject: `INC-${seq}`, seq, hash: 'ab'.repeat(32) });
const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (seq: number) =>
  sha(Buffer.from([0]), Buffer.from(`{"hash":"${'ab'.repeat(32)}","seq":${seq},"subject":"INC-${seq}"}`));
const node = (left: Buffer, right: Buffer) => sha(Buffer.from([1]), left, right);

describe('the Merkle root', () => {
  it('is the one of RFC 6962: of nothing, of one, and of five written out by hand', () => {
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(merkleRoot([head(1)])).toBe(leaf(1).toString('hex'));
    const four = node(node(leaf(1), leaf(2)), node(leaf(3), leaf(4)));
    expect(merkleRoot([1, 2, 3, 4, 5].map(head))).toBe(node(four, leaf(5)).toString('hex'));
  });

  it('is another when any head is another, missing, added or elsewhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), (count, at) => {
        const heads = Array.from({ length: count }, (_, n) => head(n));
        const index = at % count;
        const root = merkleRoot(heads);
        expect(merkleRoot(heads.with(index, head(99)))).not.toBe(root);
        expect(merkleRoot(heads.toSpliced(index, 1))).not.toBe(root);
        expect(merkleRoot(heads.toSpliced(index, 0, head(99)))).not.toBe(root);
        expect(merkleRoot(heads.toReversed())).not.toBe(root);
      }),
    );
  });
});
