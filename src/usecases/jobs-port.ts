/** What a job of each queue says. */
export interface QueueData {
  /** The next promise of this lane is to be kept. */
  slack: { readonly lane: string };
  /** This attempt of this run is to be made. */
  actions: { readonly run: number; readonly attempt: number };
  /** This attempt of this page is to be sent, by e-mail or to a webhook. */
  pages: { readonly page: number; readonly attempt: number };
  /** `key` is the minute, as an ISO string in UTC: look at what is due now. */
  /** This backup is to be made. */
  backups: { readonly backup: number };
  /** This drill is to be made, by a process that has an identity. */
  drills: { readonly drill: number };
  /** What is due about backups that were made (`Upkeep.key`). */
  upkeep: { readonly key: string };
  'each-minute': { readonly key: string };
  /** `key` is the day in UTC, YYYY-MM-DD. */
  daily: { readonly key: string };
}

/** An attempt for the queue. Of one lane one is made at a time, in all processes together: a duty is no two at once. */
export interface ActionJob extends Readonly<QueueData['actions']> {
  readonly lane: string;
}

/** An attempt to reach somebody outside Slack. Of one lane one is made at a time. */
export interface PageJob extends Readonly<QueueData['pages']> {
  readonly lane: string;
}

/** A backup for the queue. Of one lane one is made at a time: of one target no two at once. */
export interface BackupJob extends Readonly<QueueData['backups']> {
  readonly lane: string;
}

/** A drill for the queue. Of one lane one is made at a time. */
export interface DrillJob extends Readonly<QueueData['drills']> {
  readonly lane: string;
}

export type QueueName = keyof QueueData;

/** `again` puts the job back in its place: its lane waits for it, other lanes go on. */
export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly seconds: number; readonly reason: string };

/**
 * Runs one job. `signal` is aborted when this process can no longer be sure that the job is its own: nothing new may be
 * started then. A throw is a fault: the job is run again as its queue says.
 */
export type JobHandler<Q extends QueueName> = (data: QueueData[Q], signal: AbortSignal) => Promise<JobOutcome>;

/** The queue, as those see it who work on it. */
export interface JobWorkers {
  /** Starts `parallel` workers; of jobs with one lane only one runs at a time, in all processes together. */
  work<Q extends QueueName>(queue: Q, parallel: number, run: JobHandler<Q>): Promise<void>;
  /** Takes no new job, waits a while for those that run, and gives back the rest. */
  stop(): Promise<void>;
}

/** Queues whose jobs are sent once for each key, whichever process is first. */
type OnceQueue = Exclude<QueueName, 'slack' | 'actions' | 'pages' | 'backups' | 'drills'>;

export interface JobSender {
  /** Sends the job unless one with this key was sent before, in whatever process. @throws DatabaseUnavailable */
  sendOnce(queue: OnceQueue, key: string): Promise<void>;
}
