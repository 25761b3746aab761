/** The dashboard and the alert rules that are shipped, held against what `/metrics` really says. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allMetrics } from '../../support/all-metrics.ts';
import { temporaryHome } from '../../support/test-server.ts';

const file = (path: string) => new URL(`../../../docs/${path}`, import.meta.url).pathname;
const read = (path: string) => readFileSync(file(path), 'utf8');
const promtool = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
};

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
interface Dashboard {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
}

const dashboard = JSON.parse(read('grafana/mainstay.json')) as Dashboard;
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const { groups } = parse(read('prometheus/mainstay.rules.yml')) as {
  groups: { rules: { alert: string; expr: string }[] }[];
};
const rules = groups.flatMap((group) => group.rules);

/** Names of metrics in an expression: ours, the process's and Prometheus's own. */
const namesIn = (expr: string) => expr.match(/\b(mainstay|nodejs|process)_\w+/g) ?? [];

let known: Set<string>;
let labels: Map<string, Set<string>>;
beforeAll(async () => {
  known = new Set();
  labels = new Map();
  for (const line of (await allMetrics()).split('\n')) {
    const [, name, inside = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    known.add(name);
    labels.set(
      name,
      new Set([...(labels.get(name) ?? []), ...[...inside.matchAll(/(\w+)="/g)].map(([, label = '']) => label)]),
    );
  }
});

it.each(rules.map(({ alert, expr }) => [alert, expr]))('%s asks for metrics there are', (_alert, expr) => {
  expect(namesIn(expr).filter((name) => !known.has(name))).toEqual([]);
});

it('shows metrics there are, by labels they have', () => {
  for (const expr of queries) {
    const names = namesIn(expr);
    expect(names.length, expr).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    const asked = [...expr.matchAll(/ by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */));
    const had = new Set(['instance', 'job', ...names.flatMap((name) => [...(labels.get(name) ?? [])])]);
    expect(
      asked.filter((label) => !had.has(label)),
      expr,
    ).toEqual([]);
  }
});

it('shows every metric of Mainstay', () => {
  const family = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
  const shown = new Set(queries.flatMap(namesIn).map(family));
  const all = new Set([...known].filter((name) => name.startsWith('mainstay_')).map(family));
  expect([...all].filter((name) => !shown.has(name))).toEqual([]);
});

it('asks Prometheus nothing it cannot parse', async () => {
  const plain = (expr: string) =>
    expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'mainstay').replaceAll('$instance', '.*');
  const asked = queries.map((expr, n) => ({ record: `panel:${n}`, expr: plain(expr) }));
  const home = await temporaryHome();
  const panels = join(home, 'panels.yml');
  await writeFile(panels, JSON.stringify({ groups: [{ name: 'panels', rules: asked }] }));
  const { status, said } = promtool('check', 'rules', panels);
  await rm(home, { recursive: true });
  expect(status, said).toBe(0);
});

it('can be imported: a data source to choose, each panel with its own place', () => {
  const { panels, templating } = dashboard;
  expect(templating.list.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'datasource datasource',
    'job query',
    'instance query',
  ]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { type, datasource, targets = [], gridPos } of panels) {
    const { x, y, w, h } = gridPos;
    expect(x + w).toBeLessThanOrEqual(24);
    for (let column = x; column < x + w; column += 1) {
      for (let line = y; line < y + h; line += 1) {
        expect(taken.has(`${column} ${line}`)).toBe(false);
        taken.add(`${column} ${line}`);
      }
    }
    const sources = [datasource, ...targets.map((one) => one.datasource)].map((one) => one?.uid);
    if (type !== 'row') expect(sources.filter((uid) => !/^\$\{datasource\}$/.test(uid ?? ''))).toEqual([]);
  }
});

it('has rules that Prometheus takes, which fire when something is wrong and not when it is not', () => {
  expect(promtool('check', 'rules', file('prometheus/mainstay.rules.yml'))).toMatchObject({ status: 0 });
  expect(promtool('test', 'rules', file('prometheus/mainstay.rules.test.yml'))).toMatchObject({ status: 0 });
});
