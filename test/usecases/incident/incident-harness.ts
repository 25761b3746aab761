import type { Delivery } from '../../../src/domain/delivery.ts';
import { incidentSubject, type StoredEvent } from '../../../src/domain/event.ts';
import type { IncidentEvent } from '../../../src/domain/incident/events.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import type { Caller, Directory } from '../../../src/usecases/ports.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { alice, incidentSpec, minutesLater, now } from '../../support/incident-spec.ts';
import { aDeclaration } from '../../support/incident-story.ts';

/** A person who asks; without a request's key nothing is taken for a repetition. */
export function person(user: string, requestKey: string | null = null, groups: readonly string[] = []): Caller {
  return { actor: { kind: 'slack', user }, requestKey, groups };
}

/** The use cases on a real database, with a clock that stands until a test moves it and a Slack of a few messages. */
export async function incidentHarness() {
  const stored = await storeHarness();
  const time = { now };
  const rules: { spec: OperationsSpec } = { spec: incidentSpec };
  const messages = new Map<string, { author: string | null; text: string; permalink: string }>();
  const directory: Directory = {
    nameOf: async (user) => (user === alice ? 'Alice from Slack' : null),
    zoneOf: async () => null,
    groupsOf: async () => [],
    message: async (channel, ts) => messages.get(`${channel}:${ts}`) ?? null,
  };
  const deps = {
    store: stored.store,
    clock: { now: () => time.now },
    spec: { current: () => rules.spec },
    directory,
  };
  const events = async (subject: string): Promise<StoredEvent<IncidentEvent>[]> => {
    const all: StoredEvent<IncidentEvent>[] = [];
    for await (const event of stored.store.events(subject)) all.push(event);
    return all;
  };
  return {
    ...stored,
    deps,
    rules,
    messages,
    events,
    at: (minutes: number) => {
      time.now = minutesLater(minutes);
    },
    /** A new SEV1 of Alice's; its number. */
    declared: async (): Promise<number> => {
      const declared = await declareIncident(deps, person(alice), { ...aDeclaration, severity: 'SEV1' });
      if (!declared.ok) throw new Error(declared.refusal.message);
      return declared.value.number;
    },
    kinds: async (number: number) => (await events(incidentSubject(number))).map(({ kind }) => kind),
    /** Everything that was promised, in order. */
    promises: async (): Promise<Delivery[]> => {
      const { rows } = await stored.db.pool.query<{ intent: Delivery }>('select intent from "Delivery" order by id');
      return rows.map(({ intent }) => intent);
    },
  };
}

export type IncidentHarness = Awaited<ReturnType<typeof incidentHarness>>;
