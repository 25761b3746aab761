/** A metric by its name and labels, such as `http_requests_total{code="500"}` or `{code=~"5.."}`. */
export interface Selector {
  readonly name: string;
  readonly matchers: readonly Matcher[];
}

interface Matcher {
  readonly label: string;
  readonly is: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

export type SelectorResult = { ok: true; selector: Selector } | { ok: false; problem: string };

/** One sample of a page of metrics. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const WORD = '[a-zA-Z_][a-zA-Z0-9_]*';
const TEXT = String.raw`(?:[^"\\]|\\.)*`;
const PAIR = String.raw`\s*${WORD}\s*=\s*"${TEXT}"\s*`;
const LABELS = String.raw`\{(?:${PAIR}(?:,${PAIR})*,?)?\s*\}`;
const PAIRS = new RegExp(String.raw`(${WORD})\s*=\s*"(${TEXT})"`, 'g');
const IS = '!=|=~|!~|=';
const MATCHER = String.raw`\s*${WORD}\s*(?:${IS})\s*"${TEXT}"\s*`;
const MATCHERS = new RegExp(String.raw`(${WORD})\s*(${IS})\s*"(${TEXT})"`, 'g');
const SELECTOR = new RegExp(String.raw`^(${NAME})\s*(\{(?:${MATCHER}(?:,${MATCHER})*,?)?\s*\})?$`);
const SAMPLE = new RegExp(String.raw`^(${NAME})\s*(${LABELS})?\s+(\S+)`);

export function parseSelector(written: string): SelectorResult {
  const [, name, labels] = SELECTOR.exec(written.trim()) ?? [];
  const matchers = readMatchers(labels);
  if (name !== undefined && matchers !== null) return { ok: true, selector: { name, matchers } };
  return {
    ok: false,
    problem: `is ${JSON.stringify(written)}; write a metric such as up or requests_total{code="500"}`,
  };
}

/** The values of all samples in a page of metrics that have the name and fit the labels. */
export function samplesOf(selector: Selector, page: string): number[] {
  return seriesOf(selector, page).map(({ value }) => value);
}

/** All samples in a page of metrics that have the name and fit the labels; what is no number is none. */
export function seriesOf({ name, matchers }: Selector, page: string): Series[] {
  return page.split('\n').flatMap((line) => {
    if (!line.startsWith(name)) return [];
    const [, found, written, read = ''] = SAMPLE.exec(line) ?? [];
    if (found !== name) return [];
    const labels = readLabels(written);
    const value = readValue(read);
    return matchers.every((matcher) => fits(matcher, labels)) && !Number.isNaN(value) ? [{ labels, value }] : [];
  });
}

/** As Prometheus does it: a label that is missing is empty, and a pattern must fit all of it. */
function fits({ label, is, value }: Matcher, labels: Readonly<Record<string, string>>): boolean {
  const has = labels[label] ?? '';
  if (is === '=' || is === '!=') return (has === value) === (is === '=');
  return new RegExp(`^(?:${value})$`, 'u').test(has) === (is === '=~');
}

/** Null where a pattern is none. */
function readMatchers(written: string | undefined): Matcher[] | null {
  const found = [...(written ?? '').matchAll(MATCHERS)].map(([, label = '', is = '=', value = '']) => {
    return { label, is: is as Matcher['is'], value: unescaped(value) };
  });
  return found.every(({ is, value }) => is === '=' || is === '!=' || isPattern(value)) ? found : null;
}

function isPattern(value: string): boolean {
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}

function readLabels(written: string | undefined): Record<string, string> {
  const pairs = [...(written ?? '').matchAll(PAIRS)];
  return Object.fromEntries(pairs.map(([, label = '', value = '']) => [label, unescaped(value)]));
}

const unescaped = (value: string) => value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));

/** As the format writes figures: infinity is "+Inf". */
export function readValue(written: string): number {
  return /^[+-]?Inf$/i.test(written) ? (written.startsWith('-') ? -Infinity : Infinity) : Number(written);
}
