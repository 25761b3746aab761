import { describe, expect, it } from 'vitest';
import { coverageTotals } from '../../src/domain/spec/coverage.ts';
import { loadCoverage } from '../../src/spec/coverage.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { OPERATIONS_SPEC } from '../support/operations-spec.ts';

const faultsOf = (text: string) => {
  const result = loadCoverage(text, '004.yml');
  return result.ok ? [] : result.faults;
};

describe('a coverage file', () => {
  it('says of each clause how it is carried and by what', () => {
    const result = loadCoverage(
      `- clause: 004:L139-L144
  says: Vacuum, analyze and reindex on the first Sunday
  how: machine
  by: [duty:database-optimization]
- { clause: "000:L168", says: SEV1 is an outage, how: machine, by: [policy:severities.SEV1, "command: /incident declare"] }
- { clause: "004:L345", says: Isolate systems, how: not yet, note: No cluster here. }
`,
      '004.yml',
    );
    expect(result).toEqual({
      ok: true,
      rows: [
        {
          clause: { document: '004', from: 139, to: 144 },
          says: 'Vacuum, analyze and reindex on the first Sunday',
          how: 'machine',
          by: [{ kind: 'duty', name: 'database-optimization' }],
        },
        {
          clause: { document: '000', from: 168, to: 168 },
          says: 'SEV1 is an outage',
          how: 'machine',
          by: [
            { kind: 'policy', name: 'severities.SEV1' },
            { kind: 'command', name: '/incident declare' },
          ],
        },
        {
          clause: { document: '004', from: 345, to: 345 },
          says: 'Isolate systems',
          how: 'not yet',
          by: [],
          note: 'No cluster here.',
        },
      ],
    });
    expect(result.ok && coverageTotals(result.rows)).toEqual({
      rows: 3,
      machine: 2,
      checked: 0,
      asked: 0,
      'not yet': 1,
    });
  });

  it('gets all of its faults at once', () => {
    const text = `\
- { clause: 004:128, says: A, how: machine, by: [duty:a] }
- { clause: 004:L9-L3, says: A, how: machine, by: [duty:a] }
- { clause: 004:L1, says: A, how: machin, by: [duty:a] }
- { clause: 004:L2, says: A, how: asked }
- { clause: 004:L4, says: A, how: asked, by: [dutty:a] }
- { clause: 004:L5, says: "", how: asked, by: [a], not: x }
`;
    expect(faultsOf(text)).toEqual([
      '004.yml:1:13: 0.clause is "004:128"; write document and line, such as 004:L128 or 004:L128-L131',
      '004.yml:2:13: 1.clause is "004:L9-L3", which ends before it begins; write document and line, such as 004:L128 or 004:L128-L131',
      '004.yml:3:35: 2.how is "machin"; allowed: machine, checked, asked, not yet; did you mean machine?',
      '004.yml:4:3: 3.by is empty; say what carries the clause, or write how: not yet',
      '004.yml:5:47: 4.by.0 is "dutty:a"; write what carries it as kind:name, the kind one of duty, check, metric, threshold, slo, window, backup, policy, command; did you mean duty?',
      '004.yml:6:27: 5.says is empty; write a text',
      expect.stringMatching(/^004\.yml:6:48: 5\.by\.0 is "a"; write what carries it as kind:name/),
      '004.yml:6:52: 5.not is an unknown key; allowed: clause, says, how, by, note; did you mean note?',
    ]);
  });

  it('finds a line that a later, longer row takes in', () => {
    const line = 'says: A, how: asked, by: [duty:a]';
    for (const [first, second] of [
      ['L4', 'L1-L4'],
      ['L1', 'L1-L4'],
      ['L2-L3', 'L1-L4'],
    ]) {
      expect(faultsOf(`- { clause: 004:${first}, ${line} }\n- { clause: 004:${second}, ${line} }`)).toHaveLength(1);
    }
    expect(faultsOf(`- { clause: 004:L5, ${line} }\n- { clause: 004:L1-L4, ${line} }`)).toEqual([]);
  });

  it('gives each line to one row only', () => {
    const line = 'says: A, how: asked, by: [duty:a]';
    expect(
      faultsOf(`- { clause: 004:L1-L4, ${line} }\n- { clause: 004:L4, ${line} }\n- { clause: 003:L4, ${line} }`),
    ).toEqual([
      '004.yml:2:13: 1.clause is 004:L4, of which another row, 004:L1-L4, has a line already; let one row have each line',
    ]);
  });

  it('names no command that nobody can type, and no part of the spec that says nothing', () => {
    const loaded = loadSpec(OPERATIONS_SPEC.replace(/backups:[\s\S]*$/, ''), 'nexus.yml', {});
    if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
    const commands = ['/incident declare', '/severity', 'mainstay audit verify'];
    const row = (line: number, by: string) => `- { clause: 004:L${line}, says: A, how: asked, by: ["${by}"] }\n`;
    const text =
      row(1, 'command:/incident declare') +
      row(2, 'command: mainstay audit verify') +
      row(3, 'command:/incident declrae') +
      row(4, 'policy:permissions.duty.skip') +
      row(5, 'policy:backups') +
      row(6, 'policy:severities.SEV5') +
      row(7, 'duty:backup-verificaton');
    const read = loadCoverage(text, '004.yml', { spec: loaded.spec, commands });
    expect(read.ok ? [] : read.faults).toEqual([
      '004.yml:3:47: 2.by.0 is command:/incident declrae, which is no command of Slack or of the terminal; did you mean /incident declare?',
      expect.stringMatching(
        /^004\.yml:5:47: 4\.by\.0 is policy:backups, which the spec does not have; it has name,.*documents$/,
      ),
      expect.stringMatching(/^004\.yml:6:47: 5\.by\.0 is policy:severities\.SEV5, which the spec does not have/),
      expect.stringMatching(
        /^004\.yml:7:47: 6\.by\.0 is duty:backup-verificaton, .*did you mean backup-verification\?$/,
      ),
    ]);
    // Without a spec, as one coverage file is printed by itself, commands are still held against what there is.
    const alone = loadCoverage(text, '004.yml', { commands });
    expect(alone.ok ? [] : alone.faults).toHaveLength(1);
  });
});
