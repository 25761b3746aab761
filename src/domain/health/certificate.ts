import type { TlsQuestion } from '../spec/check-questions.ts';
import { formatDuration, type Milliseconds } from '../spec/duration.ts';

export interface Certificate {
  readonly serial: string;
  readonly from: Date;
  readonly until: Date;
}

/**
 * What is wrong with a certificate's time; null when nothing is. That a renewal happened is seen by another one being
 * there: inside its time of renewal the old one may stay for `within`, and the one that follows must last longer.
 * @param last the one seen at the last look
 */
export function certificateProblem(
  { left, renewal }: TlsQuestion,
  certificate: Certificate,
  last: Certificate | null,
  now: Date,
): string | null {
  const { from, until } = certificate;
  const remaining = until.getTime() - now.getTime();
  if (from > now) return `has a certificate that is not valid before ${day(from)}`;
  if (remaining <= 0) return `has a certificate that expired on ${day(until)}`;
  if (remaining < left) return `has a certificate that expires on ${day(until)}, in ${roughly(remaining)}`;
  if (isRenewed(certificate, last) && last !== null && until < last.until) {
    return `has another certificate, which ends on ${day(until)}, before the one it had`;
  }
  if (renewal === undefined) return null;
  const due = until.getTime() - renewal.before + renewal.within;
  if (now.getTime() < due) return null;
  return `has a certificate that should have been renewed by ${day(new Date(due))} and is still that of ${day(from)}`;
}

/** Whether it is another one than at the last look. */
export function isRenewed({ serial, from }: Certificate, last: Certificate | null): boolean {
  return last !== null && (serial !== last.serial || from.getTime() !== last.from.getTime());
}

const day = (date: Date) => date.toISOString().slice(0, 10);

const HOUR = 3_600_000;

function roughly(time: Milliseconds): string {
  return formatDuration(
    time >= 48 * HOUR ? Math.floor(time / (24 * HOUR)) * 24 * HOUR : Math.ceil(time / 60_000) * 60_000,
  );
}
