import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCoverage } from '../../src/spec/coverage.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { READY_SPECS, readySpec, SPECS } from './ready-specs.ts';

it.each(READY_SPECS)('%s loads without faults where nothing it names is set', (name) => {
  const loaded = loadSpec(readFileSync(`${SPECS}${name}.yml`, 'utf8'), `${name}.yml`, {});
  expect(loaded.ok ? [] : loaded.faults).toEqual([]);
});

it.each(READY_SPECS)('the coverage of %s claims no line twice and names only what the spec has', (name) => {
  const file = `coverage/${name}.yml`;
  const loaded = loadCoverage(readFileSync(`${SPECS}${file}`, 'utf8'), file, { spec: readySpec(name) });
  expect(loaded.ok ? [] : loaded.faults).toEqual([]);
});

it('nexus is connected where its variables are set', () => {
  const env = { NEXUS_API_URL: 'http://127.0.0.1:8000', NEXUS_DATABASE_URL: 'postgresql://127.0.0.1/nexus' };
  const loaded = loadSpec(readFileSync(`${SPECS}nexus.yml`, 'utf8'), 'nexus.yml', env);
  const connected = loaded.ok ? Object.entries(loaded.spec.targets).filter(([, target]) => 'url' in target) : [];
  expect(connected.map(([key]) => key)).toEqual(['api', 'main']);
});
