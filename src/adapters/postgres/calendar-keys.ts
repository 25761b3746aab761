import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CalendarKeys, CalendarTx } from '../../usecases/calendar-port.ts';
import type { Database } from './client.ts';
import { reaching } from './faults.ts';
import { type DeliveryQueue, once } from './once.ts';
import { rowsOf, type Session } from './session.ts';
import { StoreTx } from './transaction.ts';

const SECRET_BYTES = 32;

/** Whoever asks first makes it; two at once get the same one. */
const SECRET = `
  with made as (
    insert into "CalendarKey" (team, secret) values ($1, $2) on conflict (team) do nothing returning secret
  )
  select secret from made union all select secret from "CalendarKey" where team = $1 limit 1`;

const KNOWN = 'select secret from "CalendarKey" where team = $1';

const REPLACE = `
  insert into "CalendarKey" (team, secret) values ($1, $2) on conflict (team) do update set secret = excluded.secret`;

class PostgresCalendarTx extends StoreTx implements CalendarTx {
  async replaceKey(team: string): Promise<void> {
    await this.session.rows(REPLACE, [team, newSecret()]);
  }
}

/** The keys of the calendars, one random secret a team; a link carries a signature made with it, never the secret. */
export function calendarKeys({ pool }: Pick<Database, 'pool'>, queue: DeliveryQueue): CalendarKeys {
  const secrets = async (text: string, values: readonly unknown[]) =>
    (await reaching(() => rowsOf<{ secret: string }>(pool, text, values)))[0]?.secret;
  return {
    async signatureOf(team) {
      // Somebody else's may be committed after this statement began, and is not seen by it.
      const secret = (await secrets(SECRET, [team, newSecret()])) ?? (await secrets(KNOWN, [team]));
      if (secret === undefined) throw new Error(`The calendar of ${team} has no key, although one was just made.`);
      return signature(secret, team).toString('base64url');
    },
    async opens(team, presented) {
      const secret = await secrets(KNOWN, [team]);
      if (secret === undefined) return false;
      const expected = signature(secret, team);
      const given = Buffer.from(presented, 'base64url');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
    once: (requestKey, work) =>
      once(pool, queue, requestKey, (session: Session) => new PostgresCalendarTx(session), work),
  };
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function signature(secret: string, team: string): Buffer {
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(`calendar/${team}`).digest();
}
