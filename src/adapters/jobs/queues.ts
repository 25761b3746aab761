import type { Queue } from 'pg-boss';
import type { QueueName } from '../../usecases/jobs-port.ts';

const DAY = 86_400;

/** Retries are ended by what a job decides, from the age of what it does; the queue itself never gives up. */
const ENDLESS = 1_000_000_000;

/**
 * The queues and their rules. A job that failed for good would block its lane in a `key_strict_fifo` queue until somebody
 * deleted it: `slack` has endless retries and its jobs end as done whatever became of the promise.
 */
export const QUEUES: Record<QueueName, Omit<Queue, 'name'>> = {
  slack: {
    policy: 'key_strict_fifo',
    notify: true,
    retryLimit: ENDLESS,
    // Only after a fault of our own; a refusal by Slack says itself when to try again.
    retryDelay: 2,
    retryBackoff: false,
    deleteAfterSeconds: 300,
  },
  actions: {
    // One attempt of a duty at a time. What an interrupted one comes to is decided by the run, not by the queue.
    policy: 'key_strict_fifo',
    notify: true,
    retryLimit: ENDLESS,
    retryDelay: 2,
    retryBackoff: false,
    // An action ends itself when its time is up, which is at most half of this.
    expireInSeconds: DAY,
    deleteAfterSeconds: DAY,
  },
  pages: {
    // What is sent by one way of one page goes in order. That an attempt came to nothing is decided by its job.
    policy: 'key_strict_fifo',
    notify: true,
    retryLimit: ENDLESS,
    retryDelay: 2,
    retryBackoff: false,
    deleteAfterSeconds: DAY,
  },
  backups: {
    // Of one target one is made at a time, in all processes together. How often one is tried is decided by its run.
    policy: 'key_strict_fifo',
    notify: true,
    retryLimit: ENDLESS,
    retryDelay: 10,
    retryBackoff: false,
    // One that stands still is ended long before; this only bounds what nobody thought of.
    expireInSeconds: DAY,
    deleteAfterSeconds: DAY,
  },
  drills: {
    // Taken by drill workers only. Of one backup one is made at a time; what an interrupted one comes to is decided by its run.
    policy: 'key_strict_fifo',
    notify: true,
    retryLimit: ENDLESS,
    retryDelay: 10,
    retryBackoff: false,
    expireInSeconds: DAY,
    deleteAfterSeconds: DAY,
  },
  upkeep: {
    policy: 'standard',
    notify: true,
    // One of a process that is gone is done by the next minute under another key, or by this one.
    retryLimit: 3,
    retryDelay: 60,
    retryBackoff: true,
    // Days of backups are read in one.
    expireInSeconds: DAY,
    deleteAfterSeconds: 2 * DAY,
  },
  'each-minute': { policy: 'standard', notify: true, retryLimit: 0, deleteAfterSeconds: 2 * DAY },
  daily: {
    policy: 'standard',
    notify: true,
    retryLimit: 20,
    retryDelay: 60,
    retryBackoff: true,
    retryDelayMax: 3600,
    // The row of a day that was done is what keeps it from being done again.
    deleteAfterSeconds: 3 * DAY,
  },
};

/** Of one key one job in this time: long enough that every process of a day sees the row of the first. */
export const ONCE_SECONDS = DAY;
