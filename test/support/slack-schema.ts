/**
 * The shape of Block Kit and of views, as JSON schema generated from the types of @slack/types. It sees unknown blocks, missing
 * and unknown fields, wrong kinds of text and elements where they may not stand. It does not see lengths and counts: those are
 * in slack-limits.ts. Generating takes three seconds, so the result is kept in node_modules/.cache by the versions it came from.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';

type Schema = { [key: string]: unknown };
type Definitions = Record<string, Schema>;

/** What can be checked: the blocks of a message or attachment, a modal, an App Home. */
export type SchemaKind = 'blocks' | 'modal' | 'home';

const ROOT = new URL('../..', import.meta.url).pathname;
const require = createRequire(import.meta.url);
let validators: Readonly<Record<SchemaKind, ValidateFunction>> | undefined;

/** The faults of a value against Slack's types, each as `pointer: sentence`; `at` is the pointer of the value itself. */
export function schemaFaults(kind: SchemaKind, value: unknown, at = ''): string[] {
  const validate = compileSchemas()[kind];
  if (validate(value)) return [];
  return [...new Set((validate.errors ?? []).filter(isTelling).map((error) => sentence(error, at)))];
}

/** Compiles what is checked with, which takes some tenths of a second: called early, it delays no request of the app. */
export function compileSchemas(): Readonly<Record<SchemaKind, ValidateFunction>> {
  if (validators) return validators;
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  ajv.addSchema({ $id: 'slack', definitions: branchByType(cachedDefinitions()) });
  validators = {
    blocks: ajv.compile({ type: 'array', items: { $ref: 'slack#/definitions/KnownBlock' } }),
    modal: ajv.compile({ $ref: 'slack#/definitions/ModalView' }),
    home: ajv.compile({ $ref: 'slack#/definitions/HomeView' }),
  };
  return validators;
}

function cachedDefinitions(): Definitions {
  const versions = ['@slack/types', 'ts-json-schema-generator'].map(versionOf).join('-');
  const file = join(ROOT, 'node_modules/.cache/mainstay', `block-kit-${versions}.json`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Definitions;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const generated = generate();
  mkdirSync(dirname(file), { recursive: true });
  // Two test files may generate at once: each writes its own file and the rename makes one of them the cache.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(generated));
  renameSync(`${file}.${process.pid}`, file);
  return generated;
}

function generate(): Definitions {
  // Loaded only when the cache is cold: it brings a whole TypeScript compiler.
  const { createGenerator } = require('ts-json-schema-generator') as typeof import('ts-json-schema-generator');
  const generator = createGenerator({
    path: join(ROOT, 'node_modules/@slack/types/dist/index.d.ts'),
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const all = ['ModalView', 'HomeView', 'KnownBlock'].map((type) => generator.createSchema(type).definitions ?? {});
  return Object.assign({}, ...all) as Definitions;
}

function versionOf(name: string): string {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

/**
 * Turns every union into "look at `type`, then check that one branch", because the faults of all other branches say nothing.
 * `AnyBlock` of the views also admits blocks unknown to the types; here it means the known ones.
 */
function branchByType(generated: Definitions): Definitions {
  const result: Definitions = {};
  for (const [name, schema] of Object.entries(generated)) result[name] = rewrite(schema, generated) as Schema;
  return { ...result, AnyBlock: ref('KnownBlock') };
}

function rewrite(node: unknown, all: Definitions): unknown {
  if (Array.isArray(node)) return node.map((item) => rewrite(item, all));
  if (node === null || typeof node !== 'object') return node;
  const rewritten = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, rewrite(value, all)]));
  const union = (node as Schema)['anyOf'];
  const branches = Array.isArray(union) ? typedBranches(union as Schema[], all) : undefined;
  if (!branches) return rewritten;
  const types = [...new Set(branches.map(([type]) => type))];
  const { anyOf: _, ...rest } = rewritten;
  return {
    ...rest,
    type: 'object',
    required: ['type'],
    properties: { type: { enum: types } },
    allOf: types.map((type) => {
      const same = branches.filter(([own]) => own === type).map(([, schema]) => rewrite(schema, all));
      // "Another type, else this branch": an object without a type is told so once, not by every branch.
      return {
        if: { properties: { type: { not: { const: type } } } },
        else: same.length === 1 ? same[0] : { anyOf: same },
      };
    }),
  };
}

/** The branches of a union with the value of `type` each asks for, unions within it included; undefined when one asks for none. */
function typedBranches(union: readonly Schema[], all: Definitions): [string, Schema][] | undefined {
  const found: [string, Schema][] = [];
  for (const branch of union) {
    const target =
      typeof branch['$ref'] === 'string' ? (all[branch['$ref'].replace('#/definitions/', '')] ?? {}) : branch;
    if (Array.isArray(target['anyOf'])) {
      const inner = typedBranches(target['anyOf'] as Schema[], all);
      if (!inner) return undefined;
      found.push(...inner);
      continue;
    }
    const type = (target['properties'] as Record<string, Schema> | undefined)?.['type']?.['const'];
    if (typeof type !== 'string') return undefined;
    found.push([type, branch]);
  }
  return found;
}

/** `if` and `anyOf` only say that something below failed; what failed is reported by itself. */
const isTelling = (error: ErrorObject): boolean => error.keyword !== 'if' && error.keyword !== 'anyOf';

function sentence(error: ErrorObject, at: string): string {
  const pointer = `${at}${error.instancePath}` || '/';
  const parent = error.parentSchema as { properties?: Record<string, unknown> } | undefined;
  switch (error.keyword) {
    case 'additionalProperties': {
      const known = Object.keys(parent?.properties ?? {}).join(', ');
      return `${pointer}: "${error.params['additionalProperty']}" is not a field here; the fields are ${known}`;
    }
    case 'required':
      return `${pointer}: lacks "${error.params['missingProperty']}"`;
    case 'enum':
      return `${pointer}: must be one of ${error.params['allowedValues'].join(', ')}, found ${shown(error.data)}`;
    case 'const':
      return `${pointer}: must be ${shown(error.params['allowedValue'])}, found ${shown(error.data)}`;
    case 'type':
      return `${pointer}: must be ${error.params['type']}, found ${shown(error.data)}`;
    default:
      return `${pointer}: ${error.message ?? error.keyword}, found ${shown(error.data)}`;
  }
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
