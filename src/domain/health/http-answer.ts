import type { HttpQuestion, JsonScalar } from '../spec/check-questions.ts';

export interface HttpAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As much of it as is looked at. */
  readonly body: string;
}

/** What is wrong with an answer, the first thing that is; null when all is as the question wants it. */
export function httpProblem(question: HttpQuestion, answer: HttpAnswer): string | null {
  return statusProblem(question, answer) ?? headerProblem(question, answer) ?? bodyProblem(question, answer.body);
}

/** Whether the body decides anything, so that it need be kept. */
export function looksAtBody({ contains, lacks, matches, json }: HttpQuestion): boolean {
  return contains !== undefined || lacks !== undefined || matches !== undefined || Object.keys(json).length > 0;
}

function statusProblem({ status: { from, to } }: HttpQuestion, { status }: HttpAnswer): string | null {
  if (status >= from && status <= to) return null;
  return `answered ${status} instead of ${from === to ? from : `${from}-${to}`}`;
}

function headerProblem({ headers: wanted }: HttpQuestion, { headers }: HttpAnswer): string | null {
  for (const [name, pattern] of Object.entries(wanted)) {
    const found = headers[name.toLowerCase()];
    if (found === undefined) return `lacks the header ${name}`;
    const values = typeof found === 'string' ? [found] : found;
    if (!values.some((value) => new RegExp(pattern, 'u').test(value))) return `has a header ${name} unlike ${pattern}`;
  }
  return null;
}

function bodyProblem({ contains, lacks, matches, json }: HttpQuestion, body: string): string | null {
  if (contains !== undefined && !body.includes(contains)) return `does not say "${contains}"`;
  if (lacks !== undefined && body.includes(lacks)) return `says "${lacks}"`;
  if (matches !== undefined && !new RegExp(matches, 'mu').test(body)) return `does not match ${matches}`;
  return Object.keys(json).length === 0 ? null : jsonProblem(json, body);
}

function jsonProblem(wanted: Readonly<Record<string, JsonScalar>>, body: string): string | null {
  const read = readJson(body);
  if (!read.ok) return 'is not JSON';
  for (const [place, value] of Object.entries(wanted)) {
    const found = jsonAt(read.value, place);
    if (found === undefined) return `has nothing at ${place}`;
    if (found !== value) return `has ${shown(found)} at ${place} instead of ${JSON.stringify(value)}`;
  }
  return null;
}

export function readJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

/** The value at a place such as `checks.0.ok`; undefined where there is none. */
export function jsonAt(value: unknown, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
      value,
    );
}

/** A short value as it is; of a long or deep one only what it is. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a map';
  const written = JSON.stringify(value);
  return written.length > 60 ? `a text of ${written.length} characters` : written;
}
