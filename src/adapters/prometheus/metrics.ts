import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { exposition, type Family } from './exposition.ts';

/** Gauges of prom-client whose names end in `_total`, which Prometheus reserves for counters: `promtool check metrics` fails on them. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** In seconds: a quick answer, Slack's 3 s, a slow check, a job of a minute, an action of an hour. */
const BUCKETS = [0.005, 0.025, 0.1, 0.5, 1, 3, 10, 60, 600, 3_600];

/**
 * What Mainstay counts, and the text Prometheus reads. No label takes a value from outside: kinds, methods and routes come
 * from our own tables, so that there are some hundred series and never more.
 */
export interface Metrics {
  readonly contentType: string;
  /** With what is measured when it is asked for. */
  render(measured?: readonly Family[]): Promise<string>;
  /** Counts one payload of Slack. */
  slackHandled(kind: string, outcome: 'done' | 'refused' | 'failed', seconds: number): void;
  /** Counts one call to Slack's Web API. */
  slackCalled(method: string, outcome: string, seconds: number): void;
  /** Counts one request over HTTP by the pattern of its route. */
  httpAnswered(route: string, method: string, status: number, seconds: number): void;
  /** Counts one look at a check. */
  checked(kind: string, result: string, seconds: number): void;
  /** Counts alerts that were told of, repeats among them. */
  alertsReceived(source: string, alerts: number): void;
  /** Counts one job of the queue. */
  jobEnded(queue: string, outcome: 'done' | 'again' | 'failed', seconds: number): void;
  /** Counts one heartbeat: heard, sent and not heard, or held because this instance does not work. */
  heartbeat(outcome: 'heard' | 'unheard' | 'held'): void;
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
  const counter = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const histogram = <const Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS, registers: [registry] });

  const handled = counter(
    'mainstay_slack_requests_total',
    'Commands, clicks, submissions, shortcuts and events received from Slack.',
    ['kind', 'outcome'],
  );
  const handledIn = histogram('mainstay_slack_request_seconds', 'How long what Slack sent was worked on.', ['kind']);
  const called = counter('mainstay_slack_calls_total', "Calls to Slack's Web API.", ['method', 'outcome']);
  const calledIn = histogram('mainstay_slack_call_seconds', "How long calls to Slack's Web API took.", []);
  const answered = counter('mainstay_http_requests_total', 'Requests over HTTP, those of Slack left out.', [
    'route',
    'method',
    'status',
  ]);
  const answeredIn = histogram('mainstay_http_request_seconds', 'How long requests over HTTP took.', ['route']);
  const checked = counter('mainstay_check_runs_total', 'Looks at checks.', ['kind', 'result']);
  const checkedIn = histogram('mainstay_check_run_seconds', 'How long looks at checks took.', ['kind']);
  const received = counter(
    'mainstay_alerts_received_total',
    'Alerts that were told of and stored, repeats among them.',
    ['source'],
  );
  const ended = counter('mainstay_job_runs_total', 'Jobs of the queue that were run.', ['queue', 'outcome']);
  const endedIn = histogram('mainstay_job_seconds', 'How long jobs of the queue ran.', ['queue']);
  const beats = counter('mainstay_heartbeats_total', 'Heartbeats to the world outside.', ['outcome']);
  // A counter that begins at its first beat would hide that beat from `increase`.
  for (const outcome of ['heard', 'unheard', 'held']) beats.inc({ outcome }, 0);
  const beatHeard = new Gauge({
    name: 'mainstay_heartbeat_heard_timestamp_seconds',
    help: 'When a heartbeat was last heard outside, in seconds since 1970; 0 before the first.',
    registers: [registry],
  });
  return {
    contentType: registry.contentType,
    render: async (measured = []) => `${await registry.metrics()}\n${exposition(measured)}`,
    slackHandled: (kind, outcome, seconds) => {
      handled.inc({ kind, outcome });
      handledIn.observe({ kind }, seconds);
    },
    slackCalled: (method, outcome, seconds) => {
      called.inc({ method, outcome });
      calledIn.observe(seconds);
    },
    httpAnswered: (route, method, status, seconds) => {
      answered.inc({ route, method, status });
      answeredIn.observe({ route }, seconds);
    },
    checked: (kind, result, seconds) => {
      checked.inc({ kind, result });
      checkedIn.observe({ kind }, seconds);
    },
    alertsReceived: (source, alerts) => received.inc({ source }, alerts),
    jobEnded: (queue, outcome, seconds) => {
      ended.inc({ queue, outcome });
      endedIn.observe({ queue }, seconds);
    },
    heartbeat: (outcome) => {
      beats.inc({ outcome });
      if (outcome === 'heard') beatHeard.setToCurrentTime();
    },
  };
}
