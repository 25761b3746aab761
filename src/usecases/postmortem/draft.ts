import { incidentSubject } from '../../domain/event.ts';
import { type IncidentRefusal, type Refused, unknownIncident } from '../../domain/incident/refusals.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { contactName } from '../../domain/permission-words.ts';
import { peopleIn } from '../../domain/postmortem/document.ts';
import { draftPostmortem } from '../../domain/postmortem/draft.ts';
import { FactCollector } from '../../domain/postmortem/facts.ts';
import type { PostmortemDraft } from '../../domain/postmortem/format.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import { type IncidentDeps, writeIncident } from '../incident/change.ts';
import { notPermitted } from '../permit.ts';
import type { Caller, Directory } from '../ports.ts';

/** Draws a post-mortem from the log of an incident, in whatever state it is. Only a refusal is written down. */
export async function draftOfPostmortem(
  deps: IncidentDeps & {
    /** Null where Slack cannot be asked: names then come from the spec. */ readonly directory: Pick<
      Directory,
      'nameOf'
    > | null;
  },
  caller: Caller,
  number: number,
): Promise<Outcome<PostmortemDraft, IncidentRefusal>> {
  const spec = deps.spec.current();
  const at = deps.clock.now();
  const refusal = notPermitted(spec, 'postmortem.draft', caller, at);
  if (refusal !== null) {
    return deps.store.once<Refused>(caller.requestKey, async (tx) => {
      const incident = await tx.incident(number);
      if (incident === null) return unknownIncident(number);
      await writeIncident(tx, incident, number, [refusal.event], []);
      return refusal.answer;
    });
  }
  if ((await deps.store.incident(number)) === null) return unknownIncident(number);
  const collector = new FactCollector();
  for await (const event of deps.store.events(incidentSubject(number))) collector.add(event);
  const facts = collector.facts();
  const document = draftPostmortem(facts, at);
  return done({ facts, document, names: await namesOf(peopleIn(document), spec, deps.directory), at });
}

/** The spec's contacts first: they need no Slack. */
async function namesOf(
  people: ReadonlySet<string>,
  spec: OperationsSpec,
  directory: Pick<Directory, 'nameOf'> | null,
): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all(
    [...people].map(
      async (user) => [user, contactName(spec, user) ?? (await directory?.nameOf(user)) ?? user] as const,
    ),
  );
  return new Map(named);
}
