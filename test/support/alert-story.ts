import type { AlertGroup } from '../../src/domain/alert/group.ts';
import type { AlertNotice, AlertNotification } from '../../src/domain/alert/notification.ts';
import type { OperationsSpec } from '../../src/domain/spec/types.ts';
import { incidentSpec, now } from './incident-spec.ts';

/** Three kinds of alerts: those that declare an incident by themselves, those that a person judges, and those nobody ruled on. */
export const alertSpec: OperationsSpec = {
  ...incidentSpec,
  teams: { ...incidentSpec.teams, platform: { ...team(), channel: 'platform' } },
  services: {
    ...incidentSpec.services,
    search: { name: 'Product search', team: 'platform', dashboard: 'https://example.com/d/search' },
  },
  alerts: {
    rules: [
      {
        key: 'checkout-down',
        match: { severity: 'critical', service: 'checkout' },
        severity: 'SEV1',
        declare: true,
        clause: [],
      },
      {
        key: 'disks',
        match: { alertname: 'DiskFull' },
        severity: 'SEV3',
        declare: false,
        channel: 'disks',
        clause: [],
      },
    ],
  },
};

function team() {
  const { platform } = incidentSpec.teams;
  if (platform === undefined) throw new Error('the spec of incidents has lost its team');
  return platform;
}

/** One alert that fires, as a source tells of it. */
export function alert(fingerprint: string, more: Partial<AlertNotice> = {}): AlertNotice {
  const startsAt = new Date(now.getTime() - 60_000).toISOString();
  const labels = { alertname: 'HighLatency', instance: `host-${fingerprint}` };
  return { fingerprint, status: 'firing', labels, annotations: {}, startsAt, endsAt: null, url: '', ...more };
}

/** The same alert, resolved. */
export function resolved(one: AlertNotice, at: Date = now): AlertNotice {
  return { ...one, status: 'resolved', endsAt: at.toISOString() };
}

/** What a source tells of a group. */
export function told(
  group: string,
  commonLabels: Readonly<Record<string, string>>,
  ...alerts: readonly AlertNotice[]
): AlertNotification {
  const more = { commonAnnotations: {}, externalUrl: 'https://alertmanager.example.com', truncated: 0 };
  return { source: 'alertmanager', group, commonLabels, ...more, alerts };
}

/** A group that fires, as its card shows it. */
export function alertGroup(more: Partial<AlertGroup> = {}): AlertGroup {
  return {
    number: 3,
    version: 1,
    source: 'alertmanager',
    group: 'g',
    title: 'HighLatency',
    summary: 'p99 above 2 s',
    service: 'search',
    severity: 'SEV2',
    rule: null,
    channel: 'platform',
    runbook: 'https://example.com/runbook',
    dashboard: 'https://example.com/d/search',
    url: 'https://prometheus.example.com/graph',
    firing: 12,
    resolved: 3,
    truncated: 0,
    samples: [{ name: 'instance host-1', summary: '3.1 s', startsAt: now.toISOString(), url: '' }],
    status: 'firing',
    startedAt: now.toISOString(),
    resolvedAt: null,
    storm: null,
    acknowledged: null,
    muted: null,
    incident: null,
    declared: false,
    ...more,
  };
}
