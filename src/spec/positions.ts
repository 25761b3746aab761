import { type Document, isAlias, isCollection, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';
import type { PathFault } from './faults.ts';

/**
 * The offset in the text that a fault is about: the value, or its key when the key is wrong or the value is a block of
 * lines. For something missing it is the entry that should contain it, and for the whole file 0.
 */
export function offsetOf(document: Document, fault: PathFault): number {
  let node: Node | null = document.contents;
  let offset = 0;
  for (const [depth, step] of fault.path.entries()) {
    const found = entryOf(document, node, step);
    if (found === undefined) break;
    const isLast = depth === fault.path.length - 1;
    offset = isLast && fault.key === true ? found.key : found.value;
    node = found.node;
  }
  return offset;
}

/** One entry of a map or list: where its key and its value are. */
function entryOf(document: Document, parent: Node | null, step: string | number) {
  const collection = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(collection)) {
    const item = collection.items[Number(step)];
    const start = isNode(item) ? item.range?.[0] : undefined;
    return isNode(item) && start !== undefined ? { key: start, value: start, node: item } : undefined;
  }
  if (!isMap(collection)) return undefined;
  const pair = collection.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  const key = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  if (key === undefined) return undefined;
  const node = isNode(pair?.value) ? pair.value : null;
  const inLine = node !== null && !(isCollection(node) && node.flow !== true);
  return { key, value: (inLine ? node.range?.[0] : undefined) ?? key, node };
}
