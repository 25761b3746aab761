import type { Severity } from '../incident/severity.ts';
import type { Milliseconds } from './duration.ts';
import type { Limit } from './limit.ts';

// What each kind of check asks. Patterns are regular expressions; a Limit says what is bad; a target, a key of targets.

/** What is asked of an address, and every way in which the answer can be wrong. */
export interface HttpQuestion {
  path: string;
  method: (typeof HTTP_METHODS)[number];
  status: StatusRange;
  /** Patterns by the names of headers. */
  headers: Record<string, string>;
  contains?: string;
  /** Words the answer must not hold: many error pages come with status 200. */
  lacks?: string;
  matches?: string;
  /** Values by their place in a JSON answer, such as `checks.db.ok`. */
  json: Record<string, JsonScalar>;
  /** Where false, a redirect is itself the answer. */
  redirects: boolean;
  /** A kept connection is cheaper, and hides that nobody listens any more. */
  connection: (typeof CONNECTIONS)[number];
}

export const HTTP_METHODS = ['GET', 'HEAD'] as const;
export const CONNECTIONS = ['fresh', 'kept'] as const;

/** Both ends included. */
export interface StatusRange {
  from: number;
  to: number;
}

export type JsonScalar = string | number | boolean | null;

export interface TlsQuestion {
  target: string;
  /** The name the certificate must be for; the target's own where it is left out. */
  name?: string;
  /** File with certificates of those who may vouch for it, beside the ones everybody trusts. */
  authority?: string;
  /** Less time than this to its end is bad. */
  left: Milliseconds;
  /** It is renewed when so much time is left, and that has happened within so long. */
  renewal?: { before: Milliseconds; within: Milliseconds };
}

export interface DnsQuestion {
  name: string;
  record: (typeof DNS_RECORDS)[number];
  /** The right answers, all of them and no others; any answer will do where there are none. */
  answers: string[];
  /** Whom to ask, as `address` or `address:port`; whom this machine asks where it is left out. */
  resolver?: string;
}

export const DNS_RECORDS = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

export interface PostgresQuestion {
  target: string;
  /** Of those the server allows, as a share or a number. */
  connections?: Limit;
  /** How far a standby is behind: this one, or the worst of those that follow this one. */
  replicationLag?: Limit;
  size?: Limit;
  query?: string;
  /** Of the first value of the query. */
  breach?: Limit;
}

export interface SqliteQuestion {
  target: string;
  size?: Limit;
  integrity: (typeof INTEGRITY_CHECKS)[number];
}

/** `quick` leaves out whether indexes agree with their tables. */
export const INTEGRITY_CHECKS = ['full', 'quick', 'none'] as const;

export interface RedisQuestion {
  target: string;
  /** As a share of what it may use, or a size. */
  memory?: Limit;
  /** Replicas that follow it. */
  replicas?: Limit;
  /** How long a replica has heard nothing from the one it follows. */
  replicationLag?: Limit;
}

export interface DiskQuestion {
  target: string;
  /** What is free for programs, as a share or a size. */
  free: Limit;
  /** Inodes that are free, as a share or a number. */
  freeInodes?: Limit;
}

export interface FileAgeQuestion {
  target: string;
  /** One file, or the newest of those whose names match: `*.dump`. */
  file?: string;
  newest?: string;
  maxAge: Milliseconds;
  size?: Limit;
}

export interface ObjectAgeQuestion {
  target: string;
  path: string;
  maxAge: Milliseconds;
  size?: Limit;
}

/** What a query without any data means; it is never fine unless the spec says so. */
export const NO_DATA = ['could not tell', 'failing', 'ok'] as const;
export type NoData = (typeof NO_DATA)[number];

export interface PrometheusQuestion {
  target: string;
  query: string;
  /** Of the worst series. */
  breach: Limit;
  noData: NoData;
}

export interface ScrapeQuestion {
  target: string;
  path: string;
  /** A metric with the labels it must have: `http_requests_total{code="500"}`. */
  sample: string;
  breach: Limit;
  noData: NoData;
}

/**
 * What a line of a log asks of people: to come at once, to look into it within a time that runs from the first such
 * line, or to be read once a day.
 */
export const LOG_MEANINGS = ['page', 'investigate', 'review'] as const;

export interface LogLevel {
  means: (typeof LOG_MEANINGS)[number];
  /** How soon it is looked into; for `investigate` alone. */
  within?: Milliseconds;
  /** Where it is not the check's own. */
  severity?: Severity;
}

export interface LogFileQuestion {
  target: string;
  file: string;
  /** A line belongs to the first level whose pattern it matches. */
  levels: (LogLevel & { matches: string })[];
}

export interface LokiQuestion {
  target: string;
  /** Each query counts lines. */
  levels: (LogLevel & { query: string })[];
}

export interface ProcessQuestion {
  /** Mainstay's own, or one by the file with its number or by its name. */
  of: 'mainstay' | { pidFile: string } | { name: string };
  /** As a share of the machine's, or a size. */
  memory?: Limit;
  /** Share of one core since the last look. */
  cpu?: Limit;
}

/** Two places that must say the same: a version, migrations, the names of variables. */
export interface ParityQuestion {
  between: ParitySource[];
}

export interface ParitySource {
  name: string;
  target: string;
  /** Of an http target. */
  path?: string;
  /** Where in its JSON answer; the whole answer where it is left out. */
  at?: string;
  /** Of a postgres target; the first column of all its rows. */
  query?: string;
}

export interface MigrationsQuestion {
  target: string;
  /** The target that holds the files, and the folder in it. */
  files: string;
  folder: string;
}

/** A program, never a shell. */
export interface CommandQuestion {
  argv: string[];
  /** Where it runs. */
  folder: string;
  /** Names of variables it is given of Mainstay's environment; it has no others. */
  pass: string[];
  exit: number;
  prints?: string;
}

/** A variable that must be set, and what it must look like. */
export interface WantedVariable {
  name: string;
  matches?: string;
}
