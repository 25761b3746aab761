import { TZDate } from '@date-fns/tz/date';
import { subDays } from 'date-fns/subDays';
import { subYears } from 'date-fns/subYears';

/** How long what is said is kept; the chain itself stays for ever. The fifth document asks for seven years. */
const RETENTION_YEARS = 7;
/** Slack repeats a request for hours at most. */
const ANSWER_DAYS = 7;
/** Long enough to look up what was said where. */
const DELIVERY_DAYS = 90;

/** What was recorded before these instants has come to the end of its retention; counted in days of UTC. */
export interface Retention {
  readonly bodiesBefore: Date;
  readonly answersBefore: Date;
  readonly deliveriesBefore: Date;
}

/** The ends of all retentions at `now`. Seven years before a 29 February is the 28th. */
export function retentionAt(now: Date): Retention {
  const today = new TZDate(now, 'UTC');
  const instant = (date: Date) => new Date(date.getTime());
  return {
    bodiesBefore: instant(subYears(today, RETENTION_YEARS)),
    answersBefore: instant(subDays(today, ANSWER_DAYS)),
    deliveriesBefore: instant(subDays(today, DELIVERY_DAYS)),
  };
}
