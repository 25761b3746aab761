import { backupFamilies } from '../../src/adapters/prometheus/backup-families.ts';
import { createMetrics } from '../../src/adapters/prometheus/metrics.ts';
import { ownFamilies } from '../../src/adapters/prometheus/own-families.ts';
import { roomFamilies } from '../../src/adapters/prometheus/room-families.ts';
import { uptimeFamilies } from '../../src/adapters/prometheus/uptime-families.ts';
import { climb } from '../../src/domain/backup/ladder.ts';
import type { BackupGlance } from '../../src/domain/backup/status.ts';
import { judgeOwn } from '../../src/domain/own/judge.ts';
import type { UptimeGlance } from '../../src/domain/uptime/report.ts';
import type { RoomFigures } from '../../src/usecases/figures-port.ts';
import { aDrill, aManifest, seenWell, WANTED } from './drill-facts.ts';
import { database, well } from './own-facts.ts';

const figures: RoomFigures = {
  openIncidents: [{ label: 'SEV2', count: 3 }],
  times: [
    { severity: 'SEV1', measure: 'acknowledge', le: 60, count: 2, seconds: 70 },
    { severity: 'SEV1', measure: 'acknowledge', le: 900, count: 1, seconds: 600 },
    { severity: 'SEV1', measure: 'acknowledge', le: null, count: 1, seconds: 400_000 },
    { severity: 'unrated', measure: 'resolve', le: 3_600, count: 1, seconds: 3_000 },
  ],
  openRuns: [{ label: 'late', count: 2 }],
  openWindows: [{ label: 'started', count: 1 }],
  pages: [{ label: 'calling', count: 1 }],
  checks: [{ label: 'failing', count: 4 }],
  alertGroups: [{ label: 'SEV2', count: 7 }],
};

const HOUR = 3_600_000;
const quarter = { up: 2_000 * HOUR, down: 0.5 * HOUR, excluded: 2 * HOUR, unknown: HOUR };
const promise: UptimeGlance = {
  slo: 'checkout',
  service: 'Checkout',
  month: quarter,
  quarter,
  year: quarter,
  period: {
    kind: 'quarter',
    key: '2026-Q1',
    name: 'Q1 2026',
    from: Date.parse('2026-01-01T00:00:00Z'),
    to: Date.parse('2026-04-01T00:00:00Z'),
  },
  times: quarter,
  budgets: [{ objective: 'maxDowntime', target: HOUR, total: HOUR, spent: 0.5 * HOUR, left: 0.5 * HOUR }],
  partly: false,
};

const made: BackupGlance = {
  key: 'orders',
  title: 'Orders, daily',
  owner: null,
  health: 'good',
  badness: 1,
  reason: null,
  last: null,
  age: HOUR,
  rpo: 24 * HOUR,
  next: null,
  ended: null,
  open: null,
  drill: {
    run: aDrill({ status: 'passed', result: climb(aManifest(), seenWell(aManifest()), WANTED) }),
    age: 48 * HOUR,
  },
  sizes: [200_000_000, 208_000_000],
  kept: {
    count: 30,
    offSite: { kind: 'store', copied: 29, pending: 1, why: null },
    held: 0,
    unsound: [],
    untold: [],
    look: { at: new Date(0), looked: 59, sound: 59, untold: 0, bytesHere: 6e9, bytesOffSite: 5.8e9 },
    used: [],
    deletion: null,
  },
};

/** The text of `/metrics` in which every metric has a value. */
export async function allMetrics(): Promise<string> {
  const metrics = createMetrics('1.2.3');
  metrics.slackHandled('command', 'done', 0.02);
  metrics.slackHandled('command', 'done', 0.02);
  metrics.slackHandled('action', 'failed', 2.9);
  metrics.slackCalled('chat.postMessage', 'rate-limited', 0.2);
  metrics.httpAnswered('/beat/:token', 'GET', 200, 0.004);
  metrics.checked('http', 'ok', 0.3);
  metrics.alertsReceived('alertmanager', 10);
  metrics.jobEnded('slack', 'again', 0.1);
  metrics.heartbeat('heard');
  const facts = {
    ...well,
    database: { ...database, jobs: [{ queue: 'slack', count: 2, underWay: 0, oldestMs: 1_500 }] },
    spec: { ...well.spec, name: 'Northwind "A\\B"' },
  };
  return metrics.render([
    ...ownFamilies({ facts, health: judgeOwn(facts) }),
    ...roomFamilies(figures),
    ...uptimeFamilies([promise]),
    ...backupFamilies([made]),
  ]);
}
