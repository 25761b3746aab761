import { createHash } from 'node:crypto';
import type { AnchoredHead } from '../../domain/audit/events.ts';
import { canonical } from './canonical.ts';

/** Told apart, so that a node can never pass for a leaf. */
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/**
 * The Merkle root over heads, as lower-case hex: the tree of RFC 6962 (section 2.1) with SHA-256, its leaves the
 * canonical JSON of each head, in the order given.
 */
export function merkleRoot(heads: readonly AnchoredHead[]): string {
  const leaves = heads.map(({ subject, seq, hash }) => hashed(LEAF, Buffer.from(canonical({ hash, seq, subject }))));
  return (leaves.length === 0 ? hashed() : treeOf(leaves)).toString('hex');
}

function treeOf(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first !== undefined && leaves.length === 1) return first;
  // The left side is the largest power of two that leaves something for the right one.
  const left = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
  return hashed(NODE, treeOf(leaves.slice(0, left)), treeOf(leaves.slice(left)));
}

function hashed(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}
