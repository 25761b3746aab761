import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Address } from '../../src/domain/backup/place.ts';
import { FakeBucket, type Reply, refusal } from './fake-s3-bucket.ts';
import { FaultPlan, type S3Verb } from './fake-s3-faults.ts';

/**
 * A store that speaks as much of S3 as Mainstay does, with faults that a test plans. It holds put, parts, list, head, get with
 * ranges, delete, conditional put, CRC-32 of the whole and the headers of Object Lock. It does not cover: signatures (of the
 * key only the name is looked at), versions, policies, encryption, chunked bodies, other checksums, names of buckets as hosts,
 * and whatever a real store does differently: `S3_TEST_ENDPOINT` asks one.
 */
export interface FakeS3 extends Pick<FakeBucket, 'objects' | 'uploads' | 'settings'> {
  readonly address: S3Address;
  readonly faults: FaultPlan;
  /** Verbs in the order in which they were asked. */
  readonly asked: S3Verb[];
  close(): Promise<void>;
}

const BUCKET = 'backups';
const ACCESS_KEY = 'AKIDMAINSTAYTEST';

export async function fakeS3(): Promise<FakeS3> {
  const bucket = new FakeBucket();
  const faults = new FaultPlan();
  const asked: S3Verb[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const body = await bodyOf(request);
    const [, name = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const [key, query, { headers }] = [rest.join('/'), url.searchParams, request];
    const verb = verbOf(request.method, query, key);
    if (verb === null) return send(response, refusal(501, 'NotImplemented'));
    asked.push(verb);
    const fault = faults.next(verb);
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.destroy();
    } else if (fault === 'error-in-200') {
      send(response, { ...refusal(200, 'InternalError'), status: 200 });
    } else if (typeof fault === 'object' && fault !== null) {
      send(response, refusal(fault.status, fault.code));
    } else if (headers.authorization?.includes(`Credential=${ACCESS_KEY}/`) !== true) {
      send(response, refusal(403, 'InvalidAccessKeyId'));
    } else if (name !== BUCKET) {
      send(response, refusal(404, 'NoSuchBucket'));
    } else {
      const reply = bucket.answer({ verb, key, query, headers, body, fault });
      if (fault === 'lost') request.socket.destroy();
      else send(response, reply, { bodyless: verb === 'head', short: fault === 'short' });
    }
  }

  const server = createServer((request, response) => {
    // Whoever hung up hears nothing more.
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { objects, uploads, settings } = bucket;
  return {
    address: {
      bucket: BUCKET,
      prefix: 'mainstay',
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${port}`,
      accessKey: ACCESS_KEY,
      secretKey: 'a-secret-nobody-may-see',
    },
    ...{ faults, objects, uploads, asked, settings },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function verbOf(method: string | undefined, query: URLSearchParams, key: string): S3Verb | null {
  switch (method) {
    case 'PUT':
      return query.has('uploadId') ? 'part' : 'put';
    case 'POST':
      return query.has('uploads') ? 'create' : 'complete';
    case 'DELETE':
      return query.has('uploadId') ? 'abort' : 'delete';
    case 'HEAD':
      return 'head';
    case 'GET':
      if (query.has('object-lock')) return 'lock';
      if (query.has('uploads')) return 'uploads';
      return key === '' ? 'list' : 'get';
    default:
      return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(
  response: ServerResponse,
  { status, body, headers = {} }: Reply,
  { bodyless = false, short = false } = {},
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': bytes.length, ...headers });
  if (short) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bodyless ? undefined : bytes);
}
