import type { Incident } from './state.ts';

export type PostmortemStage = 'half-time' | 'due' | 'overdue';

/** What is to be said about a post-mortem that is owed, and why. */
export type PostmortemReminder =
  | { readonly say: null; readonly reason: 'not-owed' | 'too-early' | 'said-already' }
  | { readonly say: PostmortemStage; readonly reason: 'stage-reached'; readonly dueAt: string };

const STAGES: readonly PostmortemStage[] = ['half-time', 'due', 'overdue'];

/**
 * A post-mortem is asked for at half its time, when it is due, and once more half of that time later. A stage that was
 * missed while Mainstay was down is skipped when a later one is reached.
 */
export function postmortemReminder(incident: Incident, now: Date): PostmortemReminder {
  const { status, resolvedAt, postmortemDueAt, postmortemReminded } = incident;
  if (status !== 'resolved' || resolvedAt === null || postmortemDueAt === null)
    return { say: null, reason: 'not-owed' };
  const stage = stageReached(Date.parse(resolvedAt), Date.parse(postmortemDueAt), now.getTime());
  if (stage === null) return { say: null, reason: 'too-early' };
  const said = postmortemReminded === null ? -1 : STAGES.indexOf(postmortemReminded);
  if (STAGES.indexOf(stage) <= said) return { say: null, reason: 'said-already' };
  return { say: stage, reason: 'stage-reached', dueAt: postmortemDueAt };
}

function stageReached(resolved: number, due: number, now: number): PostmortemStage | null {
  const half = (due - resolved) / 2;
  if (now >= due + half) return 'overdue';
  if (now >= due) return 'due';
  return now >= due - half ? 'half-time' : null;
}
