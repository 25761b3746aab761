import { redactText } from '../adapters/log/redact.ts';
import { secretsIn } from '../domain/spec/secret.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';

/** A shorter value would take ordinary words out of an output. */
const SHORTEST_PASSED = 4;

/** An output without secrets, and without the value of any variable that the spec has a command be given. */
export function redactOutput(
  text: string,
  secrets: readonly string[],
  spec: OperationsSpec,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const duties = spec.duties.flatMap(({ run }) => (run?.action === 'command.run' ? run.environment : []));
  const checks = spec.checks.flatMap((check) => (check.kind === 'command' ? check.pass : []));
  const passed = [...new Set([...duties, ...checks])].map((name) => environment[name] ?? '');
  // The longest first: one value may be the beginning of another.
  const values = passed.filter(({ length }) => length >= SHORTEST_PASSED).sort((a, b) => b.length - a.length);
  const clean = values.reduce((left, value) => left.replaceAll(value, '[secret]'), text);
  return redactText(clean, [...secrets, ...secretsIn(spec)]);
}
