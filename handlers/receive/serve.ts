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

/** Works on one payload, answers it in time, and says in log and figures how it went. */
export async function serve<Answer>(reception: Reception, serving: Serving<Answer>): Promise<void> {
  const { received, reply, work, failed, isRefusal } = serving;
  const begun = performance.now();
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
  const { kind, name, key: req } = received;
  reception.deps.log.info({ req, kind, name, outcome }, 'a request of Slack was answered');
  reception.count(kind, outcome, (performance.now() - begun) / 1000);
}
