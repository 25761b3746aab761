import type { Caller } from '../src/usecases/ports.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** Tries an undeliverable message again, asked for by command or by button. `id` is the number of its reference. */
export async function retryAnswer({ verbs }: EdgeDeps, caller: Caller, id: string): Promise<Answer> {
  const retried = await verbs.retryPromise(caller, { id });
  return retried.ok
    ? { text: `\`D-${id}\` is tried again. \`/ops queue\` shows what comes of it.` }
    : refusalAnswer(retried.refusal.message);
}
