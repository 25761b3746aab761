import { z } from 'zod';
import { CONNECTIONS, DNS_RECORDS, HTTP_METHODS, type StatusRange } from '../../domain/spec/check-questions.ts';
import { aTarget } from '../entries.ts';
import { duration, shaped, text } from '../values.ts';
import { path, pattern, within } from './entries.ts';

/** 200, or several at once as 200-299. */
const status = z
  .union([z.int(), z.string()], {
    error: 'is neither a number nor a text; write an HTTP status such as 200 or 200-299',
  })
  .transform((found, ctx): StatusRange => {
    const [, from, to] = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(String(found)) ?? [];
    if (from !== undefined && Number(to ?? from) >= Number(from)) return { from: Number(from), to: Number(to ?? from) };
    ctx.addIssue({ code: 'custom', message: `is "${found}"; write an HTTP status such as 200 or 200-299` });
    return z.NEVER;
  })
  .meta({ title: 'HTTP status' });

export const http = {
  kind: z.literal('http').describe('The answer of an address.'),
  target: aTarget,
  path: path.describe("What follows the target's address, such as /health."),
  method: z.enum(HTTP_METHODS).default('GET').describe('How it is asked; GET unless told.'),
  status: status.prefault(200).describe('The status that is right, or several as 200-299; 200 unless told.'),
  headers: z.record(z.string(), pattern).default({}).describe('Headers the answer must have, each with its pattern.'),
  contains: text.exactOptional().describe('Words the answer must hold.'),
  lacks: text.exactOptional().describe('Words the answer must not hold.'),
  matches: pattern.exactOptional().describe('A pattern the answer must match.'),
  json: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({})
    .describe('Values a JSON answer must have, by their place, such as checks.db.ok.'),
  redirects: z
    .boolean()
    .default(true)
    .describe('Whether redirects are followed; where not, a redirect is itself the answer.'),
  connection: z
    .enum(CONNECTIONS)
    .default('fresh')
    .describe('A new connection for each look, or a kept one: cheaper, but it hides that nobody listens any more.'),
  within,
};

export const tls = {
  kind: z.literal('tls').describe('The certificate of an address: whom it is for, who vouches, its end, its renewal.'),
  target: aTarget,
  name: text.exactOptional().describe("The name the certificate must be for; the target's own unless told."),
  authority: path.exactOptional().describe('File with the certificate of an authority of your own.'),
  left: duration.describe('Less time than this to its end is a failure.'),
  renewal: z
    .strictObject({
      before: duration.describe('So long before its end it is renewed.'),
      within: duration.describe('By then, counted from the time of renewal, it must have happened.'),
    })
    .exactOptional()
    .describe(
      'When it is renewed, to see that it was: a renewal that fails silently is a failure before the end is near.',
    ),
};

export const tcp = {
  kind: z.literal('tcp').describe('Whether a port can be reached.'),
  target: aTarget,
  says: pattern.exactOptional().describe('A pattern of what the other side says first, such as ^220.'),
  within,
};

export const dns = {
  kind: z.literal('dns').describe('What a name stands for.'),
  name: shaped(/^[\w.-]+$/, 'write a name such as www.example.com').describe('The name that is looked up.'),
  record: z.enum(DNS_RECORDS).describe('The kind of record.'),
  answers: z
    .array(text)
    .default([])
    .describe('The right answers: all of these and no others. Any answer will do where there are none.'),
  resolver: shaped(
    /^(\d+\.\d+\.\d+\.\d+(:\d+)?|\[[\da-fA-F:]+\](:\d+)?)$/,
    'write an IP address, such as 9.9.9.9 or 127.0.0.1:5353',
  )
    .exactOptional()
    .describe('Whom to ask; whom this machine asks unless told.'),
  within,
};
