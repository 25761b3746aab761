import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemaFile, referencePage } from '../../src/spec/document.ts';
import { OPERATIONS_SPEC } from '../support/operations-spec.ts';

const root = new URL('../..', import.meta.url).pathname;
const committed = (path: string) => readFileSync(`${root}${path}`, 'utf8');

describe('the reference', () => {
  it('is what the schema says today; `npm run docs` writes it', () => {
    expect(committed('docs/spec.md')).toBe(referencePage());
  });

  it('says of every key what it means', () => {
    const rows = referencePage().match(/^\| `.*\|$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter((row) => row.endsWith('|  |'))).toEqual([]);
  });
});

describe('the JSON Schema for editors', () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(jsonSchemaFile()));
  const faults = (text: string) => (validate(parse(text)) ? [] : (validate.errors ?? []).map(({ message }) => message));

  it('is what the schema says today; `npm run docs` writes it', () => {
    expect(committed('docs/spec.schema.json')).toBe(jsonSchemaFile());
  });

  it.each(globSync('specs/*.yml', { cwd: root }))('accepts %s', (path) => {
    expect(faults(committed(path))).toEqual([]);
  });

  it('accepts every section, and a spec that is only a name', () => {
    expect(faults(OPERATIONS_SPEC)).toEqual([]);
    expect(faults('name: A')).toEqual([]);
  });

  it.each([
    ['an unknown key', 'dutties: []'],
    ['an unknown key of a duty', 'duties: [{ key: d, title: D, owner: ops, when: { every: day }, colour: red }]'],
    ['a duty without an owner', 'duties: [{ key: d, title: D, when: { every: day } }]'],
    ['an unknown unit', 'duties: [{ key: d, title: D, owner: ops, when: { every: fortnight } }]'],
    ['a bare number', 'duties: [{ key: d, title: D, owner: ops, when: { every: day }, grace: 4 }]'],
    ['a duration without a unit', 'duties: [{ key: d, title: D, owner: ops, when: { every: day }, grace: "4" }]'],
    [
      'a key of another kind of check',
      'checks: [{ key: c, title: C, kind: tcp, target: h, path: /, every: 1m, timeout: 1s }]',
    ],
  ])('refuses %s', (_what, line) => {
    expect(faults(`name: A\n${line}`)).not.toEqual([]);
  });
});
