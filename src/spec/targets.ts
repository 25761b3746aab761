import { z } from 'zod';
import type { Secret } from '../domain/spec/secret.ts';
import { TARGET_KINDS, type Target, type TargetKind } from '../domain/spec/target.ts';
import { assumed, notConnected } from './entries.ts';
import { type Environment, envOr, resolveEnv, shaped, text } from './values.ts';

/** What the address of each kind looks like. */
const ADDRESSES: Record<TargetKind, { pattern: RegExp; allowed: string }> = {
  postgres: { pattern: /^postgres(ql)?:\/\/\S+$/, allowed: 'write env:NAME or postgresql://host/database' },
  sqlite: { pattern: /^(\.{0,2}\/)\S+$/, allowed: 'write the path of the file, such as /var/lib/app/app.db' },
  redis: { pattern: /^rediss?:\/\/\S+$/, allowed: 'write env:NAME or redis://host:6379' },
  // What is asked for stands behind it: it would become part of a query or a fragment.
  http: { pattern: /^https?:\/\/[^\s?#]+$/, allowed: 'write an http:// or https:// address without "?" and "#"' },
  prometheus: { pattern: /^https?:\/\/\S+$/, allowed: 'write the http:// or https:// address of Prometheus' },
  alertmanager: { pattern: /^https?:\/\/[^\s?#]+$/, allowed: 'write the http:// or https:// address of Alertmanager' },
  host: {
    pattern: /^[A-Za-z0-9.-]+(:\d+)?$|^\[[\da-fA-F:]+\](:\d+)?$/,
    allowed: 'write a host such as db.example.com:5432',
  },
  repository: {
    pattern: /^(https:\/\/|ssh:\/\/|git@|\.{0,2}\/)\S+$/,
    allowed: 'write where the repository is: an https:// address, git@host:path or a folder',
  },
  files: { pattern: /^\.{0,2}\/.*$/, allowed: 'write a folder such as /var/log/app' },
  storage: { pattern: /^(s3:\/\/\S+|\.{0,2}\/.*)$/, allowed: 'write s3://bucket/path or a folder' },
  mainstay: { pattern: /^$/, allowed: 'leave it out: Mainstay knows where its own database is' },
  cluster: { pattern: /^https:\/\/\S+$/, allowed: 'write the https:// address of the cluster' },
};

/** What only targets of one kind say. */
const OWN: Readonly<Record<string, TargetKind>> = {
  role: 'postgres',
  token: 'alertmanager',
  serviceLabel: 'alertmanager',
  endpoint: 'storage',
  region: 'storage',
  accessKey: 'storage',
  secretKey: 'storage',
};

/**
 * A thing duties and checks act on. With both `url: env:NAME` and `notConnected` it is connected where NAME is set and
 * says the reason elsewhere, so that one spec serves several installations.
 */
export const target = (env: Environment) =>
  z
    .strictObject({
      kind: z.enum(TARGET_KINDS).describe('What it is; says which actions and checks can use it.'),
      title: text.exactOptional().describe('What people call it.'),
      url: z
        .string()
        .exactOptional()
        .describe(
          "Where it is: an address, a path, or env:NAME. Of kind `mainstay`, which is Mainstay's own database, none.",
        ),
      role: text
        .exactOptional()
        .describe(
          'Of a database: the role that `sql.query` takes on, such as one that only reads. Mainstay must be a member.',
        ),
      token: envOr(env, /^\S+$/, 'write env:NAME')
        .exactOptional()
        .describe(
          'Of an Alertmanager: what lets Mainstay in, sent as a bearer token. A user and password stand in the url.',
        ),
      serviceLabel: shaped(/^[A-Za-z_]\w*$/, 'a label is a name such as service')
        .exactOptional()
        .describe('Of an Alertmanager: the label by which alerts name their service; `service` unless told.'),
      endpoint: shaped(/^https?:\/\/[^\s?#@]+$/, 'write the http:// or https:// address of the service')
        .exactOptional()
        .describe("Of storage that is not Amazon's: the address of its service."),
      region: shaped(/^[a-z0-9-]+$/, 'a region is a word such as eu-central-1')
        .exactOptional()
        .describe('Of storage: where the bucket is; us-east-1 unless told.'),
      accessKey: z.string().exactOptional().describe('Of storage: who Mainstay is there.'),
      secretKey: z
        .string()
        .exactOptional()
        .describe('Of storage: what proves it. It need not be allowed to delete versions, nor to lift locks.'),
      notConnected: notConnected.exactOptional(),
      assumed,
    })
    .transform(({ url, notConnected: reason, accessKey, secretKey, ...rest }, ctx): Target => {
      const refuse = (message: string, path: string[]) => {
        ctx.addIssue({ code: 'custom', path, message });
        return z.NEVER;
      };
      const keys = storageKeys({ accessKey, secretKey }, env);
      for (const [key, kind] of Object.entries(OWN)) {
        const given = key in rest || keys.given.includes(key);
        if (given && rest.kind !== kind) refuse(`is for targets of kind ${kind}; leave it out`, [key]);
      }
      if (typeof rest.token === 'string') refuse('is written out; write env:NAME instead', ['token']);
      if (keys.unset && reason !== undefined) return { ...rest, notConnected: reason };
      for (const { key, problem } of keys.faults) refuse(problem, [key]);
      // Its own database, embedded or not: wherever it is when it is used.
      if (rest.kind === 'mainstay') {
        return url === undefined && reason === undefined
          ? { ...rest, url: 'mainstay:' }
          : refuse(`is Mainstay's own database; leave it out`, [url === undefined ? 'notConnected' : 'url']);
      }
      if (url === undefined) {
        if (reason !== undefined) return { ...rest, notConnected: reason };
        return refuse('has neither url nor notConnected; say where it is, or why it is not here', []);
      }
      const { pattern, allowed } = ADDRESSES[rest.kind];
      if (/^\w+:\/\/[^/@]*:[^/@]+@/.test(url)) return refuse('holds a password; write env:NAME instead', ['url']);
      const read = resolveEnv(url, env, pattern, allowed);
      if (read.ok && typeof read.value === 'string' && reason !== undefined) {
        return refuse('stands beside a url that is written out; leave out one of the two', ['notConnected']);
      }
      if (read.ok) return { ...rest, ...keys.secrets, url: read.value };
      return read.unset && reason !== undefined ? { ...rest, notConnected: reason } : refuse(read.problem, ['url']);
    });

/** What lets Mainstay into storage: named, never written out; `unset` when a variable is not set here. */
function storageKeys(written: Readonly<Record<'accessKey' | 'secretKey', string | undefined>>, env: Environment) {
  const secrets: { accessKey?: Secret; secretKey?: Secret } = {};
  const given: string[] = [];
  const faults: { readonly key: string; readonly problem: string }[] = [];
  let unset = false;
  for (const key of ['accessKey', 'secretKey'] as const) {
    const found = written[key];
    if (found === undefined) continue;
    given.push(key);
    const read = resolveEnv(found, env, /^\S+$/, 'write it without spaces');
    if (read.ok && typeof read.value !== 'string') {
      secrets[key] = read.value;
      continue;
    }
    unset ||= !read.ok && read.unset;
    // What was written out may be the secret itself, so it is not repeated.
    const named = !read.ok && found.startsWith('env:');
    faults.push({
      key,
      problem: named ? read.problem : 'is written out; write env:NAME, so that it is not in the file',
    });
  }
  return { secrets, given, faults, unset };
}
