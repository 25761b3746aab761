import { drillShown } from '../blocks/drill-lists.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer } from './registry.ts';

/** One drill as it is now, with its ladder and what happened to it. */
export async function drillAnswer({ verbs }: EdgeDeps, number: number): Promise<Answer> {
  const shown = await verbs.showDrill(number);
  return shown.ok ? drillShown(shown.value.drill, shown.value.events) : refusalAnswer(shown.refusal.message);
}
