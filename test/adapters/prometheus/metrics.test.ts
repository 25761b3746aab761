import { expect, it } from 'vitest';
import { createMetrics } from '../../../src/adapters/prometheus/metrics.ts';

it('names no gauge like a counter, which `promtool check metrics` refuses', async () => {
  const metrics = createMetrics('1.2.3');
  const all = await metrics.registry.getMetricsAsJSON();
  const misnamed = all.filter(({ name, type }) => name.endsWith('_total') !== (String(type) === 'counter'));
  expect(misnamed.map(({ name }) => name)).toEqual([]);
  expect(all.length).toBeGreaterThan(20);
});

it('counts what Slack sent by kind and outcome', async () => {
  const metrics = createMetrics('1.2.3');
  metrics.slackHandled('command', 'done');
  metrics.slackHandled('command', 'done');
  metrics.slackHandled('action', 'failed');
  const text = await metrics.render();
  expect(text).toContain('mainstay_slack_requests_total{kind="command",outcome="done"} 2');
  expect(text).toContain('mainstay_slack_requests_total{kind="action",outcome="failed"} 1');
  expect(text).toContain('mainstay_info{version="1.2.3"} 1');
});
