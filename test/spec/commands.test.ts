import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.ts';
import { OPERATIONS_SPEC } from '../support/operations-spec.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mainstay-spec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function run(...words: string[]) {
  const printed = { out: '', err: '' };
  const code = await runCommand(words, {
    env: {},
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  });
  return { code, ...printed };
}

describe('spec calendar', () => {
  it('prints the due times between two days as JSON, in the agreed shape', async () => {
    const spec = file('ops.yml', OPERATIONS_SPEC);
    const { code, out } = await run('spec', 'calendar', spec, '--from', '2026-03-17', '--to', '2026-03-17', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        duty: 'backup-verification',
        title: 'Backup verification',
        owner: 'dba',
        at: '2026-03-17T06:00:00Z',
        local: '2026-03-17 06:00',
        zone: 'UTC',
      },
      {
        // The third Wednesday is a holiday of this spec.
        duty: 'capacity-planning',
        title: 'Capacity planning',
        owner: 'devops',
        at: '2026-03-17T10:00:00Z',
        local: '2026-03-17 10:00',
        zone: 'UTC',
      },
    ]);
  });

  it('prints them as a table for people', async () => {
    const spec = file('ops.yml', OPERATIONS_SPEC);
    const { out } = await run('spec', 'calendar', spec, '--from', '2026-04-05', '--to', '2026-04-05');
    expect(out).toBe(`\
when                  zone  duty                   owner                   key
Sun 2026-04-05 02:00  UTC   Database optimization  Database Administrator  database-optimization
Sun 2026-04-05 06:00  UTC   Backup verification    Database Administrator  backup-verification

2 due times.
`);
  });

  it.each([
    [['--from', '2026-03-18'], '--to is missing: a date such as 2026-03-18.'],
    [['--from', '2026-02-30', '--to', '2026-03-01'], '--from 2026-02-30 is no date; write it as 2026-03-18.'],
    [['--from', '2026-03-18', '--to', '2026-03-17'], '--from 2026-03-18 is after --to 2026-03-17.'],
    [['--form', '2026-03-18'], "Unknown option '--form'"],
  ])('refuses %j', async (options, says) => {
    const { code, out, err } = await run('spec', 'calendar', file('ops.yml', OPERATIONS_SPEC), ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toContain('Usage: mainstay spec calendar FILE --from DATE --to DATE');
  });

  it('names the faults of a spec that cannot be read', async () => {
    const { code, err } = await run(
      'spec',
      'calendar',
      file('ops.yml', 'name: A\ndutys: []'),
      '--from',
      '2026-03-18',
      '--to',
      '2026-03-18',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/ops\.yml:2:1: dutys is an unknown key; .*; did you mean duties\?/);
  });
});

describe('spec diff', () => {
  it('says in words what changes', async () => {
    const before = file('before.yml', OPERATIONS_SPEC);
    const after = file('after.yml', OPERATIONS_SPEC.replace('grace: 2h', 'grace: 3h').replace('"06:00"', '"05:00"'));
    const { code, out } = await run('spec', 'diff', before, after);
    expect({ code, out }).toEqual({
      code: 0,
      out: 'Backup verification moves from 06:00 to 05:00 UTC.\nBackup verification: grace changes from 2h to 3h.\n',
    });
    const json: unknown = JSON.parse((await run('spec', 'diff', before, after, '--json')).out);
    expect(json).toMatchObject({
      before: { file: before },
      after: { file: after },
      changes: [
        { section: 'duties', key: 'backup-verification', change: 'changed', field: 'when' },
        { section: 'duties', key: 'backup-verification', change: 'changed', field: 'grace' },
      ],
    });
    expect((await run('spec', 'diff', before, before)).out).toBe(`${before} means the same as ${before}.\n`);
  });

  it('needs two files', async () => {
    expect(await run('spec', 'diff', 'a.yml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Two files are needed'),
    });
    expect(await run('spec', 'diff', 'a.yml', 'b.yml', 'c.yml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"c.yml"'),
    });
  });
});

describe('spec coverage', () => {
  const rows = `\
- { clause: 004:L140-L144, says: Vacuum and reindex, how: machine, by: [duty:database-optimization] }
- { clause: 004:L24-L28, says: Check system status, how: checked, by: [check:api-health] }
- { clause: 004:L338, says: Update every 15 minutes, how: machine, by: [policy:severities.SEV1.updateEvery, policy:permissions.incident.update] }
- { clause: 004:L345, says: Isolate systems, how: not yet, note: No cluster here. }
`;
  const elsewhere = '- { clause: 000:L4, says: Of another spec, how: asked, by: [duty:unknown-here] }\n';

  it('prints the rows of the documents of a spec, in their order, with totals', async () => {
    const spec = file('ops.yml', OPERATIONS_SPEC);
    file('coverage/004.yml', rows);
    file('coverage/000.yml', elsewhere);
    expect(await run('spec', 'coverage', spec)).toEqual({
      code: 0,
      err: '',
      out: `\
clause         how      what it asks for         carried by
004:L24-L28    checked  Check system status      check:api-health
004:L140-L144  machine  Vacuum and reindex       duty:database-optimization
004:L338       machine  Update every 15 minutes  policy:severities.SEV1.updateEvery policy:permissions.incident.update
004:L345       not yet  Isolate systems          No cluster here.

004: 4 clauses: 2 machine, 1 checked, 0 asked, 1 not yet. Of machine and checked, 1 waits for a system that is not connected here.
All: 4 clauses: 2 machine, 1 checked, 0 asked, 1 not yet. Of machine and checked, 1 waits for a system that is not connected here.
`,
    });
  });

  it('prints one coverage file by itself', async () => {
    const { code, out } = await run('spec', 'coverage', file('000.yml', elsewhere), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      rows: [{ clause: '000:L4', says: 'Of another spec', how: 'asked', by: ['duty:unknown-here'] }],
      documents: [{ document: '000', rows: 1, machine: 0, checked: 0, asked: 1, 'not yet': 0 }],
      totals: { rows: 1, machine: 0, checked: 0, asked: 1, 'not yet': 0 },
    });
  });

  it('refuses what the spec does not have', async () => {
    const spec = file('ops.yml', OPERATIONS_SPEC);
    file('coverage/004.yml', rows.replace('duty:database-optimization', 'duty:database-optimisation'));
    file('coverage/004b.yml', '- { clause: 004:L140, says: A, how: asked, by: [policy:severities.SEV9] }');
    file(
      'coverage/004c.yml',
      '- { clause: 004:L3, says: A, how: asked, by: [policy:severity] }\n- { clause: 004:L4, says: A, how: asked, by: [a] }',
    );
    const { code, err } = await run('spec', 'coverage', spec);
    expect(code).toBe(1);
    expect(err).toMatch(
      /004\.yml:1:73: 0\.by\.0 is duty:database-optimisation, which the spec does not have; .*; did you mean database-optimization\?/,
    );
    expect(err).toMatch(/004b\.yml:1:\d+: 0\.by\.0 is policy:severities\.SEV9, which the spec does not have/);
    expect(err).toMatch(/004c\.yml:2:\d+: 1\.by\.0 is "a"; write what carries it as kind:name/);
  });

  it('refuses a line that two files claim', async () => {
    file('coverage/004.yml', rows);
    file('coverage/more.yml', '- { clause: 004:L26, says: A, how: asked, by: [duty:capacity-planning] }');
    const { code, err } = await run('spec', 'coverage', file('ops.yml', OPERATIONS_SPEC));
    expect(code).toBe(1);
    expect(err).toContain('more.yml:1:13: 0.clause is 004:L26, of which another row, 004:L24-L28, has a line already');
  });

  it('says where coverage files belong', async () => {
    const { code, err } = await run('spec', 'coverage', file('ops.yml', OPERATIONS_SPEC));
    expect({ code, err }).toEqual({
      code: 1,
      err: `There are no coverage files for ops.yml: they belong into ${join(folder, 'coverage')}.\n`,
    });
  });
});
