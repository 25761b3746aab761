import { parseWhen } from '../../src/domain/duty/parse-when.ts';
import type { When } from '../../src/domain/duty/when.ts';
import type { ActionInput } from '../../src/domain/spec/action.ts';
import type { Duty } from '../../src/domain/spec/duty.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { alice, bob, charlie, incidentSpec } from './incident-spec.ts';

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A `when` as the spec writes it. */
export function when(written: Record<string, unknown>): When {
  const read = parseWhen(written);
  if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('; '));
  return read.value;
}

/** A daily look at the backups, in Paris: a team of Alice's, who escalates to Bob and then to Charlie. */
export function aDuty(duty: Partial<Duty> = {}): Duty {
  return {
    key: 'backups',
    title: 'Backup verification',
    when: when({ every: 'day', at: '09:00' }),
    owner: 'dba',
    type: 'preventive',
    grace: 4 * HOUR,
    announceBefore: null,
    checklist: ['Backups completed', 'Integrity checked'],
    evidence: 'optional',
    evidenceKinds: ['text', 'link', 'file'],
    controls: ['ISO27001-A.8.13'],
    clause: [{ document: '004', from: 49, to: 49 }],
    satisfies: [],
    onHoliday: 'keep',
    onFreeze: 'keep',
    permission: 'everyone',
    ...duty,
  };
}

/** Something that only looks, and something that changes what it works on. */
export const LOOK: ActionInput<'http.get'> = {
  action: 'http.get',
  target: 'api',
  path: '/health',
  status: 200,
  timeout: 10_000,
};
export const CHANGE: ActionInput<'command.run'> = {
  action: 'command.run',
  target: 'scripts',
  argv: ['python', 'clean.py'],
  environment: [],
  timeout: 10 * MINUTE,
};

export function specWith(...duties: readonly Duty[]): OperationsSpec {
  return {
    ...incidentSpec,
    teams: {
      ...incidentSpec.teams,
      dba: {
        name: 'Database team',
        channel: 'dba',
        members: ['alice'],
        escalation: ['vendor', 'bob', charlie],
        managers: false,
      },
      silent: { name: 'Team without a channel', members: [bob], escalation: [], managers: false },
    },
    targets: {
      api: { kind: 'http', title: 'SSOT API', url: 'http://127.0.0.1:9' },
      gone: { kind: 'http', title: 'Old API', notConnected: 'It was switched off.' },
      scripts: { kind: 'repository', title: 'Scripts', url: '/srv/scripts' },
    },
    duties: [...duties],
  };
}

export const person = { alice, bob, charlie };
