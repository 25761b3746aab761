import { describe, expect, it } from 'vitest';
import { withoutApprover } from '../../../src/domain/spec/approvers.ts';
import type { OperationsSpec, PermissionRule } from '../../../src/domain/spec/types.ts';
import { aDuty, specWith } from '../../support/duty-spec.ts';

const specOf = (by: PermissionRule, teams: Partial<OperationsSpec['teams']> = {}): OperationsSpec => {
  const spec = specWith(aDuty({ title: 'Old rows', approval: { of: 'every run', by } }));
  const nobody = { name: 'Curators', members: [], escalation: [], managers: false };
  return {
    ...spec,
    contacts: { ...spec.contacts, mail: { name: 'Mail', email: 'ops@example.com' } },
    teams: { ...spec.teams, curators: nobody, ...teams } as OperationsSpec['teams'],
  };
};
const curators: PermissionRule = { teams: ['curators'], groups: [], users: [] };

describe('an approval', () => {
  it('that nobody can give is said, with what to do', () => {
    expect(withoutApprover(specOf(curators))).toEqual([
      'Nobody can approve "Old rows": give Curators members who are in Slack, or a group.',
    ]);
    expect(withoutApprover(specOf({ teams: [], groups: [], users: ['mail'] }))).toEqual([
      'Nobody can approve "Old rows": it names nobody who is in Slack.',
    ]);
  });

  it.each<[string, PermissionRule, Partial<OperationsSpec['teams']>]>([
    ['everyone', 'everyone', {}],
    ['a Slack user', { teams: [], groups: [], users: ['U0ALICE'] }, {}],
    ['a user group', { teams: [], groups: ['S0DBA'], users: [] }, {}],
    [
      'a team with a group',
      curators,
      { curators: { name: 'C', members: [], group: 'S0C', escalation: [], managers: false } },
    ],
    ['a team with people', curators, { curators: { name: 'C', members: ['U0BOB'], escalation: [], managers: false } }],
  ])('by %s can be given', (_who, by, teams) => {
    expect(withoutApprover(specOf(by, teams))).toEqual([]);
  });
});
