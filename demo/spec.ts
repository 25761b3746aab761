/** The operations spec the demo runs: the workspace's people and services, and a week of duties in the machine's own zone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

type Yaml = { readonly [key: string]: unknown };

interface DemoPlace {
  readonly zone: string;
  readonly url: string;
  readonly recipients: readonly string[] | null;
}

/**
 * Writes it into the demo's folder and gives its path.
 *
 * @param here.zone IANA zone in which the duties' times are read
 * @param here.url the page's own address, which an automated duty looks at
 * @param here.recipients who can read the demo's backups; null where none can be made
 */
export function writeDemoSpec(home: string, here: DemoPlace): string {
  const own = { timezone: here.zone, targets: { mainstay: { url: here.url } } };
  const week = read('northwind-week.yml');
  const spec = { ...merged(merged(read('northwind.yml'), week), own), ...backupsFor(week, here.recipients) };
  const file = join(home, 'operations.yml');
  mkdirSync(home, { recursive: true });
  writeFileSync(
    file,
    `# Written by the demo at each start, from demo/northwind.yml and demo/northwind-week.yml.\n${stringify(spec)}`,
  );
  return file;
}

/** The file names its recipients as what is not set anywhere. */
function backupsFor(week: Yaml, recipients: readonly string[] | null): Yaml {
  const { backups } = week;
  if (recipients === null || !Array.isArray(backups)) return {};
  return { backups: backups.map(({ notConnected: _, ...backup }: Yaml) => ({ ...backup, recipients })) };
}

function read(name: string): Yaml {
  return parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Yaml;
}

/** Everything of both; where both have a list or a word, that of the second. */
function merged(first: Yaml, second: Yaml): Yaml {
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const [a, b] = [first[key], second[key]];
      return [key, isMap(a) && isMap(b) ? merged(a, b) : (b ?? a)];
    }),
  );
}

function isMap(value: unknown): value is Yaml {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
