import { judgeOwn } from '../../domain/own/judge.ts';
import { inTime } from '../in-time.ts';
import type { Logger } from '../log.ts';
import type { OwnReport, OwnSources } from '../own-port.ts';
import { sharedAnswer } from '../shared-answer.ts';

/** However many ask, Mainstay is measured about once a second; in milliseconds. */
const FRESH = 1_000;
/** A database that has not answered within this time counts as away, in milliseconds. */
const PATIENCE = 2_000;

/** Measures and judges Mainstay itself; several that ask at once, or soon after each other, share one look. Never throws. */
export function lookAtOwn(sources: OwnSources, log: Logger): () => Promise<OwnReport> {
  // One that hangs is asked once, not at every look.
  const askDatabase = sharedAnswer(0, sources.elapsed, async () => {
    try {
      return await sources.database();
    } catch (err) {
      log.warn({ err }, 'the database did not say how Mainstay is');
      return null;
    }
  });
  return sharedAnswer(FRESH, sources.elapsed, async () => {
    const [database, disks] = await Promise.all([inTime(askDatabase(), PATIENCE), sources.disks()]);
    const facts = {
      slack: sources.slack(),
      database,
      slackAheadMs: sources.slackAheadMs(),
      disks,
      sinceTickMs: sources.sinceTickMs(),
      spec: sources.spec(),
    };
    return { facts, health: judgeOwn(facts) };
  });
}
