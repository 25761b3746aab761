import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import type { PathFault } from './faults.ts';
import { offsetOf } from './positions.ts';
import { isMap } from './written.ts';

/** What a file holds, or why it cannot be trusted. Either way faults become `file:line:column: sentence`. */
export interface YamlFile {
  /** Null when the YAML is broken: the rest of such a file cannot be trusted to say what its author meant. */
  content: { value: unknown } | null;
  /** All faults of the file as sentences in its own order: those of the YAML and the given ones. */
  faultsWith(faults: readonly PathFault[]): string[];
}

interface OffsetFault {
  offset: number;
  message: string;
}

/**
 * Reads one YAML document.
 *
 * @param filename as the person knows it; only shown.
 */
export function readYaml(text: string, filename: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const yamlFaults = faultsOfYaml(document, text);
  const plain = yamlFaults.some(({ fatal }) => fatal) ? null : toPlain(document);
  const own: OffsetFault[] = plain?.ok === false ? [...yamlFaults, { offset: 0, message: plain.message }] : yamlFaults;
  return {
    content: plain?.ok ? { value: plain.value } : null,
    faultsWith: (faults) =>
      [...own, ...faults.map((fault) => placed(document, plain?.ok ? plain.value : undefined, fault))]
        .sort((one, other) => one.offset - other.offset)
        .map(({ offset, message }) => {
          const { line, col } = lines.linePos(offset);
          return `${filename}:${line}:${col}: ${message}`;
        }),
  };
}

function placed(document: Document, content: unknown, fault: PathFault): OffsetFault {
  const place = fault.path.length === 0 ? 'the file' : named(content, fault.path).join('.');
  return { offset: offsetOf(document, fault), message: `${place} ${fault.message}` };
}

/** The path as people say it: an element of a list that has a key goes by it, the others by their number from 0. */
function named(content: unknown, path: PathFault['path']): string[] {
  let value = content;
  return path.map((step) => {
    const inList = Array.isArray(value);
    value = isMap(value) ? value[step] : Array.isArray(value) ? value[Number(step)] : undefined;
    return inList && isMap(value) && typeof value['key'] === 'string' ? value['key'] : String(step);
  });
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
