import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SEVERITIES } from '../../src/domain/incident/severity.ts';
import { reveal } from '../../src/domain/spec/secret.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { DEFAULT_SPEC, DEFAULT_SPEC_NAME } from '../../src/spec/default.ts';
import { loadSpec } from '../../src/spec/load.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function loaded(text: string, env = {}): OperationsSpec {
  const result = loadSpec(text, 'ops.yml', env);
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.spec;
}

function faultsOf(text: string, env = {}): string[] {
  const result = loadSpec(text, 'ops.yml', env);
  return result.ok ? [] : result.faults;
}

const acme = `\
name: Acme operations
timezone: Europe/Paris
teams:
  platform:
    name: Platform
    channel: "#platform"
    members: [alice, U0BOB]
    group: S0PLATFORM
    escalation: [alice]
contacts:
  alice:
    name: Alice
    slack: U0ALICE
    email: env:ALICE_EMAIL
    phone: "+33 1 23 45 67 89"
services:
  checkout:
    name: Checkout
    team: platform
    runbook: https://wiki.example.com/checkout
permissions:
  incident.close:
    teams: [platform]
`;
const env = { ALICE_EMAIL: 'alice@example.com' };

describe('the built-in spec', () => {
  const spec = () => {
    const result = loadSpec(DEFAULT_SPEC, DEFAULT_SPEC_NAME, {});
    if (!result.ok) throw new Error(result.faults.join('\n'));
    return result.spec;
  };

  it('has the four severities with the meanings of the first document', () => {
    expect(SEVERITIES.map((severity) => spec().severities[severity].meaning)).toEqual([
      'Production outage',
      'Degraded performance',
      'Minor issue',
      'Cosmetic issue',
    ]);
  });

  it('owes an update every 15 minutes in an outage and none for what is minor', () => {
    expect(SEVERITIES.map((severity) => spec().severities[severity].updateEvery)).toEqual([
      15 * minute,
      30 * minute,
      null,
      null,
    ]);
  });

  it('owes the post-mortem of a critical incident within 48 hours', () => {
    expect(SEVERITIES.map((severity) => spec().severities[severity].postmortem)).toEqual([
      { due: 48 * hour },
      { due: 48 * hour },
      null,
      null,
    ]);
  });

  it('admits for every severity which figures are assumed', () => {
    for (const severity of SEVERITIES) expect(spec().severities[severity].assumed).toMatch(/response time/);
  });

  it('lets everyone work an incident', () => {
    expect(new Set(Object.values(spec().permissions))).toEqual(new Set(['everyone']));
  });
});

describe('a good file', () => {
  it('becomes the plain types of the domain', () => {
    const spec = loaded(acme, env);
    expect(spec.teams['platform']).toEqual({
      name: 'Platform',
      channel: 'platform',
      members: ['alice', 'U0BOB'],
      group: 'S0PLATFORM',
      escalation: ['alice'],
      managers: false,
    });
    expect(spec.services['checkout']).toEqual({
      name: 'Checkout',
      team: 'platform',
      runbook: 'https://wiki.example.com/checkout',
    });
    expect(spec.permissions['incident.close']).toEqual({ teams: ['platform'], groups: [], users: [] });
    expect(spec.permissions['incident.declare']).toBe('everyone');
  });

  it('gets the built-in severities when it has none, and the built-in rest of `incident`', () => {
    const spec = loaded('name: Acme\nincident: { channelPrefix: outage }\n');
    expect(spec.severities.SEV2.responseTime).toBe(30 * minute);
    expect(spec.incident.channelPrefix).toBe('outage');
    expect(spec.incident.announceChannel).toBe('incidents');
    expect(spec.timezone).toBe('UTC');
  });

  it('counts durations in milliseconds', () => {
    const severity = '{ meaning: m, responseTime: 5d, updateEvery: 1h30m, postmortem: { due: 2w } }';
    const spec = loaded(`name: A\nseverities:\n${SEVERITIES.map((name) => `  ${name}: ${severity}`).join('\n')}\n`);
    expect(spec.severities.SEV3).toEqual({
      meaning: 'm',
      responseTime: 5 * day,
      updateEvery: 90 * minute,
      invite: [],
      page: false,
      announce: [],
      postmortem: { due: 14 * day },
    });
  });

  it('is known by the SHA-256 of its text', () => {
    const result = loadSpec(acme, 'ops.yml', env);
    expect(result).toMatchObject({ hash: createHash('sha256').update(acme).digest('hex') });
  });

  it('may use YAML anchors', () => {
    const spec = loaded(
      'name: A\nteams:\n  a: { name: A, members: &both [U0ALICE, U0BOB] }\n  b: { name: B, members: *both }\n',
    );
    expect(spec.teams['b']?.members).toEqual(['U0ALICE', 'U0BOB']);
  });
});

describe('env: values', () => {
  it('are looked up at load, and shown only by name', () => {
    const spec = loaded(acme, env);
    expect(reveal(spec.contacts['alice']?.email ?? '')).toBe('alice@example.com');
    expect(JSON.stringify(spec)).toContain('env:ALICE_EMAIL');
    expect(JSON.stringify(spec) + inspect(spec, { depth: 9 })).not.toContain('alice@example.com');
  });

  it('do not change the hash', () => {
    const one = loadSpec(acme, 'ops.yml', env);
    const other = loadSpec(acme, 'ops.yml', { ALICE_EMAIL: 'alice@example.org' });
    expect(one.ok && other.ok && one.hash === other.hash).toBe(true);
  });

  it('are a fault when they are not set', () => {
    expect(faultsOf(acme)).toEqual([
      "ops.yml:14:12: contacts.alice.email is env:ALICE_EMAIL, which is not set; set ALICE_EMAIL in Mainstay's environment",
    ]);
  });

  it('are not quoted when they are wrong', () => {
    const faults = faultsOf(acme, { ALICE_EMAIL: 'hunter2' });
    expect(faults).toEqual([expect.stringContaining('whose value is wrong; write an e-mail address')]);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('are refused where a value is shown', () => {
    expect(faultsOf('name: env:HOME')).toEqual([
      'ops.yml:1:7: name is "env:HOME"; env: works only for values that are never shown',
    ]);
  });
});

describe('a bad file', () => {
  it('gets all of its faults at once, in the order of the file', () => {
    const text = `\
nam: Acme
timezone: Europe/Pari
teams:
  platform:
    name: 12
    members: [alice, allice]
  dba:
    members: nobody
contacts:
  alice: { name: Alice, phone: +33123456789 }
services:
  web: { name: Web, team: platfrom, runbook: wiki, colour: red }
incident:
  kinds: []
permissions:
  incident.clos: everyone
`;
    expect(faultsOf(text)).toEqual([
      'ops.yml:1:1: name is missing; write a text',
      expect.stringMatching(/^ops\.yml:1:1: nam is an unknown key; allowed: name, timezone, .*; did you mean name\?$/),
      'ops.yml:2:11: timezone is "Europe/Pari"; write a zone such as Europe/Paris or UTC; did you mean Europe/Paris?',
      'ops.yml:5:11: teams.platform.name is the number 12; write a text (in quotes)',
      expect.stringMatching(
        /^ops\.yml:6:22: teams\.platform\.members\.1 is "allice", which is unknown; allowed: a key of contacts, .*; did you mean alice\?$/,
      ),
      'ops.yml:7:3: teams.dba.name is missing; write a text',
      'ops.yml:8:14: teams.dba.members is "nobody"; write a list',
      'ops.yml:10:32: contacts.alice.phone is the number 33123456789; write a text (in quotes)',
      'ops.yml:12:27: services.web.team is "platfrom", which is unknown; allowed: a key of teams (platform, dba); did you mean platform?',
      'ops.yml:12:46: services.web.runbook is "wiki"; write an http:// or https:// address',
      'ops.yml:12:52: services.web.colour is an unknown key; allowed: name, description, team, runbook, dashboard, public',
      'ops.yml:14:10: incident.kinds is an empty list; name at least one kind of incident',
      expect.stringMatching(
        /^ops\.yml:16:3: permissions\.incident\.clos is an unknown key; .*; did you mean incident\.close\?$/,
      ),
    ]);
  });

  it.each([
    ['an empty file', '', '1:1: name is missing'],
    ['a list', '- name', '1:1: the file is a list; write a map of keys'],
    ['YAML that does not close', 'name: A\nteams: {', '2:9: is not YAML: '],
    ['a tab as indentation', 'teams:\n\tplatform: 1', '2:1: is not YAML: Tabs are not allowed as indentation'],
    ['two documents', 'name: A\n---\nname: B', '2:1: is not YAML: '],
    ['a tag', 'name: !ruby/object A', '1:7: is not YAML: Unresolved tag'],
    ['an alias without an anchor', 'name: *who', '1:7: *who is used before any &who is given'],
    ['a key written twice', 'name: A\nname: B', '2:1: name is written twice here; write it once'],
    ['an empty section', 'name: A\nteams:', '2:7: teams is empty; write a map of keys'],
    ['an empty text', 'name: ""', '1:7: name is empty; write a text'],
    ['a bad key', 'name: A\nteams:\n  Big Team: { name: B }', '3:3: teams.Big Team is "Big Team"; a key is lower-case'],
    ['a fixed offset', 'name: A\ntimezone: "+02:00"', '2:11: timezone is "+02:00"; write a zone'],
    [
      'a kind no menu of Slack can show',
      `name: A\nincident: { kinds: [${'k'.repeat(76)}] }`,
      `2:21: incident.kinds.0 is "${'k'.repeat(76)}"; a kind of incident has at most 75 characters`,
    ],
    ['a key of the language', 'name: A\nconstructor: 1', '2:1: constructor is an unknown key'],
    [
      'a member named like one',
      'name: A\nteams: { a: { name: A, members: [constructor] } }',
      '2:34: teams.a.members.0 is "constructor", which is unknown',
    ],
  ])('says where and why of %s', (_what, text, fault) => {
    expect(faultsOf(text)).toContainEqual(expect.stringContaining(`ops.yml:${fault}`));
  });

  it.each([
    ['responseTime: 15', 'responseTime is wrong: "15" has no unit; write a whole number and a unit'],
    ['responseTime: soon', 'responseTime is wrong: "soon" is not a duration'],
    ['updateEvery: 15M', 'updateEvery is wrong: "15M" is not a duration'],
    ['meaning: m', 'responseTime is missing; write a duration such as 15m or 48h'],
    ['postmortem: { due: 2 days }', 'postmortem.due is wrong: "2 days" is not a duration'],
    ['announce: [Big News]', 'announce.0 is "Big News"; a channel is a name in lower-case letters'],
    ['invite: [nobody]', 'invite.0 is "nobody", which is unknown; allowed: a key of teams'],
  ])('explains a severity with %s', (line, says) => {
    expect(faultsOf(`name: A\nseverities:\n  SEV1: { ${line} }`)).toContainEqual(
      expect.stringContaining(`severities.SEV1.${says}`),
    );
  });

  it('must give all four severities once it gives one', () => {
    const faults = faultsOf('name: A\nseverities:\n  SEV1: { meaning: m, responseTime: 15m }\n  SEV5: {}');
    expect(faults).toEqual([
      'ops.yml:2:1: severities.SEV2 is missing; write a map of keys',
      'ops.yml:2:1: severities.SEV3 is missing; write a map of keys',
      'ops.yml:2:1: severities.SEV4 is missing; write a map of keys',
      expect.stringContaining('ops.yml:4:3: severities.SEV5 is an unknown key; allowed: SEV1, SEV2, SEV3, SEV4'),
    ]);
  });

  it.each([
    ['everybody', 'is "everybody"; allowed: everyone; did you mean everyone?; or is "everybody"; write a map of keys'],
    ['{ teams: platform }', 'teams is "platform"; write a list'],
    ['{}', 'names nobody; write everyone, or list teams, groups or users'],
    ['{ teams: [x] }', 'teams.0 is "x", which is unknown; allowed: a key of teams'],
    [
      '{ users: [x] }',
      'users.0 is "x", which is unknown; allowed: a key of contacts, a Slack user id such as U0123ABCD',
    ],
    ['{ groups: [x] }', 'groups.0 is "x"; a Slack user group has an id such as S0123ABCD'],
    ['{ groups: [S0DBAS], team: [x] }', 'team is an unknown key; allowed: teams, groups, users; did you mean teams?'],
  ])('explains the permission %s', (rule, says) => {
    expect(faultsOf(`name: A\npermissions: { incident.close: ${rule} }`)).toContainEqual(
      expect.stringContaining(
        `permissions.incident.close${says.startsWith('is') || says.startsWith('names') ? ' ' : '.'}${says}`,
      ),
    );
  });

  it('is read on after a key that is written twice', () => {
    expect(faultsOf('name: A\nname: B\ntimezone: 5')).toEqual([
      'ops.yml:2:1: name is written twice here; write it once',
      'ops.yml:3:11: timezone is the number 5; write a text (in quotes)',
    ]);
  });

  it('cannot grow without bounds through its aliases', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const below =
        level === 0
          ? 'x'
          : Array(9)
              .fill(`*l${level - 1}`)
              .join(', ');
      return `l${level}: &l${level} [${below}]`;
    });
    expect(faultsOf(levels.join('\n'))).toEqual(['ops.yml:1:1: the file uses * too often; write values out']);
  });
});
