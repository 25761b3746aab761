import { expect, it } from 'vitest';
import { loadSpec } from '../../src/spec/load.ts';
import { BROKEN } from './broken-specs.ts';

/** What every broken spec refers to; one that has a section of its own does without the one here. */
const REST: Readonly<Record<string, string>> = {
  name: 'name: A',
  teams: 'teams: { ops: { name: Ops } }',
  contacts: 'contacts: { alice: { name: Alice, slack: U0ALICE } }',
  services: 'services: { web: { name: Web } }',
  documents: 'documents: { "004": { title: D, source: d.md, lines: 470 } }',
  targets:
    'targets: { db: { kind: postgres, notConnected: Not here. }, api: { kind: http, url: "http://a.example" }, f: { kind: files, url: /f }, p: { kind: prometheus, url: "http://p.example" } }',
  metrics: 'metrics: { errors: { title: E, quantity: percent, source: { notConnected: None. } } }',
};

/** What a spec with a `run` must say; it stands last, so that no broken line moves. */
const PERMISSIONS = 'permissions: { duty.run: everyone, duty.approve: everyone, ops.spec: everyone }';

function completed(lines: string): string {
  const own = [...lines.matchAll(/^([a-z]+):/gm)].map(([, section]) => section);
  const rest = Object.entries(REST).filter(([section]) => !own.includes(section));
  return [...rest.map(([, line]) => line), lines, ...(own.includes('permissions') ? [] : [PERMISSIONS])].join('\n');
}

it('is a spec without the broken lines', () => {
  expect(loadSpec(completed(''), 'ops.yml', {})).toMatchObject({ ok: true });
});

it.each(BROKEN)('%s is reported where it stands, with what would be right', (_what, lines, faults) => {
  const result = loadSpec(completed(lines), 'ops.yml', {});
  expect(result.ok ? [] : result.faults).toEqual(faults.map((fault) => `ops.yml:${fault}`));
});

it('is refused while it runs something and does not say who may', () => {
  const duty = 'duties: [{ key: d, title: D, owner: ops, when: { every: day }, run: { action: spec.validate } }]';
  const faults = (more: string) => {
    const result = loadSpec(`name: A\nteams: { ops: { name: Ops } }\n${duty}\n${more}`, 'ops.yml', {});
    return result.ok ? [] : result.faults;
  };
  expect(faults('')).toEqual([
    'ops.yml:3:69: duties.d.run is open to everyone unless the spec says otherwise; write permissions: { duty.run: { teams: [...] }, duty.approve: { teams: [...] }, ops.spec: { teams: [...] } }, or everyone',
  ]);
  expect(faults('permissions: { duty.run: { teams: [ops] }, ops.spec: everyone }')).toEqual([
    'ops.yml:4:14: permissions says not who may duty.approve, and a duty has a run; write { teams: [...] } for each, or everyone',
  ]);
  expect(faults('permissions: { duty.run: { teams: [ops] }, ops.spec: everyone, duty.approve: everyone }')).toEqual([]);
});

it('has every fault reported at once', () => {
  const lines = [
    'duties:',
    '  - { key: d, title: D, owner: opps, when: { every: dya }, grace: 4, clause: 005:L1, colour: red }',
    'windows: [{ key: w, title: W, when: as needed, affects: [webb] }]',
    'holidays: [{ name: H, on: 30 february }]',
  ].join('\n');
  const result = loadSpec(completed(lines), 'ops.yml', {});
  expect(result.ok ? [] : result.faults.map((fault) => /^ops\.yml:\d+:\d+: \S+/.exec(fault)?.[0])).toEqual([
    'ops.yml:9:32: duties.d.owner',
    'ops.yml:9:53: duties.d.when.every',
    'ops.yml:9:67: duties.d.grace',
    'ops.yml:9:78: duties.d.clause',
    'ops.yml:9:86: duties.d.colour',
    'ops.yml:10:58: windows.w.affects.0',
    'ops.yml:11:27: holidays.0.on',
  ]);
});
