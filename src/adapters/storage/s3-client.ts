import { S3Client } from '@aws-sdk/client-s3';
import type { S3Address } from '../../domain/backup/place.ts';
import { StoreFailed, type StoreFault } from './store.ts';

/** How patient we are: with one answer, in milliseconds, and how often we ask for it. */
export interface Patience {
  readonly answer: number;
  readonly attempts: number;
}

/** A part of 16 MiB takes half a minute at 4 Mbit/s; the SDK itself would wait for ever. */
export const PATIENCE: Patience = { answer: 60_000, attempts: 4 };

export function s3Client({ region, endpoint, accessKey, secretKey }: S3Address, patience: Patience): S3Client {
  return new S3Client({
    region,
    // Names of buckets as hosts need certificates that only Amazon has.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    // Whether what is read is what was sealed is for our own hashes to say: the SDK calls it a failure of the connection.
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: patience.attempts,
    requestHandler: {
      connectionTimeout: Math.min(10_000, patience.answer),
      requestTimeout: patience.answer,
      throwOnRequestTimeout: true,
      // Of a body that stops coming.
      socketTimeout: patience.answer,
    },
  });
}

/** What the SDK threw, as what it means to us. */
export function failed(what: string, error: unknown): StoreFailed {
  if (error instanceof StoreFailed) return error;
  const { status, code } = answerIn(error);
  const said = error instanceof Error ? error.message : String(error);
  const words = [code, said === code || said === 'UnknownError' ? '' : said].filter((word) => word !== '').join(': ');
  return new StoreFailed(faultOf(status, code), `${what}: ${words}`, { cause: error });
}

const ABSENT = ['NotFound', 'NoSuchKey', 'NoSuchBucket', 'NoSuchUpload'];

function faultOf(status: number | undefined, code: string): StoreFault {
  if (status === 412 || code === 'PreconditionFailed') return 'occupied';
  if (ABSENT.includes(code) || status === 404) return 'absent';
  // 408 and 429 are answers of the busy.
  if (status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429) return 'refused';
  return 'unreachable';
}

/** Whether the store has never heard of what it was asked. */
export function notOffered(error: unknown): boolean {
  const { status, code } = answerIn(error);
  return status === 501 || status === 405 || code === 'NotImplemented' || code === 'MethodNotAllowed';
}

export function answerIn(error: unknown): { readonly status: number | undefined; readonly code: string } {
  if (!(error instanceof Error)) return { status: undefined, code: '' };
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return { status: typeof status === 'number' ? status : undefined, code: error.name };
}
