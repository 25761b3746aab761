import { z } from 'zod';
import { nearest } from '../domain/text/nearest.ts';

/** Something wrong at a place in the spec. `key`: the name of the entry is at fault, not its value. */
export interface PathFault {
  path: readonly (string | number)[];
  key?: boolean;
  /** Finishes a sentence that begins with the place. */
  message: string;
}

/** Checks a value against a schema; every fault is a sentence saying what was found and what is allowed. */
export function schemaFaults<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
): { ok: true; value: Value } | { ok: false; faults: PathFault[] } {
  const result = schema.safeParse(value, { error: sentence });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, faults: result.error.issues.flatMap((issue) => toFaults(issue)) };
}

export function didYouMean(word: string | undefined): string {
  return word === undefined ? '' : `; did you mean ${word}?`;
}

/** What zod reports without a sentence of the schema's own. */
function sentence(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = WANTED[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return `is missing; write ${wanted}`;
      const bare = issue.expected === 'string' && typeof issue.input !== 'object';
      return `is ${found(issue.input)}; write ${wanted}${bare ? ' (in quotes)' : ''}`;
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      if (issue.input === undefined) return `is missing; allowed: ${allowed.join(', ')}`;
      return `is ${found(issue.input)}; allowed: ${allowed.join(', ')}${didYouMean(nearest(String(issue.input), allowed))}`;
    }
    case 'unrecognized_keys':
      return allowedKeys(issue.inst).join(', ');
    case 'invalid_union':
      return issue.discriminator === undefined ? undefined : wrongKind(issue.input, issue.discriminator, issue.options);
    default:
      return undefined;
  }
}

/** Of a map whose shape depends on one of its keys, when that key is not one of the known words. */
function wrongKind(input: unknown, key: string, options: unknown): string {
  // A kind that may be left out is not one that can be written.
  const allowed = Array.isArray(options) ? options.filter((one) => one !== undefined).map(String) : [];
  const map = new Map(Object.entries(Object(input)));
  if (!map.has(key)) return `is missing; allowed: ${allowed.join(', ')}`;
  const written = map.get(key);
  return `is ${found(written)}; allowed: ${allowed.join(', ')}${didYouMean(nearest(String(written), allowed))}`;
}

const WANTED: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

function found(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  return typeof value === 'string' ? JSON.stringify(value) : `the ${typeof value} ${String(value)}`;
}

function allowedKeys(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

function toFaults(issue: z.core.$ZodIssue): PathFault[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  switch (issue.code) {
    case 'unrecognized_keys': {
      // The message is the list of allowed keys (see `sentence`): zod reports all unknown keys of a map as one issue.
      const allowed = issue.message.split(', ');
      return issue.keys.map((key) => ({
        path: [...path, key],
        key: true,
        message: `is an unknown key; allowed: ${issue.message}${didYouMean(nearest(key, allowed))}`,
      }));
    }
    case 'invalid_key':
      return issue.issues.map((inner) => ({ path, key: true, message: inner.message }));
    case 'custom':
      return [{ path, message: issue.message, ...(issue.params?.['isKey'] === true ? { key: true } : {}) }];
    case 'invalid_union':
      if (issue.errors.length === 0) return [{ path, message: issue.message }];
      return unionFaults(issue).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
    default:
      return [{ path, message: issue.message }];
  }
}

/** The faults of the alternative that was meant: the only one that got past the outermost type, else of none. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion): PathFault[] {
  const alternatives = issue.errors.map((errors) => errors.flatMap((inner) => toFaults(inner)));
  const meant = alternatives.filter((faults, index) => {
    const outermost = issue.errors[index]?.[0];
    return faults.length > 0 && !(outermost?.path.length === 0 && /^invalid_(type|value)$/.test(outermost.code));
  });
  if (meant.length === 1) return meant[0] ?? [];
  return [{ path: [], message: alternatives.map((faults) => faults[0]?.message ?? '').join('; or ') }];
}
