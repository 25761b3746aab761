import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands.ts';
import { SETTINGS } from '../src/settings.ts';

const root = new URL('..', import.meta.url).pathname;
const readme = readFileSync(`${root}README.md`, 'utf8');
const between = (name: string) => new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`).exec(readme)?.[1];
const cell = (text: string) => text.replaceAll('|', '\\|');

it('lists every setting with its meaning, its default and where to get it', () => {
  const rows = Object.entries(SETTINGS).map(
    ([name, { meaning, whenAbsent, where }]) =>
      `| \`${name}\` | ${cell(meaning)} | ${cell(whenAbsent)} | ${cell(where)} |`,
  );
  const table = ['| variable | meaning | when it is not set | where to get it |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
  expect(between('settings')).toBe(table);
});

it('lists every terminal command as the terminal itself does', () => {
  const rows = COMMANDS.map(
    ({ words, usage, help }) => `| \`${cell(`${words.join(' ')} ${usage}`.trim())}\` | ${cell(help)} |`,
  );
  expect(between('cli')).toBe(['| command | what it does |', '|---|---|', ...rows].join('\n'));
});

it('points only at files that are there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

it('names only npm scripts that exist', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm (?:run (?:-s )?)?(demo|test|start|mainstay|[a-z:]+)\b/g)].map(
    ([, name = '']) => name,
  );
  expect(named.filter((name) => !['ci', 'or'].includes(name) && !(name in scripts))).toEqual([]);
});
