import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Gauges of prom-client whose names end in `_total`, which Prometheus reserves for counters: `promtool check metrics` fails on them. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** What Mainstay counts, and the text Prometheus reads. */
export interface Metrics {
  readonly registry: Registry;
  readonly contentType: string;
  render(): Promise<string>;
  /** Counts one payload of Slack. `name` comes from the registry, never from the request: labels must stay few. */
  slackHandled(kind: string, outcome: 'done' | 'refused' | 'failed'): void;
}

/** A fresh registry with the process's own figures and Mainstay's. Each process makes one. */
export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);

  new Gauge({
    name: 'mainstay_info',
    help: 'The running version; always 1.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
  const handled = new Counter({
    name: 'mainstay_slack_requests_total',
    help: 'Commands, clicks, submissions, shortcuts and events received from Slack.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  return {
    registry,
    contentType: registry.contentType,
    render: () => registry.metrics(),
    slackHandled: (kind, outcome) => handled.inc({ kind, outcome }),
  };
}
