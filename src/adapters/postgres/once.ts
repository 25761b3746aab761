import { jsonText } from './canonical.ts';
import type { Database, TransactionClient } from './client.ts';
import { isConflict, surfaced } from './faults.ts';
import type { StoreTx } from './transaction.ts';
import { type PromisedDelivery, writeAll } from './write.ts';

/** The queue, as the store sees it: told within the transaction which deliveries were promised. */
export interface DeliveryQueue {
  enqueue(tx: TransactionClient, promises: readonly PromisedDelivery[]): Promise<void>;
}

/** A verb waits for other writers of its chains, never for the network: a transaction this long is stuck. */
const TRANSACTION_MS = 15_000;
/** How long to wait for a connection when all are in use. */
const CONNECTION_MS = 5_000;
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
  { prisma }: Database,
  queue: DeliveryQueue,
  requestKey: string | null,
  open: (client: TransactionClient) => T,
  work: (tx: T) => Promise<Answer>,
  finish: (tx: T) => Promise<void> = async () => {},
): Promise<Answer> {
  const earlier = () => (requestKey === null ? Promise.resolve(null) : answerTo<Answer>(prisma, requestKey));
  const attempt = async (): Promise<Answer> => {
    const known = await earlier();
    if (known !== null) return known.answer;
    const { answer, saved } = await prisma.$transaction(
      async (client) => {
        const tx = open(client);
        const answer = await work(tx);
        if (tx.saved === null) return { answer, saved: false };
        await tx.lock(tx.saved.events.map((event) => event.subject));
        const request = requestKey === null ? null : { key: requestKey, answer: jsonText(answer) };
        const promised = await writeAll(client, tx.saved, tx.heads, request);
        if (promised === null) throw new AnsweredMeanwhile();
        if (promised.length > 0) await queue.enqueue(client, promised);
        await finish(tx);
        return { answer, saved: true };
      },
      { maxWait: CONNECTION_MS, timeout: TRANSACTION_MS },
    );
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
async function answerTo<Answer>(client: TransactionClient, key: string): Promise<{ answer: Answer } | null> {
  const [row] = await client.$queryRaw<{ answer: Answer }[]>`select answer from "Request" where key = ${key}`;
  return row ?? null;
}
