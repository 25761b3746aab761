import type { Pool } from 'pg';
import type { ActionJob, BackupJob, DrillJob, PageJob } from '../../usecases/jobs-port.ts';
import { jsonText } from './canonical.ts';
import { isConflict, surfaced } from './faults.ts';
import { inTransaction, rowsOf, type Session } from './session.ts';
import type { StoreTx } from './transaction.ts';
import { type PromisedDelivery, writeAll } from './write.ts';

/** The queue, as the store sees it: told within the transaction which deliveries were promised, which actions are to run, which pages to be sent, which backups to be made and which to be drilled. */
export interface DeliveryQueue {
  enqueue(
    tx: Session,
    promises: readonly PromisedDelivery[],
    actions?: readonly ActionJob[],
    pages?: readonly PageJob[],
    backups?: readonly BackupJob[],
    drills?: readonly DrillJob[],
  ): Promise<void>;
}

/** Losing against another writer this often in a row is no coincidence. */
const ATTEMPTS = 5;

/** The request was answered by somebody else while this transaction did the same: it is rolled back. */
class AnsweredMeanwhile extends Error {}

/**
 * Runs `work` in a transaction and writes what it saved, with its answer, in one statement (see `Store.once`). Work
 * that lost against another writer is run again: it must do nothing but ask and save through its transaction.
 *
 * @param finish what else happens in the transaction after everything was written
 * @throws DatabaseUnavailable when the connection could not be had or broke
 */
export async function once<Answer, T extends StoreTx>(
  pool: Pool,
  queue: DeliveryQueue,
  requestKey: string | null,
  open: (session: Session) => T,
  work: (tx: T) => Promise<Answer>,
  finish: (tx: T) => Promise<void> = async () => {},
): Promise<Answer> {
  const earlier = () => (requestKey === null ? Promise.resolve(null) : answerTo<Answer>(pool, requestKey));
  const attempt = async (): Promise<Answer> => {
    const known = await earlier();
    if (known !== null) return known.answer;
    const { answer, saved } = await inTransaction(pool, async (session) => {
      const tx = open(session);
      const answer = await work(tx);
      if (tx.saved === null) return { answer, saved: false };
      await tx.lockAll(tx.saved.events.map((event) => event.subject));
      const request = requestKey === null ? null : { key: requestKey, answer: jsonText(answer) };
      const promised = await writeAll(session, tx.saved, tx.heads, request);
      if (promised === null) throw new AnsweredMeanwhile();
      const { actions = [], pageJobs = [], backupJobs = [], drillJobs = [] } = tx.saved;
      const jobs = promised.length + actions.length + pageJobs.length + backupJobs.length + drillJobs.length;
      if (jobs > 0) await queue.enqueue(session, promised, actions, pageJobs, backupJobs, drillJobs);
      await finish(tx);
      return { answer, saved: true };
    });
    // Work that wrote nothing may have been refused because its own twin had just done it: then that is the answer.
    return saved ? answer : ((await earlier())?.answer ?? answer);
  };
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof AnsweredMeanwhile || isConflict(error);
      if (!again || count === ATTEMPTS) throw surfaced(error);
    }
  }
}

/** The answer that a request was given, if it was. */
async function answerTo<Answer>(pool: Pool, key: string): Promise<{ answer: Answer } | null> {
  const [row] = await rowsOf<{ answer: Answer }>(pool, 'select answer from "Request" where key = $1', [key]);
  return row ?? null;
}
