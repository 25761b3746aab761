import type { Delivery } from '../../domain/delivery.ts';
import { OWN_SUBJECT, type StoredEvent } from '../../domain/event.ts';
import type { OwnPart } from '../../domain/own/judge.ts';
import {
  followSpells,
  type OwnEvent,
  type OwnPlace,
  type OwnSpells,
  placeOf,
  settled,
} from '../../domain/own/trouble.ts';
import type { OwnReport } from '../own-port.ts';
import type { Clock, SpecSource, Store } from '../ports.ts';

export interface TellOwnDeps {
  own(): Promise<OwnReport>;
  readonly store: Pick<Store, 'once'>;
  /** What operators were told after that number of the chain, in order. */
  told(since: number): AsyncIterable<StoredEvent<OwnEvent>>;
  readonly place: OwnPlace;
  readonly spec: SpecSource;
  readonly clock: Clock;
}

/**
 * Tells the operators once when a part of Mainstay has not been well for long, and once when it has been well again for as
 * long, whichever instance sees it. What was told is in the chain MAINSTAY, so that a restart tells nothing again. To be
 * asked each minute; gives what it told.
 */
export function tellOperators(deps: TellOwnDeps): () => Promise<readonly OwnEvent[]> {
  let spells: OwnSpells = new Map();
  const last: LastTold = { seq: 0, of: new Map() };
  return async () => {
    const now = deps.clock.now();
    const { facts, health } = await deps.own();
    spells = followSpells(spells, health, now);
    const { bad, well } = settled(spells, health, now);
    if (facts.database === null || bad.length + well.length === 0) return [];
    // Others tell as well: what is open may be what this process never saw.
    await readOn(last, deps);
    const told: OwnEvent[] = [];
    for (const part of [...bad, ...well]) {
      const place = placeOf(part.name, deps.place);
      const before = last.of.get(keyOf(part.name, place));
      const open = before?.event.kind === 'own.degraded';
      if (open === (part.status !== 'ok')) continue;
      const since = new Date(spells.get(part.name)?.since ?? now.getTime());
      told.push(await tell(deps, part, place, since, before?.seq ?? 0));
    }
    return told;
  };
}

const keyOf = (part: string, place: string | null) => `${part} ${place ?? ''}`;

/** The last word about each part in each place, up to that number of the chain. */
interface LastTold {
  seq: number;
  readonly of: Map<string, { readonly seq: number; readonly event: OwnEvent }>;
}

async function readOn(last: LastTold, { told }: TellOwnDeps): Promise<void> {
  for await (const { seq, kind, body } of told(last.seq)) {
    last.seq = seq;
    // Among them may be what says that an earlier one has expired.
    if (body !== null && (kind === 'own.degraded' || kind === 'own.recovered')) {
      last.of.set(keyOf(body.part, body.place), { seq, event: body });
    }
  }
}

/** @param after the last word about it: of several instances that see the same, one says the next */
async function tell(
  deps: TellOwnDeps,
  part: OwnPart,
  place: string | null,
  since: Date,
  after: number,
): Promise<OwnEvent> {
  const { store, spec, clock } = deps;
  const now = clock.now();
  const { name, status, reason, detail } = part;
  const event: OwnEvent = {
    kind: status === 'ok' ? 'own.recovered' : 'own.degraded',
    part: name,
    place,
    status,
    reason,
    detail,
    since: since.toISOString(),
  };
  return store.once(`own:${keyOf(name, place)}:${after}`, async (tx) => {
    const to = { to: 'channel' as const, channel: spec.current().incident.operatorsChannel };
    const delivery: Delivery = { kind: 'post', to, message: { type: 'own-health', event } };
    await tx.save({
      events: [
        {
          subject: OWN_SUBJECT,
          draft: { actor: { kind: 'system', job: 'own-health' }, occurredAt: now, recordedAt: now, body: event },
        },
      ],
      deliveries: [delivery],
    });
    return event;
  });
}
