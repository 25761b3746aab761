/**
 * Copies from a full table of Slack's methods and events what this suite holds the app to account with:
 *   node test/support/data/refresh-slack-methods.ts FULL-TABLE.json [--check] [method or event to add ...]
 * Format the copy afterwards (`npm run format`). With `--check` nothing is written; it ends with 1 where the copy differs from its source.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Table {
  source: string;
  methods: Record<string, unknown>;
  events: Record<string, unknown>;
}

const COPY = new URL('./slack-methods.json', import.meta.url);
const [sourceFile, ...rest] = process.argv.slice(2);
if (!sourceFile) throw new Error('Give the file that holds the full table of methods.');

const read = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as Table;
const source = read(sourceFile);
const copy = read(COPY);
const added = rest.filter((word) => word !== '--check');

const pick = (from: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries([...new Set(names)].sort().map((name) => [name, from[name]]));

const fresh = {
  source: source.source,
  methods: pick(source.methods, [...Object.keys(copy.methods), ...added.filter((name) => name in source.methods)]),
  events: pick(source.events, [...Object.keys(copy.events), ...added.filter((name) => name in source.events)]),
};
const unknown = added.filter((name) => !(name in source.methods) && !(name in source.events));
if (unknown.length > 0) throw new Error(`The table knows neither method nor event ${unknown.join(', ')}.`);

if (rest.includes('--check')) {
  const same = JSON.stringify(fresh) === JSON.stringify(copy);
  console.log(same ? 'The copy equals its source.' : 'The copy differs from its source: run this without --check.');
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(COPY, `${JSON.stringify(fresh, null, 1)}\n`);
}
