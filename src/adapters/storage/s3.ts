import { createReadStream } from 'node:fs';
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { S3Address } from '../../domain/backup/place.ts';
import { answerIn, failed, notOffered, PATIENCE, type Patience, s3Client } from './s3-client.ts';
import type { FileHead, FileToPut, Store, StoredFile } from './store.ts';

const MEBIBYTE = 2 ** 20;
const SMALLEST_PART = 16 * MEBIBYTE;
/** Scaleway allows 1,000 and Amazon 10,000. */
const MOST_PARTS = 900;
/** Two parts of 16 MiB on their way keep the process below 190 MB, four of them at 200 (measured). */
const AT_ONCE = 2;

/** Bytes of each part of a file that is sent in parts; so many that no store refuses their number. */
export function partSize(bytes: number): number {
  return Math.max(SMALLEST_PART, Math.ceil(bytes / MOST_PARTS));
}

/** What a test sets smaller than life. */
export interface S3Settings {
  readonly patience: Patience;
  readonly partSize: (bytes: number) => number;
}

/** A bucket of Amazon's, or of anybody who speaks as Amazon does. */
export function s3Store(
  address: S3Address,
  { patience, partSize: size }: S3Settings = { patience: PATIENCE, partSize },
): Store & { close(): void } {
  const client = s3Client(address, patience);
  const { bucket: Bucket } = address;
  const root = address.prefix === '' ? '' : `${address.prefix}/`;
  const at = (path: string) => ({ Bucket, Key: root + path });
  let lock: Promise<boolean> | null = null;

  return {
    list: (prefix) => listed(client, Bucket, root, prefix),

    async head(path): Promise<FileHead | null> {
      try {
        const head = await client.send(new HeadObjectCommand({ ...at(path), ChecksumMode: 'ENABLED' }));
        // One with "-" is a checksum of the parts' checksums, and says nothing of the whole.
        const crc32 = head.ChecksumCRC32?.includes('-') === false ? head.ChecksumCRC32 : null;
        return { bytes: head.ContentLength ?? 0, crc32 };
      } catch (error) {
        const failure = failed(`looking for ${path}`, error);
        if (failure.fault === 'absent' && answerIn(error).code !== 'NoSuchBucket') return null;
        throw failure;
      }
    },

    async put(path, file, keepUntil, stop) {
      lock ??= offersLock(client, Bucket);
      try {
        const until = keepUntil !== null && (await lock) ? keepUntil : null;
        await upload(client, at(path), file, { size, until, stop });
        return until;
      } catch (error) {
        lock = null;
        stop.throwIfAborted();
        throw failed(`writing ${path}`, error);
      }
    },

    read: (path) => taken(client, at(path), patience.attempts),

    async remove(path) {
      await client.send(new DeleteObjectCommand(at(path))).catch((error: unknown) => {
        throw failed(`removing ${path}`, error);
      });
    },

    sweep: (before) => swept(client, Bucket, root, before),

    close: () => client.destroy(),
  };
}

interface Uploading {
  readonly size: (bytes: number) => number;
  readonly until: Date | null;
  readonly stop: AbortSignal;
}

async function upload(
  client: S3Client,
  at: { readonly Bucket: string; readonly Key: string },
  { from, bytes, sha256 }: FileToPut,
  { size, until, stop }: Uploading,
): Promise<void> {
  const abortController = new AbortController();
  const end = () => abortController.abort();
  stop.throwIfAborted();
  stop.addEventListener('abort', end, { once: true });
  const body = createReadStream(from, { highWaterMark: MEBIBYTE });
  try {
    await new Upload({
      client,
      abortController,
      queueSize: AT_ONCE,
      partSize: size(bytes),
      params: {
        ...at,
        Body: body,
        ContentLength: bytes,
        Metadata: { sha256 },
        IfNoneMatch: '*',
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
        ...(until === null ? {} : { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until }),
      },
    }).done();
  } finally {
    stop.removeEventListener('abort', end);
    body.destroy();
  }
}

/** Whether files of this bucket can be locked. One that will not say does not offer it to us. */
async function offersLock(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    return ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  } catch (error) {
    const failure = failed('asking whether files can be locked', error);
    if (notOffered(error) || failure.fault === 'refused' || failure.fault === 'absent') return false;
    throw failure;
  }
}

async function listed(client: S3Client, Bucket: string, root: string, prefix: string): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: root + prefix })) {
      for (const { Key = '', Size = 0 } of page.Contents ?? [])
        found.push({ path: Key.slice(root.length), bytes: Size });
    }
  } catch (error) {
    throw failed(`listing ${prefix}`, error);
  }
  return found;
}

/** What one reads of a file, however often the connection breaks, as long as it comes on. */
async function* taken(
  client: S3Client,
  at: { readonly Bucket: string; readonly Key: string },
  attempts: number,
): AsyncGenerator<Uint8Array> {
  let from = 0;
  let etag: string | undefined;
  let length = Number.POSITIVE_INFINITY;
  for (let left = attempts; from < length; left -= 1) {
    try {
      // The same file as before, or none: two halves of two files are no file.
      const ranged = from === 0 ? {} : { Range: `bytes=${from}-`, ...(etag === undefined ? {} : { IfMatch: etag }) };
      const answer = await client.send(new GetObjectCommand({ ...at, ...ranged }));
      etag ??= answer.ETag;
      length = from + (answer.ContentLength ?? 0);
      // A body in Node is a stream of bytes.
      const body = answer.Body as AsyncIterable<Uint8Array> | undefined;
      for await (const bytes of body ?? []) {
        from += bytes.length;
        left = attempts;
        yield bytes;
      }
      if (from < length) throw new Error(`it ended after ${from} of ${length} bytes`);
    } catch (error) {
      const failure = failed(`reading ${at.Key}`, error);
      if (failure.fault !== 'unreachable' || left <= 1) throw failure;
    }
  }
}

async function swept(client: S3Client, Bucket: string, root: string, before: Date): Promise<number | null> {
  let count = 0;
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
  try {
    while (marker !== null) {
      const page = await listUploads(client, Bucket, root, marker);
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (Initiated === undefined || Initiated >= before) continue;
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        count += 1;
      }
      const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
      marker =
        IsTruncated === true && KeyMarker !== undefined
          ? { KeyMarker, ...(UploadIdMarker === undefined ? {} : { UploadIdMarker }) }
          : null;
    }
  } catch (error) {
    if (notOffered(error)) return null;
    throw failed('looking for unfinished uploads', error);
  }
  return count;
}

function listUploads(client: S3Client, Bucket: string, Prefix: string, marker: object) {
  return client.send(new ListMultipartUploadsCommand({ Bucket, Prefix, ...marker }));
}
