/** A process of its own that takes one job of the queue `slack` and never finishes it. Its argument is the database. */
import { pino } from 'pino';
import { openQueue } from '../../../src/adapters/jobs/boss.ts';
import { startWorkers } from '../../../src/adapters/jobs/workers.ts';

const url = process.argv[2] ?? '';
const log = pino({ level: 'silent' });
const workers = startWorkers(await openQueue(url, { keep: true, log }), { url, log });
await workers.work('slack', 1, ({ lane }) => {
  process.send?.(lane);
  return new Promise(() => {});
});
process.send?.('ready');
