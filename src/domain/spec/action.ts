import type { DataAction } from './data-action.ts';
import type { Milliseconds } from './duration.ts';
import type { TargetKind } from './target.ts';

/** What is known of an action without running it. Its input is in `DutyAction`, the shape it is written in in src/spec/actions.ts. */
interface ActionKind {
  /** What it does, as a sentence. */
  readonly does: string;
  /** The kinds of target it works on; null where it works on none. */
  readonly targets: readonly TargetKind[] | null;
  /** What somebody must be allowed who has it run, beside what the duty itself asks. */
  readonly permission: 'duty.run';
  /** How long it may take unless its duty says otherwise. */
  readonly timeout: Milliseconds;
  /** Whether it changes anything where it runs. */
  readonly changes: boolean;
  /** What its output holds, finishing "The output is ...". */
  readonly output: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What automated duties can do. */
export const ACTIONS = {
  'http.get': {
    does: 'Asks an address below the target and holds the answer against what is right.',
    targets: ['http'],
    permission: 'duty.run',
    timeout: 10 * SECOND,
    changes: false,
    output: 'the status, how long the answer took, and its first lines',
  },
  'sql.query': {
    does: 'Asks the target, and can change nothing there.',
    targets: ['postgres', 'sqlite'],
    permission: 'duty.run',
    timeout: 30 * SECOND,
    changes: false,
    output: 'the rows as a table',
  },
  'command.run': {
    does: "Runs a program in the target's folder; it has failed when it ends with anything but 0.",
    targets: ['repository'],
    permission: 'duty.run',
    timeout: 10 * MINUTE,
    changes: true,
    output: 'what the command wrote, and how it ended',
  },
  'spec.validate': {
    does: 'Reads the spec file on disk, as the next reload would.',
    targets: null,
    permission: 'duty.run',
    timeout: 30 * SECOND,
    changes: false,
    output: 'the name and the hash of the spec on disk, or its faults as file:line:column',
  },
  'digest.post': {
    does: "Posts a team's digest.",
    targets: null,
    permission: 'duty.run',
    timeout: MINUTE,
    changes: true,
    output: 'the team whose digest was posted',
  },
  'db.maintain': {
    does: 'Keeps tables and indexes in order, without locking anybody out.',
    targets: ['postgres', 'sqlite'],
    permission: 'duty.run',
    timeout: 60 * MINUTE,
    changes: true,
    output: 'each step with its time, each table and index before and after, and what was cleaned up',
  },
  'db.report': {
    does: 'Reports what deserves a look.',
    targets: ['postgres'],
    permission: 'duty.run',
    timeout: 5 * MINUTE,
    changes: false,
    output: 'connections, slow queries, indexes and tables, section by section',
  },
  prune: {
    does: 'Deletes the rows a query names.',
    targets: ['postgres', 'sqlite'],
    permission: 'duty.run',
    timeout: 10 * MINUTE,
    changes: true,
    output: 'how many rows there were to delete, a few of their keys, and how many are deleted',
  },
  'files.prune': {
    does: "Deletes old files below the target's folder.",
    targets: ['files'],
    permission: 'duty.run',
    timeout: 10 * MINUTE,
    changes: true,
    output: 'how many files there were to delete, how large they were, and which',
  },
} as const satisfies Record<string, ActionKind>;

export type ActionName = keyof typeof ACTIONS;

export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

/**
 * What an automated duty does, with every argument it needs; `target` is a key of the spec's `targets`. Nothing in here
 * comes from anywhere but the spec.
 */
export type DutyAction = { timeout: Milliseconds } & ActionArguments;

type ActionArguments =
  | {
      action: 'http.get';
      target: string;
      /** Follows the target's address. */
      path: string;
      status: number;
      /** Words the answer must hold. */
      contains?: string;
    }
  | {
      action: 'command.run';
      target: string;
      /** The program and its arguments, as they are given to it: no shell reads them. */
      argv: string[];
      /** Variables of Mainstay's environment that it is given, beside those every program needs. */
      environment: string[];
    }
  | { action: 'spec.validate' }
  | { action: 'digest.post' /** Key of the team. */; team: string }
  | DataAction;

/** The input of one action: the duty's `run` as the spec has it. */
export type ActionInput<Name extends ActionName = ActionName> = Extract<DutyAction, { action: Name }>;
