import { answerInTime, type Reply } from '../ack.ts';
import type { Received } from '../errors.ts';
import type { Outcome, Reception } from './context.ts';

/** One payload: how it can be answered, what is done about it, and how a failure or a refusal looks as an answer. */
export interface Serving<Answer> {
  readonly received: Received;
  readonly reply: Reply<Answer>;
  work(): Promise<Answer>;
  failed(sentence: string): Answer;
  isRefusal(answer: Answer): boolean;
}

/** Works on one payload, answers it in time and counts how it went. */
export async function serve<Answer>(reception: Reception, serving: Serving<Answer>): Promise<void> {
  const { received, reply, work, failed, isRefusal } = serving;
  let outcome: Outcome = 'done';
  await answerInTime(
    reply,
    async () => {
      const answer = await work();
      if (isRefusal(answer)) outcome = 'refused';
      return answer;
    },
    (error) => {
      outcome = 'failed';
      return failed(reception.explain(error, received));
    },
    reception.patience,
  );
  reception.count(received.kind, outcome);
}
