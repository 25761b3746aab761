/** Slack's limit is 3 s; a second is left for the way. Milliseconds. */
export const PATIENCE = 2_000;

/** The ways in which one kind of payload can be answered. */
export interface Reply<Answer> {
  /** The acknowledgement carries the answer. */
  now(answer: Answer): Promise<void>;
  /** The acknowledgement that comes before the answer is known. */
  early(): Promise<void>;
  /** The answer that follows an early acknowledgement. */
  later(answer: Answer): Promise<void>;
}

/**
 * An acknowledgement means durable (DESIGN 3.3): it is sent when the work is committed and carries its answer. Work that takes
 * longer than `patience` milliseconds is acknowledged as still going on, once, and its answer follows. What the work throws
 * becomes the answer that `explain` finds for it.
 */
export async function answerInTime<Answer>(
  reply: Reply<Answer>,
  work: () => Promise<Answer>,
  explain: (error: unknown) => Answer,
  patience: number,
): Promise<void> {
  const acknowledged: Promise<void>[] = [];
  const guard = setTimeout(() => acknowledged.push(reply.early()), patience);
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    answer = explain(error);
  } finally {
    clearTimeout(guard);
  }
  if (acknowledged.length === 0) return reply.now(answer);
  await Promise.all(acknowledged);
  return reply.later(answer);
}
