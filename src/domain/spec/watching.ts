import type { When } from '../duty/when.ts';
import type { Severity } from '../incident/severity.ts';
import type {
  CommandQuestion,
  DiskQuestion,
  DnsQuestion,
  FileAgeQuestion,
  HttpQuestion,
  LogFileQuestion,
  LokiQuestion,
  MigrationsQuestion,
  ObjectAgeQuestion,
  ParityQuestion,
  PostgresQuestion,
  ProcessQuestion,
  PrometheusQuestion,
  RedisQuestion,
  ScrapeQuestion,
  SqliteQuestion,
  TlsQuestion,
  WantedVariable,
} from './check-questions.ts';
import type { Clause } from './clause.ts';
import type { Milliseconds } from './duration.ts';
import type { Limit } from './limit.ts';
import type { Quantity } from './measure.ts';
import type { MetricSource, Spike, Statistic } from './metric-source.ts';

interface Watched {
  key: string;
  title: string;
  /** Team key. */
  owner?: string;
  clause: Clause[];
  /** What was chosen where the source document is silent. */
  assumed?: string;
}

/** A question asked of a target again and again, with the answer that is right. */
export type Check = Watched & {
  every: Milliseconds;
  /** No answer within this time is a failure. */
  timeout: Milliseconds;
  /** So many failures in a row make it failing. */
  failAfter: number;
  /** So many good answers in a row end that. */
  recoverAfter: number;
  /** Keys of checks: while one of them is down, this one failing is told of nobody. */
  dependsOn: string[];
  /** Key of the service that suffers. */
  service?: string;
  /** The incident that is proposed when it fails. */
  severity?: Severity;
} & CheckQuestion;

type CheckQuestion =
  | ({ kind: 'http'; target: string; within?: Milliseconds } & HttpQuestion)
  | ({ kind: 'tls' } & TlsQuestion)
  /** `says`: a pattern of what is said first. */
  | { kind: 'tcp'; target: string; says?: string; within?: Milliseconds }
  | ({ kind: 'dns'; within?: Milliseconds } & DnsQuestion)
  | { kind: 'sql'; target: string; query: string; returns?: string; breach?: Limit; within?: Milliseconds }
  | ({ kind: 'postgres'; within?: Milliseconds } & PostgresQuestion)
  | ({ kind: 'sqlite' } & SqliteQuestion)
  | ({ kind: 'redis'; within?: Milliseconds } & RedisQuestion)
  | ({ kind: 'migrations' } & MigrationsQuestion)
  | ({ kind: 'disk' } & DiskQuestion)
  | ({ kind: 'file age' } & FileAgeQuestion)
  | ({ kind: 'object age' } & ObjectAgeQuestion)
  | ({ kind: 'prometheus' } & PrometheusQuestion)
  | ({ kind: 'scrape' } & ScrapeQuestion)
  | ({ kind: 'log file' } & LogFileQuestion)
  | ({ kind: 'loki' } & LokiQuestion)
  | ({ kind: 'process' } & ProcessQuestion)
  | ({ kind: 'parity' } & ParityQuestion)
  | ({ kind: 'command' } & CommandQuestion)
  /**
   * Somebody else calls Mainstay's /beat/<token>; silence for `every`, or since the time `when` names, and then for `timeout`
   * is a failure. So is work that takes longer than `within` from its start to its end.
   */
  | { kind: 'heartbeat'; when?: When; within?: Milliseconds }
  /** The variables of Mainstay's own environment; their values are never shown. */
  | { kind: 'environment'; variables: WantedVariable[] }
  | { kind: 'not connected'; reason: string }
  /** Not written as a check: each entry of `thresholds` is one, so that all that holds for checks holds for it. */
  | ({ kind: 'threshold' } & ThresholdQuestion);

/** What of a metric is bad, and for how long before it is told. One of `breach` and `spike`. */
interface ThresholdQuestion {
  /** A key of `metrics`. */
  metric: string;
  breach?: Limit;
  spike?: Spike;
  /** Bad all through this time before anybody is told; 0 for at once. */
  for: Milliseconds;
  /** What of the figures of one look is compared. */
  statistic: Statistic;
  quantity: Quantity;
  /** Why there are no figures here. */
  notConnected?: string;
}

/** A look at a metric: asked like a check and never judged, because what of it is bad is for thresholds to say. */
export type Measurement = Pick<Check, 'key' | 'every' | 'timeout'> & {
  kind: 'metric';
  source: Exclude<MetricSource, { notConnected: string }>;
  quantity: Quantity;
  unit: number;
};

/** Something that is measured over time. */
export interface Metric {
  title: string;
  quantity: Quantity;
  source: MetricSource;
  /** How much the figure 1 of the source is, in the one unit of the quantity. */
  unit: number;
  /** How often it is measured, where that does not follow from its thresholds. */
  every?: Milliseconds;
  owner?: string;
  clause: Clause[];
  assumed?: string;
}

/** A metric that is bad beyond a figure. */
export type Threshold = Watched &
  Pick<ThresholdQuestion, 'metric' | 'breach' | 'spike' | 'for' | 'statistic'> & {
    severity?: Severity;
    /** Key of the service that suffers. */
    service?: string;
    /** Keys of checks: while one of them is down, this one is told of nobody. */
    dependsOn: string[];
  };

export const SLO_PERIODS = ['week', 'month', 'quarter', 'year'] as const;
export type SloPeriod = (typeof SLO_PERIODS)[number];

/** What a service promises over a calendar period. */
export type Slo = Watched & {
  /** A key of `services`. */
  service: string;
  period: SloPeriod;
  /** Keys of checks: the service is down while any of them fails. */
  checks: string[];
  /** Least share of the period it is up, in percent; null where only downtime is promised. */
  uptime: number | null;
  /** Longest downtime in the period, all outages together; null where only uptime is promised. */
  maxDowntime: Milliseconds | null;
  /** Whether announced maintenance windows are left out. */
  excludeWindows: boolean;
  /** The service is down while an incident of it has one of these severities. */
  incidents: Severity[];
};
