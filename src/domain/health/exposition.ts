/** A metric by its name and labels, such as `http_requests_total{code="500"}`. */
export interface Selector {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type SelectorResult = { ok: true; selector: Selector } | { ok: false; problem: string };

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const WORD = '[a-zA-Z_][a-zA-Z0-9_]*';
const TEXT = String.raw`(?:[^"\\]|\\.)*`;
const PAIR = String.raw`\s*${WORD}\s*=\s*"${TEXT}"\s*`;
const LABELS = String.raw`\{(?:${PAIR}(?:,${PAIR})*,?)?\s*\}`;
const PAIRS = new RegExp(String.raw`(${WORD})\s*=\s*"(${TEXT})"`, 'g');
const SELECTOR = new RegExp(String.raw`^(${NAME})\s*(${LABELS})?$`);
const SAMPLE = new RegExp(String.raw`^(${NAME})\s*(${LABELS})?\s+(\S+)`);

export function parseSelector(written: string): SelectorResult {
  const [, name, labels] = SELECTOR.exec(written.trim()) ?? [];
  if (name !== undefined) return { ok: true, selector: { name, labels: readLabels(labels) } };
  return {
    ok: false,
    problem: `is ${JSON.stringify(written)}; write a metric such as up or requests_total{code="500"}`,
  };
}

/** The values of all samples in a page of metrics that have the name and, beside others, the labels. */
export function samplesOf({ name, labels }: Selector, page: string): number[] {
  return page.split('\n').flatMap((line) => {
    if (!line.startsWith(name)) return [];
    const [, found, written, value = ''] = SAMPLE.exec(line) ?? [];
    if (found !== name) return [];
    const has = readLabels(written);
    const fits = Object.entries(labels).every(([label, wanted]) => has[label] === wanted);
    return fits ? [readValue(value)].filter((read) => !Number.isNaN(read)) : [];
  });
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
