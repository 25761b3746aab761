import { describe, expect, it } from 'vitest';
import { mayDo, PERMISSION_VERBS, type Person } from '../../src/domain/permissions.ts';
import type { OperationsSpec, PermissionRule } from '../../src/domain/spec/types.ts';

const alice: Person = { userId: 'U0ALICE', groups: [] };
const bob: Person = { userId: 'U0BOB', groups: ['S0DBAS'] };
const charlie: Person = { userId: 'U0CHARLIE', groups: [] };

const team = (name: string, members: string[], group?: string) => ({
  name,
  members,
  escalation: [],
  managers: false,
  ...(group === undefined ? {} : { group }),
});

/** A spec in which one verb follows the rule and everybody may do the rest. */
function specWhere(rule: PermissionRule): Pick<OperationsSpec, 'teams' | 'contacts' | 'permissions'> {
  const everyone = Object.fromEntries(PERMISSION_VERBS.map((verb) => [verb, 'everyone' as const]));
  return {
    teams: { platform: team('Platform', ['alice']), dba: team('Databases', [], 'S0DBAS') },
    contacts: { alice: { name: 'Alice', slack: 'U0ALICE' }, vendor: { name: 'Vendor hotline' } },
    permissions: { ...(everyone as OperationsSpec['permissions']), 'incident.close': rule },
  };
}

const only = (rule: Partial<Exclude<PermissionRule, 'everyone'>>) =>
  specWhere({ teams: [], groups: [], users: [], ...rule });

describe('mayDo', () => {
  it('lets everyone do what everyone may do', () => {
    expect(mayDo(specWhere('everyone'), 'incident.close', charlie)).toEqual({ allowed: true });
  });

  it.each([
    ['a user id', only({ users: ['U0ALICE'] }), alice],
    ['a contact', only({ users: ['alice'] }), alice],
    ['a member of a team', only({ teams: ['platform'] }), alice],
    ['a Slack user group', only({ groups: ['S0DBAS'] }), bob],
    ["a team's Slack user group", only({ teams: ['dba'] }), bob],
  ])('lets in whoever is listed as %s', (_how, spec, person) => {
    expect(mayDo(spec, 'incident.close', person)).toEqual({ allowed: true });
    expect(mayDo(spec, 'incident.close', charlie)).toMatchObject({ allowed: false, reason: 'not-listed' });
  });

  it('tells the refused person whom to ask', () => {
    const spec = only({ teams: ['platform'], groups: ['S0DBAS'], users: ['alice', 'U0BOB', 'vendor'] });
    expect(mayDo(spec, 'incident.close', charlie)).toEqual({
      allowed: false,
      reason: 'not-listed',
      allowedFor: { teams: ['Platform'], groups: ['S0DBAS'], users: ['U0ALICE', 'U0BOB'] },
    });
  });

  it('restricts only the verb that is listed', () => {
    expect(mayDo(only({ users: ['U0ALICE'] }), 'incident.declare', charlie)).toEqual({ allowed: true });
  });

  it('lets nobody in through a contact without a Slack user', () => {
    expect(mayDo(only({ users: ['vendor'] }), 'incident.close', charlie)).toMatchObject({ allowed: false });
  });
});
