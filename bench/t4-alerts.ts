import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../demo/slack/free-port.ts';
import type { BenchChild } from './child.ts';
import { interleave, type Measured } from './interleave.ts';
import { frame, type RawRequest } from './load.ts';
import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { answers, requirePrograms, startProgram } from './program.ts';
import { HOOK_SECRET } from './requests.ts';
import { type Row, round } from './table.ts';
import { usageOf } from './usage.ts';

interface Shape {
  readonly name: string;
  /** Alerts of one request: one group. */
  readonly size: number;
  readonly requests: number;
  readonly connections: number;
  readonly wanted: number;
}

const SHAPES: readonly Shape[] = [
  { name: '100 a POST, c=4', size: 100, requests: 300, connections: 4, wanted: 1 },
  { name: '1 a POST, c=32', size: 1, requests: 5_000, connections: 32, wanted: 0.6 },
];
/** Alerts of a group where each comes by itself. */
const OF_A_GROUP = 5;

/**
 * T4: alerts that are durable before they are answered, beside Debian's Alertmanager, which keeps them in memory. The same
 * alerts, none told of before, each in the form its receiver takes. Neither tells anybody of them here: Alertmanager has nobody
 * to tell, and what Slack is told of a burst is measured by the long tests.
 */
export async function alerts(database: BenchDatabase): Promise<Row[]> {
  requirePrograms('prometheus-alertmanager');
  const folder = await mkdtemp(join(tmpdir(), 'mainstay-bench-'));
  const alertmanager = await startAlertmanager(folder);
  const mainstay = await startMainstayChild(await database.url(), 'idle', database.home);
  try {
    const rows: Row[] = [];
    for (const shape of SHAPES) rows.push(await measured(shape, { mainstay, alertmanager, database }));
    return rows;
  } finally {
    await Promise.all([mainstay.stop(), alertmanager.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

interface Peers {
  readonly mainstay: BenchChild;
  readonly alertmanager: BenchChild;
  readonly database: BenchDatabase;
}

async function measured(shape: Shape, { mainstay, alertmanager, database }: Peers): Promise<Row> {
  const { ours, theirs } = await interleave(
    {
      name: 'mainstay',
      child: withServer(mainstay, database),
      requests: (turn) => requests(shape, turn, webhook),
    },
    { name: 'alertmanager', child: alertmanager, requests: (turn) => requests(shape, turn, posted) },
    shape.connections,
  );
  const ratio = ours.perSecond / theirs.perSecond;
  return {
    target: `T4 alerts, ${shape.name}`,
    measured: `${inWords(ours, shape)} (with PostgreSQL's)`,
    limit: `Alertmanager, in memory: ${inWords(theirs, shape)}`,
    ratio: `${round(ratio, 2)}x`,
    wanted: `>= ${shape.wanted}x`,
    met: ratio >= shape.wanted,
  };
}

function inWords({ perSecond, cpuPerOperation, p99 }: Measured, { size }: Shape): string {
  return `${round(perSecond * size, 0)}/s, p99 ${round(p99)} ms, ${round(cpuPerOperation / size, 0)} us CPU an alert`;
}

/** What the database's server does for it is part of what an alert costs. */
function withServer(child: BenchChild, database: BenchDatabase): BenchChild {
  return {
    ...child,
    async usage() {
      const own = await child.usage();
      return { ...own, cpu: own.cpu + usageOf(database.serverPid()).cpu };
    },
  };
}

interface Told {
  readonly group: string;
  readonly fingerprint: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly generatorURL: string;
}

/** Alerts that nobody told of before. */
function requests({ size, requests: count }: Shape, turn: number, framed: (told: Told[]) => RawRequest): RawRequest[] {
  const startsAt = new Date().toISOString();
  return Array.from({ length: count }, (_, n) => {
    const group = `Bench-${size}-${turn}-${size === 1 ? Math.floor(n / OF_A_GROUP) : n}`;
    return framed(Array.from({ length: size }, (__, k) => told(group, `${n}-${k}`, startsAt)));
  });
}

function told(group: string, instance: string, startsAt: string): Told {
  return {
    group,
    fingerprint: `${group}-${instance}`,
    labels: {
      alertname: group,
      service: 'checkout',
      severity: 'warning',
      cluster: 'eu-1',
      instance: `host-${instance}`,
    },
    annotations: {
      summary: `More than 5 % of requests fail on host-${instance}`,
      description: 'The error rate of the last five minutes is above the bound of the objective.',
      runbook_url: 'https://runbooks.example.com/error-rate',
    },
    startsAt,
    generatorURL: 'http://prometheus.example.com:9090/graph?g0.expr=rate%28errors%5B5m%5D%29&g0.tab=1',
  };
}

/** As Alertmanager tells Mainstay of a group. */
function webhook(alerts: readonly Told[]): RawRequest {
  const [{ group = '', annotations = {} } = {}] = alerts;
  const body = {
    receiver: 'mainstay',
    status: 'firing',
    version: '4',
    groupKey: `{}:{alertname="${group}"}`,
    truncatedAlerts: 0,
    groupLabels: { alertname: group },
    commonLabels: { alertname: group, service: 'checkout', severity: 'warning', cluster: 'eu-1' },
    commonAnnotations: { runbook_url: annotations['runbook_url'] },
    externalURL: 'http://alertmanager.example.com:9093',
    alerts: alerts.map(({ group: _, ...alert }) => ({ ...alert, status: 'firing', endsAt: '0001-01-01T00:00:00Z' })),
  };
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${HOOK_SECRET}` };
  return frame('/hooks/alertmanager', headers, JSON.stringify(body));
}

/** As Prometheus tells Alertmanager. */
function posted(alerts: readonly Told[]): RawRequest {
  const body = alerts.map(({ labels, annotations, startsAt, generatorURL }) => ({
    labels,
    annotations,
    startsAt,
    generatorURL,
  }));
  return frame('/api/v2/alerts', { 'content-type': 'application/json' }, JSON.stringify(body));
}

/** Debian's, with no friends and nobody to tell. */
async function startAlertmanager(folder: string): Promise<BenchChild> {
  const port = await freePort();
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, 'route: { receiver: nobody, group_by: [alertname] }\nreceivers: [{ name: nobody }]\n');
  return startProgram(
    'prometheus-alertmanager',
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { port, ready: () => answers(`http://127.0.0.1:${port}/-/ready`) },
  );
}
