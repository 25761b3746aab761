import { createHash } from 'node:crypto';
import { type Document, LineCounter, parse, parseDocument, visit } from 'yaml';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { DEFAULT_SPEC } from './default.ts';
import { schemaFaults } from './faults.ts';
import { offsetOf } from './positions.ts';
import { referenceFaults } from './references.ts';
import { specSchema } from './schema.ts';
import type { Environment } from './values.ts';

/** `hash` is the SHA-256 of the file's text, as `sha256sum` prints it. A fault is `file:line:column: sentence`. */
export type LoadedSpec = { ok: true; spec: OperationsSpec; hash: string } | { ok: false; faults: string[] };

interface OffsetFault {
  offset: number;
  message: string;
}

/**
 * Reads an operations spec. All faults come at once, in the order of the file: of YAML, of shape, and names that stand
 * for nothing. Only when the YAML itself is broken are the other two left for the next time, because the rest of such
 * a file cannot be trusted to say what its author meant.
 *
 * A file without `severities` gets the built-in ones, and a key left out of `incident` is the built-in one.
 *
 * @param filename as the person knows it; only shown.
 * @param env where `env:NAME` values are looked up.
 */
export function loadSpec(text: string, filename: string, env: Environment): LoadedSpec {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const inOrder = (faults: OffsetFault[]): LoadedSpec => ({
    ok: false,
    faults: faults
      .sort((one, other) => one.offset - other.offset)
      .map(({ offset, message }) => {
        const { line, col } = lines.linePos(offset);
        return `${filename}:${line}:${col}: ${message}`;
      }),
  });

  const yamlFaults = faultsOfYaml(document, text);
  const plain = yamlFaults.some(({ fatal }) => fatal) ? null : toPlain(document);
  if (plain === null) return inOrder(yamlFaults);
  if (!plain.ok) return inOrder([...yamlFaults, { offset: 0, message: plain.message }]);

  const written = withDefaults(plain.value ?? {});
  const checked = schemaFaults(specSchema(env), written);
  const pathFaults = [...(checked.ok ? [] : checked.faults), ...referenceFaults(written)];
  if (checked.ok && pathFaults.length === 0 && yamlFaults.length === 0) {
    return { ok: true, spec: checked.value, hash: createHash('sha256').update(text).digest('hex') };
  }
  return inOrder([
    ...yamlFaults,
    ...pathFaults.map((fault) => ({
      offset: offsetOf(document, fault),
      message: `${fault.path.length === 0 ? 'the file' : fault.path.join('.')} ${fault.message}`,
    })),
  ]);
}

/** Fatal ones leave the tree in doubt; after a key written twice it is sound. */
function faultsOfYaml(document: Document, text: string): (OffsetFault & { fatal: boolean })[] {
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    if (code !== 'DUPLICATE_KEY') return { offset: pos[0], message: `is not YAML: ${message}`, fatal: true };
    const key = /^[^\s:]+/.exec(text.slice(pos[0]))?.[0] ?? '';
    return { offset: pos[0], message: `${key} is written twice here; write it once`, fatal: false };
  });
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const message = `*${alias.source} is used before any &${alias.source} is given`;
      faults.push({ offset: alias.range?.[0] ?? 0, message, fatal: true });
    },
  });
  return faults;
}

function toPlain(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    // How the library refuses a file whose aliases multiply into something huge.
    if (error instanceof ReferenceError) return { ok: false, message: 'the file uses * too often; write values out' };
    throw error;
  }
}

function withDefaults(written: unknown): unknown {
  if (!isMap(written)) return written;
  const builtIn: unknown = parse(DEFAULT_SPEC);
  if (!isMap(builtIn)) return written;
  const { incident = {} } = written;
  return {
    ...written,
    severities: 'severities' in written ? written['severities'] : builtIn['severities'],
    incident: isMap(incident) && isMap(builtIn['incident']) ? { ...builtIn['incident'], ...incident } : incident,
  };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
