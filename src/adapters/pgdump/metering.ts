import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

interface Hashing {
  readonly stream: Transform;
  /** When everything has passed. */
  result(): { readonly bytes: number; readonly sha256: string };
}

/** Passes everything on, and knows how much it is and its SHA-256. */
export function hashing(onBytes: (total: number) => void = () => undefined): Hashing {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(data: Buffer, _encoding, done) {
      bytes += data.length;
      hash.update(data);
      onBytes(bytes);
      done(null, data);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/**
 * Passes everything on, and ends only when `proven` says that it may: the stream of a program that was killed ends like that
 * of one that was done.
 */
export function gate(proven: Promise<void>): Transform {
  // Heard of at the end; until then it is not to count as unhandled.
  proven.catch(() => undefined);
  return new Transform({
    transform: (data, _encoding, done) => done(null, data),
    flush: (done) => {
      proven.then(() => done(), done);
    },
  });
}
