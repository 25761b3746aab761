import { z } from 'zod';
import { callerOf } from '../caller.ts';
import type { EdgeDeps } from '../deps.ts';
import type { EventCall, EventListener } from '../registry.ts';
import type { Verbs } from '../verbs.ts';

const PUSHPIN = 'pushpin';

const reactionSchema = z.object({
  user: z.string(),
  reaction: z.string(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
});

/** A pushpin on a message of an incident's channel holds it on the timeline; taking it back lets go. */
function pushpin(type: 'reaction_added' | 'reaction_removed', verb: 'pinMessage' | 'unpinMessage'): EventListener {
  return { type, run: (call, deps) => onReaction(call, deps, verb) };
}

async function onReaction(
  { event, requestKey }: EventCall,
  deps: EdgeDeps,
  verb: keyof Pick<Verbs, 'pinMessage' | 'unpinMessage'>,
): Promise<void> {
  const { user, reaction, item } = reactionSchema.parse(event);
  const { channel, ts } = item;
  // Files and their comments take reactions too; they are on no timeline.
  if (reaction !== PUSHPIN || channel === undefined || ts === undefined) return;
  const meant = await deps.verbs.findIncident({ number: null, channel });
  if (!meant.ok || meant.value === null) return;
  const caller = await callerOf(user, requestKey, 'incident.update', deps);
  const outcome = await deps.verbs[verb](caller, { number: meant.value.number, channel, ts, by: user });
  if (!outcome.ok) {
    const { code } = outcome.refusal;
    deps.log.info({ req: requestKey, incident: `INC-${meant.value.number}`, code }, 'a pushpin changed nothing');
  }
}

export const pushpins: readonly EventListener[] = [
  pushpin('reaction_added', 'pinMessage'),
  pushpin('reaction_removed', 'unpinMessage'),
];
