import { z } from 'zod';
import type { AlertNotice, AlertNotification, Labels } from '../src/domain/alert/notification.ts';

/** As `z.record` reads it, at a tenth of its price: a burst is tens of thousands of these. */
const labels = z.custom<Labels>(areLabels, 'expected an object whose values are strings');
const instant = z.iso.datetime({ offset: true });

/** What both Alertmanager (version "4") and Grafana's alerting send for each alert; more keys than these are let through. */
const alert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels,
  annotations: labels.default({}),
  startsAt: instant,
  endsAt: instant.optional(),
  generatorURL: z.string().default(''),
  fingerprint: z.string().min(1).max(200),
});

const webhook = z.object({
  groupKey: z.string().min(1).max(10_000),
  commonLabels: labels.default({}),
  commonAnnotations: labels.default({}),
  externalURL: z.string().default(''),
  truncatedAlerts: z.int().min(0).default(0),
  alerts: z.array(alert).min(1),
});

/** Reads the body of Alertmanager's webhook. The group's own status is not read: each alert has its own. */
export const alertmanagerBody = webhook.transform((body) => notification('alertmanager', body));

/** Grafana's contact point "webhook" sends the same and some more. */
export const grafanaBody = webhook.transform((body) => notification('grafana', body));

function notification(source: 'alertmanager' | 'grafana', body: z.output<typeof webhook>): AlertNotification {
  return {
    source,
    group: body.groupKey,
    commonLabels: body.commonLabels,
    commonAnnotations: body.commonAnnotations,
    externalUrl: body.externalURL,
    truncated: body.truncatedAlerts,
    alerts: body.alerts.map(notice),
  };
}

function notice({
  status,
  labels,
  annotations,
  startsAt,
  endsAt,
  generatorURL,
  fingerprint,
}: z.output<typeof alert>): AlertNotice {
  return {
    fingerprint,
    status,
    labels,
    annotations,
    startsAt,
    // A firing alert ends in the year 1, or when it will be taken for resolved if nobody tells of it again.
    endsAt: status === 'resolved' && endsAt !== undefined ? endsAt : null,
    url: generatorURL,
  };
}

function areLabels(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one) => typeof one === 'string');
}
