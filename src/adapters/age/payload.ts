import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Transform } from 'node:stream';

/**
 * The payload of an age file (age-encryption.org/v1, "STREAM"): chunks of 64 KiB, each sealed with ChaCha20-Poly1305 under a
 * nonce that counts the chunks and marks the last. On OpenSSL's cipher, since the one of `age-encryption` is in
 * JavaScript and five times slower.
 */

const CHUNK = 64 * 1024;
const TAG = 16;
const CIPHER = 'chacha20-poly1305';
const OPTIONS = { authTagLength: TAG } as const;

/** What was read is not what was written, or its end is missing. */
export class BrokenPayload extends Error {
  override readonly name = 'BrokenPayload';
}

/** Encrypts. The last chunk is marked when the source ends: a file without it is refused by whoever decrypts. */
export function sealing(key: Uint8Array): Transform {
  return inChunks(CHUNK, (chunk, nonce) => {
    const cipher = createCipheriv(CIPHER, key, nonce, OPTIONS);
    return [cipher.update(chunk), cipher.final(), cipher.getAuthTag()];
  });
}

/** Decrypts. Nothing of a chunk is passed on before the chunk is proven. @throws BrokenPayload into the stream */
export function opening(key: Uint8Array): Transform {
  return inChunks(CHUNK + TAG, (chunk, nonce, index) => {
    const decipher = createDecipheriv(CIPHER, key, nonce, OPTIONS);
    const body = chunk.subarray(0, -TAG);
    // Only a file of nothing at all ends with an empty chunk.
    if (chunk.length < TAG || (body.length === 0 && index > 0)) throw new BrokenPayload('it is cut short');
    decipher.setAuthTag(chunk.subarray(-TAG));
    try {
      return [decipher.update(body), decipher.final()];
    } catch (cause) {
      throw new BrokenPayload(`chunk ${index} was altered, or the end is missing`, { cause });
    }
  });
}

/** Cuts what comes into pieces of `size`, and knows the last: it is held back until there is another one or the end. */
function inChunks(size: number, turn: (chunk: Buffer, nonce: Buffer, index: number) => readonly Buffer[]): Transform {
  const held = Buffer.allocUnsafe(size);
  let filled = 0;
  let index = 0;
  const give = (into: Transform, chunk: Buffer, last: boolean) => {
    for (const part of turn(chunk, nonceOf(index, last), index)) into.push(part);
    index += 1;
  };
  return new Transform({
    transform(data: Buffer, _encoding, done) {
      try {
        let from = 0;
        while (from < data.length) {
          if (filled === size) {
            give(this, held, false);
            filled = 0;
          }
          // What is whole and not the last of what came need not be copied first.
          while (filled === 0 && data.length - from > size) {
            give(this, data.subarray(from, from + size), false);
            from += size;
          }
          const taken = data.copy(held, filled, from);
          filled += taken;
          from += taken;
        }
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
    flush(done) {
      try {
        give(this, held.subarray(0, filled), true);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
}

/** Eleven bytes that count, and one that is 1 in the last chunk. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
