import type { Milliseconds } from './duration.ts';

/** What of many figures is meant. */
export const STATISTICS = ['last', 'average', 'p50', 'p90', 'p95', 'p99', 'max', 'min'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** How the samples of a page of metrics are read. */
export const SCRAPED_AS = ['value', 'rate', 'histogram'] as const;

/** What of a check's own answers is measured. */
export const OWN_MEASURES = ['latency', 'success', 'figure'] as const;

/** Where the figures of a metric come from, or why there are none. Patterns are regular expressions. */
export type MetricSource =
  | QuerySource
  | ScrapeSource
  | OwnSource
  | LogFileSource
  | LokiSource
  | { notConnected: string };

/** The first value of a query to a database, or what Prometheus answers. */
interface QuerySource {
  kind: 'query';
  target: string;
  query: string;
  /** Of Prometheus: asked for so long until now, not only for now. */
  over?: Milliseconds;
}

/** Samples of a page in the Prometheus text format. */
export interface ScrapeSource {
  kind: 'scrape';
  target: string;
  path: string;
  /** A metric with the labels it must have; of a histogram its name without `_bucket`. */
  sample: string;
  /** `rate`: of a counter, since the last look; `histogram`: what was observed since then. */
  as: (typeof SCRAPED_AS)[number];
  /** Of a rate: how much in so long. */
  per: Milliseconds;
  /** Another counter: the rate is a share of its rate. */
  of?: string;
}

/** What Mainstay's own checks answered in a time. */
export interface OwnSource {
  kind: 'checks';
  /** Keys of checks; their answers count together. */
  checks: string[];
  measure: (typeof OWN_MEASURES)[number];
  /** Which of the figures a look brings; for `figure` alone. */
  figure?: string;
  over: Milliseconds;
}

/** Lines that a log had in a time. */
interface LogFileSource {
  kind: 'log file';
  target: string;
  file: string;
  matches: string;
  over: Milliseconds;
}

/** Lines that Loki counts; its query says in which time. */
interface LokiSource {
  kind: 'loki';
  target: string;
  query: string;
}

/** How much more than usual is bad. */
export interface Spike {
  /** So many times what is usual. */
  factor: number;
  /** What is usual is what was in so long before. */
  baseline: Milliseconds;
  of: (typeof USUAL)[number];
  /** Below this nothing is a spike, in the metric's unit. */
  least?: number;
}

export const USUAL = ['median', 'average'] as const;
