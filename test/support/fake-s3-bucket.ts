import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import type { S3Fault, S3Verb } from './fake-s3-faults.ts';

export interface StoredObject {
  readonly body: Buffer;
  /** As the store computed it when the object came; of what rots it stays what it was. */
  readonly crc32: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly lockedUntil: string | null;
}

interface Unfinished {
  readonly key: string;
  readonly headers: IncomingHttpHeaders;
  readonly initiated: Date;
  readonly parts: Map<number, Buffer>;
}

export interface BucketRequest {
  readonly verb: S3Verb;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly fault: S3Fault | null;
}

export interface Reply {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the fake's one bucket holds and can, and what it answers when nothing is wrong with the connection. */
export class FakeBucket {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, Unfinished>();
  readonly settings = { lock: false, checksums: true, uploadsListed: true, page: 1000 };

  answer(request: BucketRequest): Reply {
    const { verb, key, headers, body, fault } = request;
    switch (verb) {
      case 'put':
        if (!sound(headers, body)) return refusal(400, 'BadDigest');
        return this.#keep(key, body, headers, { fault, unlessThere: headers['if-none-match'] === '*' });
      case 'create':
      case 'part':
      case 'complete':
      case 'abort':
        return this.#upload(request);
      case 'head':
      case 'get':
        return this.#give(request);
      case 'list':
        return this.#list(request.query);
      case 'uploads':
        return this.settings.uploadsListed ? this.#unfinished() : refusal(501, 'NotImplemented');
      case 'delete':
        this.objects.delete(key);
        return { status: 204, body: '' };
      case 'lock':
        if (!this.settings.lock) return refusal(404, 'ObjectLockConfigurationNotFoundError');
        return { status: 200, body: xml('ObjectLockConfiguration', tag('ObjectLockEnabled', 'Enabled')) };
    }
  }

  #upload({ verb, key, query, headers, body, fault }: BucketRequest): Reply {
    if (verb === 'create') {
      const id = `upload-${this.uploads.size + 1}`;
      this.uploads.set(id, { key, headers, initiated: new Date(), parts: new Map() });
      return { status: 200, body: xml('InitiateMultipartUploadResult', tag('UploadId', id)) };
    }
    const id = query.get('uploadId') ?? '';
    const upload = this.uploads.get(id);
    if (upload === undefined) return refusal(404, 'NoSuchUpload');
    if (verb === 'part') {
      if (!sound(headers, body)) return refusal(400, 'BadDigest');
      upload.parts.set(Number(query.get('partNumber')), fault === 'flip' ? flipped(body) : body);
      return { status: 200, body: '', headers: { ETag: etag(body), 'x-amz-checksum-crc32': crcOf(body) } };
    }
    this.uploads.delete(id);
    if (verb === 'abort') return { status: 204, body: '' };
    const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, part]) => part);
    const unlessThere = headers['if-none-match'] === '*';
    const kept = this.#keep(key, Buffer.concat(parts), upload.headers, { fault, unlessThere });
    return kept.status === 200 ? { ...kept, body: xml('CompleteMultipartUploadResult', tag('ETag', '"all"')) } : kept;
  }

  #keep(
    key: string,
    body: Buffer,
    headers: IncomingHttpHeaders,
    { fault, unlessThere }: { readonly fault: S3Fault | null; readonly unlessThere: boolean },
  ): Reply {
    if (unlessThere && this.objects.has(key)) return refusal(412, 'PreconditionFailed');
    const stored = fault === 'flip' || fault === 'rot' ? flipped(body) : body;
    const locked = headers['x-amz-object-lock-mode'] === 'GOVERNANCE';
    this.objects.set(key, {
      body: stored,
      crc32: crcOf(fault === 'rot' ? body : stored),
      metadata: metadataIn(headers),
      lockedUntil: locked ? String(headers['x-amz-object-lock-retain-until-date']) : null,
    });
    return { status: 200, body: '', headers: { ETag: etag(body) } };
  }

  #give({ verb, key, headers, fault }: BucketRequest): Reply {
    const object = this.objects.get(key);
    if (object === undefined) return refusal(404, verb === 'head' ? 'NotFound' : 'NoSuchKey');
    const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const body = object.body.subarray(from);
    const told = this.settings.checksums && headers['x-amz-checksum-mode'] === 'ENABLED';
    const sum = told ? { 'x-amz-checksum-crc32': object.crc32, 'x-amz-checksum-type': 'FULL_OBJECT' } : {};
    return {
      status: from === 0 ? 200 : 206,
      body: fault === 'flip' ? flipped(body) : body,
      headers: { ETag: etag(object.body), ...sum },
    };
  }

  #list(query: URLSearchParams): Reply {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? ''];
    const all = [...this.objects].filter(([key]) => key.startsWith(prefix) && key > after).sort(byKey);
    const page = all.slice(0, this.settings.page);
    const more = all.length > page.length;
    const contents = page.map(([key, { body }]) => tag('Contents', tag('Key', key) + tag('Size', `${body.length}`)));
    const next = more ? tag('NextContinuationToken', page.at(-1)?.[0] ?? '') : '';
    return { status: 200, body: xml('ListBucketResult', tag('IsTruncated', `${more}`) + next + contents.join('')) };
  }

  #unfinished(): Reply {
    const each = [...this.uploads].map(([id, { key, initiated }]) =>
      tag('Upload', tag('Key', key) + tag('UploadId', id) + tag('Initiated', initiated.toISOString())),
    );
    return { status: 200, body: xml('ListMultipartUploadsResult', tag('IsTruncated', 'false') + each.join('')) };
  }
}

export function refusal(status: number, code: string): Reply {
  return { status, body: xml('Error', tag('Code', code) + tag('Message', `planned: ${code}`)) };
}

/** The same bytes with one bit of them changed. */
function flipped(body: Buffer): Buffer {
  const other = Buffer.from(body);
  const middle = Math.floor(other.length / 2);
  other[middle] = (other[middle] ?? 0) ^ 1;
  return other;
}

/** What arrived is what was sent, where the sender says what that is. */
function sound(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const said = headers['x-amz-checksum-crc32'];
  return said === undefined || said === crcOf(body);
}

function crcOf(body: Buffer): string {
  const written = Buffer.alloc(4);
  written.writeUInt32BE(crc32(body));
  return written.toString('base64');
}

function metadataIn(headers: IncomingHttpHeaders): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(own.map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]));
}

const etag = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;
const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);
const tag = (name: string, value: string) => `<${name}>${value}</${name}>`;
const xml = (name: string, inner: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${tag(name, inner)}`;
