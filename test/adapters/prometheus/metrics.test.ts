import { spawnSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { createMetrics } from '../../../src/adapters/prometheus/metrics.ts';
import { ownFamilies } from '../../../src/adapters/prometheus/own-families.ts';
import { roomFamilies } from '../../../src/adapters/prometheus/room-families.ts';
import { judgeOwn } from '../../../src/domain/own/judge.ts';
import { allMetrics } from '../../support/all-metrics.ts';
import { well } from '../../support/own-facts.ts';

let text: string;
beforeAll(async () => {
  text = await allMetrics();
});

it('passes what Prometheus itself asks of metrics', () => {
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('counts what Slack sent, what was asked of Slack, and what else came in', () => {
  for (const line of [
    'mainstay_slack_requests_total{kind="command",outcome="done"} 2',
    'mainstay_slack_requests_total{kind="action",outcome="failed"} 1',
    'mainstay_slack_request_seconds_count{kind="command"} 2',
    'mainstay_slack_calls_total{method="chat.postMessage",outcome="rate-limited"} 1',
    'mainstay_http_requests_total{route="/beat/:token",method="GET",status="200"} 1',
    'mainstay_check_runs_total{kind="http",result="ok"} 1',
    'mainstay_job_runs_total{queue="slack",outcome="again"} 1',
    'mainstay_info{version="1.2.3"} 1',
    'mainstay_spec_info{name="Northwind \\"A\\\\B\\"",hash="a3f5c2e9d8b7"} 1',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
});

it('says of rooms what is none as well, so that an alert sees it move', () => {
  const open = text.split('\n').filter((line) => line.startsWith('mainstay_incidents_open{'));
  expect(open).toEqual(
    ['SEV1', 'SEV2', 'SEV3', 'SEV4', 'unrated'].map(
      (severity) => `mainstay_incidents_open{severity="${severity}"} ${severity === 'SEV2' ? 3 : 0}`,
    ),
  );
});

it('says of heartbeats from the start what there was none of, so that a rule sees the first', async () => {
  const text = await createMetrics('1').render();
  for (const outcome of ['heard', 'unheard', 'held']) {
    expect(text).toContain(`mainstay_heartbeats_total{outcome="${outcome}"} 0\n`);
  }
});

it('gives the times of incidents as a histogram whose buckets hold all that were shorter', () => {
  const told = (le: string) =>
    text.includes(`mainstay_incident_acknowledge_seconds_bucket{severity="SEV1",le="${le}"} `) &&
    Number(text.split(`mainstay_incident_acknowledge_seconds_bucket{severity="SEV1",le="${le}"} `)[1]?.split('\n')[0]);
  expect(['60', '300', '900', '259200', '+Inf'].map(told)).toEqual([2, 2, 3, 3, 4]);
  expect(text).toContain('mainstay_incident_acknowledge_seconds_sum{severity="SEV1"} 400670\n');
  expect(text).toContain('mainstay_incident_acknowledge_seconds_count{severity="SEV1"} 4\n');
});

it('says nothing of what a database that is away would say, rather than zero', async () => {
  const facts = { ...well, database: null };
  const away = await createMetrics('1').render([
    ...ownFamilies({ facts, health: judgeOwn(facts) }),
    ...roomFamilies(null),
  ]);
  expect(away).toContain('mainstay_health_status{part="database"} 2\n');
  for (const name of ['queue_lag_seconds', 'deliveries', 'instances', 'incidents_open', 'runs_open', 'checks']) {
    expect(away).toContain(`# TYPE mainstay_${name} gauge\n`);
    expect(away).not.toMatch(new RegExp(`^mainstay_${name}[ {]`, 'm'));
  }
});
