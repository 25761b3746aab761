import { specHistoryMessage, specLoadMessage } from '../blocks/spec-history.ts';
import { otherFile, reloadedAnswer, reloadPreview } from '../blocks/spec-reload.ts';
import { specMessage } from '../blocks/spec-show.ts';
import { nearest } from '../src/domain/text/nearest.ts';
import type { Caller } from '../src/usecases/ports.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, Subcommand } from './registry.ts';

const WORDS = ['show', 'reload', 'history'];

/** `/ops spec`: what runs, what the file holds beside it, and what was in force when. */
export const opsSpec: Subcommand = {
  verb: 'spec',
  usage: '[show | reload | history [4]]',
  help: 'Shows the operations spec that runs, puts the file into force after you saw what changes, or shows what was in force when.',
  permission: 'ops.spec',
  async run({ caller, rest }, deps) {
    const [word = 'show', argument, ...more] = rest
      .toLowerCase()
      .split(/\s+/)
      .filter((part) => part !== '');
    if (word === 'history' && more.length === 0) return history(deps, argument);
    if (argument === undefined && word === 'show') return specMessage(await deps.verbs.showSpec());
    if (argument === undefined && word === 'reload') return ask(deps, caller);
    const meant = nearest(word, WORDS);
    const guess = meant === undefined || meant === word ? '' : ` Did you mean \`/ops spec ${meant}\`?`;
    return refusalAnswer(
      `"${rest}" is nothing \`/ops spec\` does. Type \`/ops spec show\`, \`/ops spec reload\` or \`/ops spec history\`.${guess}`,
    );
  },
};

/** Shows what a reload would bring; the button below it does it. */
async function ask({ verbs }: EdgeDeps, caller: Caller): Promise<Answer> {
  const asked = await verbs.askReload(caller);
  if (!asked.ok) return refusalAnswer(asked.refusal.message);
  return { ...reloadPreview(asked.value), refused: asked.value.kind === 'faults' };
}

/** Puts the file into force, if it is still the one whose hash was shown. */
export async function agreedReload({ verbs }: EdgeDeps, caller: Caller, hash: string): Promise<Answer> {
  const reloaded = await verbs.reloadSpec(caller, hash);
  if (!reloaded.ok) return refusalAnswer(reloaded.refusal.message);
  const result = reloaded.value;
  if (result.kind === 'in-force') return { text: reloadedAnswer(result) };
  const shown = result.why === 'faults' ? reloadPreview(result.preview) : otherFile(result.preview);
  return { ...shown, refused: true };
}

async function history({ verbs }: EdgeDeps, typed: string | undefined): Promise<Answer> {
  const loads = await verbs.specHistory();
  if (typed === undefined) return specHistoryMessage(loads);
  const seq = Number(/^(?:spec#)?(\d+)$/.exec(typed)?.[1]);
  const load = loads.find((one) => one.seq === seq);
  if (load !== undefined) return specLoadMessage(load);
  return refusalAnswer(
    `"${typed}" is no entry. \`/ops spec history\` shows them; type one as \`/ops spec history 4\`.`,
  );
}
