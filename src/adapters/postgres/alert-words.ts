import { createHash } from 'node:crypto';
import type { AlertNotification } from '../../domain/alert/notification.ts';
import { jsonText } from './canonical.ts';

/** Characters of what is looked up by: a row of an index holds 2,700 bytes. */
const LONGEST = 400;

/** One alert of a notification, as the statement reads it. */
interface AlertWord {
  /** The same for what is told twice. */
  readonly key: string;
  readonly isFinal: boolean;
  /** A JSON object that is still open: the number of its group comes last. */
  readonly opened: string;
}

/** What one request tells, written out while others are being stored. */
export interface AlertWords {
  readonly group: string;
  /** An open JSON object, as of alerts. */
  readonly opened: string;
  readonly alerts: readonly AlertWord[];
  /** Characters of all of it. */
  readonly size: number;
}

/** Writes a notification out for storing. */
export function alertWords(notification: AlertNotification, at: Date): AlertWords {
  const { source, group, commonLabels, commonAnnotations, externalUrl, truncated } = notification;
  const opened = open({
    source,
    group: searchable(group),
    labels: commonLabels,
    annotations: commonAnnotations,
    url: externalUrl,
    truncated,
    at,
  });
  const alerts = notification.alerts.map((alert): AlertWord => {
    const { fingerprint, startsAt, status } = alert;
    return {
      key: `${source} ${fingerprint} ${startsAt}`,
      isFinal: startsAt !== null && status === 'resolved',
      opened: open({ ...alert, fingerprint: searchable(fingerprint), at }),
    };
  });
  const size = alerts.reduce((sum, alert) => sum + alert.opened.length, opened.length);
  return { group: `${source} ${group}`, opened, alerts, size };
}

/**
 * Groups, and alerts with the number of their group, as two lists in JSON. What is told twice is told once: of one alert resolved
 * wins, of groups and of what has no beginning of its own the last word.
 */
export function together(words: readonly AlertWords[]): readonly [groups: string, alerts: string] {
  const groups = new Map<string, { readonly n: number; readonly text: string }>();
  const alerts = new Map<string, { readonly isFinal: boolean; readonly text: string }>();
  for (const { group, opened, alerts: told } of words) {
    const n = groups.get(group)?.n ?? groups.size;
    groups.set(group, { n, text: `${opened},"n":${n}}` });
    for (const { key, isFinal, opened: alert } of told) {
      if (alerts.get(key)?.isFinal) continue;
      alerts.set(key, { isFinal, text: `${alert},"of":${n}}` });
    }
  }
  return [list(groups), list(alerts)];
}

function list(rows: ReadonlyMap<string, { readonly text: string }>): string {
  return `[${[...rows.values()].map(({ text }) => text).join(',')}]`;
}

function open(row: object): string {
  return jsonText(row).slice(0, -1);
}

/** What is longer than an index holds is known by its beginning and its digest. */
function searchable(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, 100)} ${createHash('sha256').update(text).digest('hex')}`;
}
