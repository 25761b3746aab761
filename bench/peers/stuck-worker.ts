import { openQueue } from '../../src/adapters/jobs/boss.ts';
import { startWorkers } from '../../src/adapters/jobs/workers.ts';
import { quiet } from '../quiet.ts';

// Takes one job and never finishes it: whoever kills this process wants to see the job taken over.
const [, , url] = process.argv;
const queue = await openQueue(url ?? '', { keep: true, log: quiet });
const workers = startWorkers(queue, { url: url ?? '', log: quiet });
await workers.work('slack', 1, async () => {
  process.send?.({ port: 0 });
  return new Promise<never>(() => {});
});
