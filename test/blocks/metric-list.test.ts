import { describe, expect, it } from 'vitest';
import { metricList } from '../../blocks/metric-list.ts';
import type { MetricView } from '../../src/domain/health/metric-view.ts';
import { incidentSpec } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

function view(title: string, also: Partial<MetricView> = {}): MetricView {
  const source = { kind: 'query' as const, target: 'p', query: 'up' };
  const metric = { title, quantity: 'time' as const, unit: 1, source, clause: [] };
  return { key: title, metric, last: null, notConnected: null, thresholds: [], ...also };
}

const answered = (answer: 'ok' | 'could-not-tell', detail: string) => ({
  last: { at: '2026-11-21T12:00:00.000Z', answer, detail, latencyMs: null, severity: null },
});

const textOf = (views: readonly MetricView[], page = 1) => JSON.stringify(metricList(views, page, incidentSpec).blocks);

describe('the list of metrics', () => {
  it('shows what is measured before what is not, and why it is not', () => {
    const text = textOf([
      view('Cards', { notConnected: 'There is no <bank>.' }),
      view('Memory', answered('could-not-tell', 'Prometheus refused the connection')),
      view('Latency', answered('ok', 'p95 812ms')),
    ]);
    expect(text).toMatch(
      /\*Metrics\*: 2 of 3 have a source here.*\*Latency\*.*p95 812ms <!date.*p: up.*\*Memory\*.*\*Cards\*/,
    );
    expect(text).toContain('no figure <!date^1795262400');
    expect(text).toContain('not connected: There is no &lt;bank&gt;.');
    expect(textOf([view('New')])).toContain('not measured yet');
  });

  it('is one screen, a page at a time', () => {
    const many = Array.from({ length: 30 }, (_, index) => view(`M${index}`, answered('ok', 'x'.repeat(150))));
    const pages = [1, 2, 3].map((page) => textOf(many, page));
    expect(pages[0]).toContain('Page 1 of 3  ·  `/health metrics 2` shows more');
    expect(pages[2]).not.toContain('shows more');
    expect(pages.map((text) => text.match(/\*M\d+\*/g)?.length)).toEqual([12, 12, 6]);
    expect(textOf(many, 99)).toBe(pages[2]);
    for (const page of [1, 2, 3]) expect(checkMessage({ ...metricList(many, page, incidentSpec) })).toEqual([]);
  });
});
