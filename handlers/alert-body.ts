import { z } from 'zod';
import type { AlertNotice, AlertNotification } from '../src/domain/alert/notification.ts';

const word = z.string().trim().min(1).max(300);

/** What any program can send: a title is enough. Unknown keys are refused, since a misspelt one would be lost unseen. */
const alert = z.strictObject({
  title: word,
  status: z.enum(['firing', 'resolved']).default('firing'),
  /** The same key is the same alert; the title unless told. */
  key: word.optional(),
  service: word.optional(),
  severity: word.optional(),
  description: z.string().max(10_000).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  runbook: z.url({ protocol: /^https?$/ }).optional(),
  startsAt: z.iso.datetime({ offset: true }).optional(),
  labels: z.record(word, z.string().max(1000)).default({}),
});
type GenericAlert = z.output<typeof alert>;

/** Reads the body of `/hooks/alert`: one alert. Each key is a group of its own. */
export const genericBody = alert.transform((body): AlertNotification => {
  const { title, key = title, description, runbook, service, severity } = body;
  const labels = { ...body.labels, alertname: title, ...(service && { service }), ...(severity && { severity }) };
  return {
    source: 'generic',
    group: key,
    commonLabels: labels,
    commonAnnotations: { ...(description && { description }), ...(runbook && { runbook_url: runbook }) },
    externalUrl: '',
    truncated: 0,
    alerts: [notice(body, key, labels)],
  };
});

function notice(body: GenericAlert, key: string, labels: Record<string, string>): AlertNotice {
  const { status, startsAt = null, url = '', description, runbook } = body;
  return {
    fingerprint: key,
    status,
    labels,
    annotations: { ...(description && { description }), ...(runbook && { runbook_url: runbook }) },
    startsAt,
    endsAt: null,
    url,
  };
}
