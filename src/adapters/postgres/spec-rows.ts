import type { MessageKey } from '../../domain/delivery.ts';
import { OPEN_RUN_STATUSES } from '../../domain/duty/run.ts';
import { SPEC_SUBJECT } from '../../domain/event.ts';
import { OPEN_STATUSES } from '../../domain/incident/transitions.ts';
import type { SpecTx } from '../../usecases/spec-port.ts';
import type { Session } from './session.ts';

const IN_FORCE = `
  select event.seq, version.hash, version.text
    from "Event" as event
    join "EventBody" as said using (subject, seq)
    join "SpecVersion" as version on version.hash = said.body->>'hash'
   where event.subject = $1 and event.seq =
         (select max(seq) from "Event" where subject = $1 and kind = 'spec.loaded')`;

const KEEP = `insert into "SpecVersion" (hash, actor, text) values ($1, $2, $3) on conflict (hash) do nothing`;

/** A key says what it is about in its first two parts (`MessageKey`). */
const OPEN_MESSAGES = `
  select key from "MessageRef"
   where split_part(key, ':', 1) = 'incident'
         and split_part(key, ':', 2) in (select number::text from "Incident" where status = any($1::text[]))
      or split_part(key, ':', 1) = 'run'
         and split_part(key, ':', 2) in (select number::text from "DutyRun" where status = any($2::text[]))
      or key like 'alerts:%:card'
         and split_part(key, ':', 2) in (select number::text from "AlertGroup" where status = 'firing')
   order by key collate "C"`;

/** What a transaction knows of specs. @param lock locks a chain */
export function specRows({ rows }: Session, lock: (subject: string) => Promise<void>): SpecTx {
  return {
    specInForce: async () => {
      await lock(SPEC_SUBJECT);
      const [row] = await rows<{ seq: number; hash: string; text: string }>(IN_FORCE, [SPEC_SUBJECT]);
      return row ?? null;
    },
    keepSpec: async ({ hash, text }, actor) => void (await rows(KEEP, [hash, JSON.stringify(actor), text])),
    openMessages: async () =>
      (await rows<{ key: MessageKey }>(OPEN_MESSAGES, [OPEN_STATUSES, OPEN_RUN_STATUSES])).map(({ key }) => key),
  };
}
