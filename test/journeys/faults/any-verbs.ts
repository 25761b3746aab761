/**
 * Any sequence of verbs by several people, some at the same moment, some delivered again: what a person asks for is a value, so
 * that fast-check can shrink a sequence that fails.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { incidentSubject } from '../../../src/domain/event.ts';
import { apply } from '../../../src/domain/incident/apply.ts';
import { SEVERITIES } from '../../../src/domain/incident/severity.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import type { Changed } from '../../../src/usecases/incident/change.ts';
import { closeIncident } from '../../../src/usecases/incident/close.ts';
import { declareIncident } from '../../../src/usecases/incident/declare.ts';
import { mitigateIncident } from '../../../src/usecases/incident/mitigate.ts';
import { noteIncident } from '../../../src/usecases/incident/note.ts';
import { pinMessage } from '../../../src/usecases/incident/pin-message.ts';
import { postUpdate } from '../../../src/usecases/incident/post-update.ts';
import { recordChannel } from '../../../src/usecases/incident/record-channel.ts';
import { remindOverdueUpdates } from '../../../src/usecases/incident/remind-overdue-updates.ts';
import { remindPostmortems } from '../../../src/usecases/incident/remind-postmortems.ts';
import { reopenIncident } from '../../../src/usecases/incident/reopen.ts';
import { resolveIncident } from '../../../src/usecases/incident/resolve.ts';
import { setOwner } from '../../../src/usecases/incident/set-owner.ts';
import { setSeverity } from '../../../src/usecases/incident/set-severity.ts';
import { unpinMessage } from '../../../src/usecases/incident/unpin-message.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { publishPostmortem } from '../../../src/usecases/postmortem/publish.ts';
import { waivePostmortem } from '../../../src/usecases/postmortem/waive.ts';
import { faultsOf } from '../../support/incident-faults.ts';
import { alice, bob, charlie, incidentSpec } from '../../support/incident-spec.ts';
import { aDeclaration } from '../../support/incident-story.ts';
import { type IncidentHarness, incidentHarness, person } from '../../usecases/incident/incident-harness.ts';

type Deps = IncidentHarness['deps'];
type Verb = (deps: Deps, caller: Caller, number: number) => Promise<Changed>;

/** What somebody asks for. */
interface Asked {
  readonly what: string;
  readonly by: string;
  readonly verb: Verb;
}

/** What happens at one moment: people ask, some requests are delivered again, and who owes something may be reminded. */
interface Moment {
  readonly asked: readonly Asked[];
  readonly again: readonly number[];
  readonly remind: boolean;
}

const TS = ['1795269000.000100', '1795269060.000200'] as const;
const people = fc.constantFrom(alice, bob, charlie);
const words = fc.constantFrom('', 'Rolled back', '<!channel> & "x"');

const verbs: fc.Arbitrary<Omit<Asked, 'by'>> = fc.oneof(
  fc.constantFrom(...SEVERITIES).map((to) => ({
    what: `severity ${to}`,
    verb: (deps: Deps, caller: Caller, number: number) => setSeverity(deps, caller, { number, to, reason: '' }),
  })),
  people.map((owner) => ({
    what: `owner ${owner}`,
    verb: (deps: Deps, caller: Caller, number: number) => setOwner(deps, caller, { number, owner }),
  })),
  words.chain((text) =>
    fc.constantFrom<Omit<Asked, 'by'>>(
      { what: `update "${text}"`, verb: (deps, caller, number) => postUpdate(deps, caller, { number, text }) },
      { what: `mitigate "${text}"`, verb: (deps, caller, number) => mitigateIncident(deps, caller, { number, text }) },
      {
        what: `note "${text}"`,
        verb: (deps, caller, number) => noteIncident(deps, caller, { number, text, at: null }),
      },
      {
        what: `resolve "${text}"`,
        verb: (deps, caller, number) => resolveIncident(deps, caller, { number, summary: text }),
      },
      {
        what: `reopen "${text}"`,
        verb: (deps, caller, number) => reopenIncident(deps, caller, { number, reason: text }),
      },
      {
        what: `waive "${text}"`,
        verb: (deps, caller, number) => waivePostmortem(deps, caller, { number, reason: text }),
      },
    ),
  ),
  fc.constantFrom<Omit<Asked, 'by'>>(
    { what: 'close', verb: (deps, caller, number) => closeIncident(deps, caller, { number }) },
    { what: 'publish', verb: (deps, caller, number) => publishPostmortem(deps, caller, { number, link: null }) },
  ),
  fc.tuple(fc.constantFrom(...TS), people, fc.boolean()).map(([ts, by, on]) => ({
    what: `${on ? 'pin' : 'unpin'} ${ts} ${by}`,
    verb: (deps: Deps, caller: Caller, number: number) =>
      (on ? pinMessage : unpinMessage)(deps, caller, { number, channel: 'C0OPS', ts, by }),
  })),
);

const asked: fc.Arbitrary<Asked> = fc.tuple(people, verbs).map(([by, { what, verb }]) => ({
  ...{ what, by, verb },
  [fc.toStringMethod]: () => `${by}: ${what}`,
}));

/** A declaration, and then one moment after the other. */
export const stories = fc.tuple(
  fc.option(fc.constantFrom(...SEVERITIES)),
  fc.array(
    fc.record<Moment>({
      asked: fc.array(asked, { minLength: 1, maxLength: 4 }),
      again: fc.array(fc.nat({ max: 40 }), { maxLength: 2 }),
      remind: fc.boolean(),
    }),
    { maxLength: 12 },
  ),
);

export type Story = typeof stories extends fc.Arbitrary<infer T> ? T : never;

/** Bob alone may close: what others are refused for is an event too. */
const SPEC = {
  ...incidentSpec,
  permissions: { ...incidentSpec.permissions, 'incident.close': { users: [bob], groups: [], teams: [] } },
};

/** The use cases on a database of their own; each story told on it is an incident of its own. */
export async function storyteller() {
  const room = await incidentHarness();
  room.rules.spec = SPEC;
  for (const ts of TS)
    room.messages.set(`C0OPS:${ts}`, { author: bob, text: 'It is the relay', permalink: 'https://x/1' });
  const log = createAuditLog(room.db, { enqueue: async () => {} });
  let told = 0;
  return {
    close: room.close,
    told: () => told,
    /** Tells it and holds after each moment what must always hold. */
    async tell([severity, moments]: Story): Promise<void> {
      told += 1;
      room.at(0);
      const requests: { readonly key: string; readonly run: () => Promise<Changed> }[] = [];
      const answers = new Map<string, Changed[]>();
      const send = (asked: Omit<Asked, 'what'>, number: number) => {
        const key = `story ${told} request ${requests.length}`;
        const request = { key, run: () => asked.verb(room.deps, person(asked.by, key), number) };
        requests.push(request);
        return request;
      };
      const deliver = async ({ key, run }: (typeof requests)[number]) => {
        const answer = await run();
        answers.set(key, [...(answers.get(key) ?? []), answer]);
        return answer;
      };

      const verb: Verb = (deps, caller) => declareIncident(deps, caller, { ...aDeclaration, severity });
      const declared = await deliver(send({ by: alice, verb }, 0));
      if (!declared.ok) throw new Error(declared.refusal.message);
      const { number } = declared.value;
      const channel = recordChannel(room.deps, { number, channel: { id: `C0INC${number}`, name: `inc-${number}` } });
      for (const [minute, { asked, again, remind }] of moments.entries()) {
        room.at(7 * (minute + 1));
        const fresh = asked.map((one) => send(one, number));
        const repeated = again.flatMap((turn) => requests[turn % requests.length] ?? []);
        const reminding = remind ? [remindOverdueUpdates(room.deps), remindPostmortems(room.deps)] : [];
        await Promise.all([...fresh, ...repeated].map(deliver));
        await Promise.all([...reminding, channel]);
        await expectSound(room, number);
      }
      await channel;
      expectAnsweredOnce(answers);
      expect(await written(room, number)).toEqual(counted(answers, severity !== null));
      expect(await verifyLog({ log, published: null })).toMatchObject({ intact: true, faults: [] });
    },
  };
}

async function stateOf({ db }: IncidentHarness, number: number): Promise<Incident | undefined> {
  const { rows } = await db.pool.query<{ state: Incident }>('select state from "Incident" where number = $1', [number]);
  return rows[0]?.state;
}

async function expectSound(room: IncidentHarness, number: number): Promise<void> {
  const events = await room.events(incidentSubject(number));
  const fold = events.reduce<Incident | null>(apply, null);
  expect(await stateOf(room, number)).toEqual(fold);
  expect(fold?.version).toBe(events.length);
  expect(fold && faultsOf(fold)).toEqual([]);
}

/** What was done, or refused on record, is answered the same however often it is asked. */
function expectAnsweredOnce(answers: ReadonlyMap<string, readonly Changed[]>): void {
  for (const given of answers.values()) {
    const recorded = given.filter(isRecorded);
    expect(recorded).toEqual(recorded.map(() => recorded[0]));
  }
}

const isRecorded = (answer: Changed): boolean => answer.ok || answer.refusal.code === 'not-permitted';

/** How many events people caused, by their requests: one each, and two for a declaration with a severity. */
function counted(answers: ReadonlyMap<string, readonly Changed[]>, severity: boolean): number {
  return [...answers.values()].filter((given) => given.some(isRecorded)).length + (severity ? 1 : 0);
}

/** How many events people caused, by the log. */
async function written(room: IncidentHarness, number: number): Promise<number> {
  const events = await room.events(incidentSubject(number));
  return events.filter(({ actor }) => actor.kind === 'slack').length;
}
