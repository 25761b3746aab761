import type { AnchorEvent } from '../../domain/audit/events.ts';
import { ANCHOR_SUBJECT } from '../../domain/event.ts';
import type { AnchorFile, AuditLog } from '../audit-port.ts';
import type { Clock, SpecSource } from '../ports.ts';

export interface AnchorDeps {
  readonly log: AuditLog;
  readonly published: AnchorFile;
  readonly clock: Clock;
  readonly spec: SpecSource;
}

/** What became of the day's anchor. */
export type Anchored =
  /** `heads` chains moved since the anchor before. */
  | { readonly kind: 'taken'; readonly anchor: number; readonly root: string; readonly heads: number }
  /** Nothing was written since the last anchor. */
  | { readonly kind: 'unchanged' };

const ACTOR = { kind: 'system', job: 'audit-anchor' } as const;

/**
 * Takes the anchor of the day: the Merkle root over the heads that moved since the last one, as an event of the chain
 * ANCHOR, and publishes it outside the database: a line in the file and a post to the operators. Asked again on the same
 * day (UTC) it only writes lines that a crash left out.
 *
 * @throws when the file holds anchors that the log does not: then somebody cut the log off, or restored a backup
 */
export async function takeAnchor(deps: AnchorDeps): Promise<Anchored> {
  const now = deps.clock.now();
  const day = now.toISOString().slice(0, 'YYYY-MM-DD'.length);
  const anchored = await deps.log.once<Anchored>(`anchor:${day}`, async (tx) => {
    const before = await tx.lock(ANCHOR_SUBJECT);
    const heads = await tx.movedHeads();
    if (heads.length === 0) return { kind: 'unchanged' };
    const root = deps.log.rootOf(heads);
    const body: AnchorEvent = { kind: 'anchor.taken', root, heads };
    const at = now.toISOString();
    await tx.markAnchored(heads);
    await tx.save({
      events: [{ subject: ANCHOR_SUBJECT, draft: { actor: ACTOR, occurredAt: now, recordedAt: now, body } }],
      deliveries: [
        {
          kind: 'post',
          to: { to: 'channel', channel: deps.spec.current().incident.operatorsChannel },
          message: { type: 'anchor', root, heads: heads.length, at },
        },
      ],
    });
    return { kind: 'taken', anchor: before + 1, root, heads: heads.length };
  });
  await publishMissing(deps);
  return anchored;
}

/**
 * Appends the anchors that come after the last one in the file. A line that is missing further up is not put back: it
 * was published once, and somebody removed it.
 */
async function publishMissing({ log, published }: AnchorDeps): Promise<void> {
  let last = 0;
  for await (const line of published.lines()) if ('anchor' in line) last = Math.max(last, line.anchor.anchor);
  const [known, ...missing] = await log.anchorsAfter(Math.max(0, last - 1));
  if (last === 0) {
    await published.append(known === undefined ? [] : [known, ...missing]);
    return;
  }
  if (known?.anchor !== last) {
    throw new Error(
      `The file of anchors holds ${ANCHOR_SUBJECT}#${last}, which the log does not: the log was cut off, or an older ` +
        'backup was restored. Run "mainstay audit verify"; after a restore keep the file as evidence and begin a new one.',
    );
  }
  await published.append(missing);
}
