import { expect, it } from 'vitest';
import { type CoverageRow, notConnectedRows } from '../../../src/domain/spec/coverage.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { aDuty, specWith } from '../../support/duty-spec.ts';

const get = (target: string) => ({ action: 'http.get', target, path: '/health', status: 200, timeout: 1000 }) as const;
const spec: OperationsSpec = {
  ...specWith(
    aDuty({ key: 'here', run: get('here') }),
    aDuty({ key: 'away', run: get('away') }),
    aDuty({ key: 'asked' }),
  ),
  targets: {
    here: { kind: 'http', url: 'http://127.0.0.1:1' },
    away: { kind: 'http', notConnected: 'It does not run here' },
  },
};
const row = (how: CoverageRow['how'], ...duties: string[]): CoverageRow => ({
  clause: { document: '004', from: 1, to: 1 },
  says: 'Look',
  how,
  by: duties.map((name) => ({ kind: 'duty', name })),
});

it('counts what is Mainstay’s to do and waits for a system that does not exist here', () => {
  const counted = [row('machine', 'away'), row('checked', 'away', 'asked')];
  const others = [
    row('machine', 'here'),
    row('machine', 'away', 'here'),
    row('asked', 'away'),
    row('machine', 'asked'),
  ];
  expect(notConnectedRows([...counted, ...others], spec)).toBe(2);
});
