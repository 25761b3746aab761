import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Size and checksums of what is read. @throws whatever reading throws */
export async function hashOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string; readonly crc32: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let crc = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    crc = crc32(chunk, crc);
    bytes += chunk.length;
  }
  const written = Buffer.alloc(4);
  written.writeUInt32BE(crc);
  return { bytes, sha256: hash.digest('hex'), crc32: written.toString('base64') };
}
