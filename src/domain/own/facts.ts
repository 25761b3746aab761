/** Where Mainstay itself writes. */
export type DiskPlace = 'home' | 'logs';

/** Room on one disk, in bytes. */
export interface DiskFacts {
  readonly place: DiskPlace;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** Jobs of one queue that could begin now and were not begun; the oldest for so long, in milliseconds. */
interface DueJobs {
  readonly queue: string;
  readonly count: number;
  /** Jobs of the same queue that were begun and have not ended. */
  readonly underWay: number;
  readonly oldestMs: number;
}

/** What the database says when it answers. All instances see the same, but for the first two. */
export interface DatabaseFacts {
  /** How long the answer took, in milliseconds. */
  readonly answerMs: number;
  /** How far its clock is ahead of ours, in milliseconds; negative when it is behind. */
  readonly aheadMs: number;
  readonly deliveries: {
    readonly pending: number;
    readonly undeliverable: number;
    /** For how long the oldest pending one waits, in milliseconds; null when none does. */
    readonly oldestMs: number | null;
  };
  readonly jobs: readonly DueJobs[];
  /** Instances that were alive a moment ago, and how many of them do not run the spec in force. */
  readonly instances: { readonly alive: number; readonly behind: number };
}

/** How Slack reaches this instance. */
export interface SlackFacts {
  readonly mode: 'http' | 'socket';
  /** `listening` is HTTP's only state; the others are the socket's. */
  readonly state: 'listening' | 'connecting' | 'connected' | 'disconnected';
  /** For how long it is in that state, in milliseconds. */
  readonly stateForMs: number;
  /** Since anything last came in, in milliseconds; null when nothing did. */
  readonly lastEventAgeMs: number | null;
}

/** Everything this instance can measure about itself, at one instant. */
export interface OwnFacts {
  readonly slack: SlackFacts;
  /** Null: it does not answer. */
  readonly database: DatabaseFacts | null;
  /** How far Slack's clock is ahead of ours, in milliseconds, good to a second; null when Slack did not say of late. */
  readonly slackAheadMs: number | null;
  readonly disks: readonly DiskFacts[];
  /** Since this instance last did what it does each minute, in milliseconds; null when that is others' work. */
  readonly sinceTickMs: number | null;
  /** The operations spec that runs here. */
  readonly spec: { readonly name: string; readonly hash: string };
}
