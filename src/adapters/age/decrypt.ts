import { pipeline, type Readable } from 'node:stream';
import { payloadKey } from './encrypt.ts';
import { opening } from './payload.ts';

/** No age file, or none that one of the identities can read. */
export class CannotDecrypt extends Error {
  override readonly name = 'CannotDecrypt';
}

const NONCE = 16;
/** Headers of the recipients we write are some hundred bytes. */
const LONGEST_HEADER = 64 * 1024;

/**
 * The key of the payload behind a header, and where the payload begins. It needs the file's first few hundred bytes only: a
 * key that opens none of the backups any more is found without reading them.
 *
 * @param start the first bytes of the file, at least all of its header and 16 more
 * @param identities `AGE-SECRET-KEY-1...`
 * @throws CannotDecrypt
 */
export async function openHeader(
  start: Buffer,
  identities: readonly string[],
): Promise<{ readonly key: Uint8Array; readonly payloadAt: number }> {
  const end = headerEnd(start);
  if (end === null || start.length < end + NONCE) throw new CannotDecrypt('it is no age file');
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const fileKey = await decrypter.decryptHeader(start.subarray(0, end)).catch((cause: unknown) => {
    throw new CannotDecrypt(cause instanceof Error ? cause.message : String(cause), { cause });
  });
  return { key: payloadKey(fileKey, start.subarray(end, end + NONCE)), payloadAt: end + NONCE };
}

/**
 * What is inside an age file. What comes out is proven chunk by chunk; that nothing is missing is proven at the end only.
 *
 * @throws CannotDecrypt; the stream fails with BrokenPayload
 */
export async function decrypted(file: Readable, identities: readonly string[]): Promise<Readable> {
  const start = await startOf(file);
  const { key, payloadAt } = await openHeader(start, identities);
  file.unshift(start.subarray(payloadAt));
  const inside = opening(key);
  pipeline(file, inside, () => undefined);
  return inside;
}

async function startOf(file: Readable): Promise<Buffer> {
  let start = Buffer.alloc(0);
  for await (const data of file.iterator({ destroyOnReturn: false })) {
    start = Buffer.concat([start, data]);
    const end = headerEnd(start);
    if (start.length > LONGEST_HEADER || (end !== null && start.length >= end + NONCE)) break;
  }
  return start;
}

/** Behind the line break of the header's last line, `--- ` and its code. */
function headerEnd(start: Buffer): number | null {
  const last = start.indexOf('\n--- ');
  const end = last === -1 ? -1 : start.indexOf('\n', last + 1);
  return end === -1 ? null : end + 1;
}
