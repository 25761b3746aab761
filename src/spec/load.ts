import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { withThresholds } from '../domain/health/threshold-checks.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { checkFaults } from './check-faults.ts';
import { consistencyFaults } from './consistency.ts';
import { DEFAULT_SPEC } from './default.ts';
import { schemaFaults } from './faults.ts';
import { readYaml } from './read-yaml.ts';
import { referenceFaults } from './references.ts';
import { specSchema } from './schema.ts';
import type { Environment } from './values.ts';
import { isMap } from './written.ts';

/** `hash` is the SHA-256 of the file's text, as `sha256sum` prints it. A fault is `file:line:column: sentence`. */
export type LoadedSpec = { ok: true; spec: OperationsSpec; hash: string } | { ok: false; faults: string[] };

/**
 * Reads an operations spec. All faults come at once, in the order of the file: of YAML, of shape, and names that stand
 * for nothing. Only when the YAML itself is broken are the other two left for the next time.
 *
 * A file without `severities` gets the built-in ones, and a key left out of `incident` is the built-in one.
 *
 * @param filename as the person knows it; only shown.
 * @param env where `env:NAME` values are looked up.
 */
export function loadSpec(text: string, filename: string, env: Environment): LoadedSpec {
  const file = readYaml(text, filename);
  if (file.content === null) return { ok: false, faults: file.faultsWith([]) };

  const written = withDefaults(file.content.value ?? {});
  const checked = schemaFaults(specSchema(env), written);
  const faults = file.faultsWith([
    ...(checked.ok ? [] : checked.faults),
    ...referenceFaults(written),
    ...consistencyFaults(written),
    ...checkFaults(written),
  ]);
  if (!checked.ok || faults.length > 0) return { ok: false, faults };
  return { ok: true, spec: withThresholds(checked.value), hash: createHash('sha256').update(text).digest('hex') };
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
