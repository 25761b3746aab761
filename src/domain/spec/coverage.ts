import { notConnectedReason } from '../health/connected.ts';
import { thresholdKey } from '../health/threshold-checks.ts';
import type { Clause } from './clause.ts';
import { targetNotConnected, writtenChecks } from './parts.ts';
import type { OperationsSpec } from './types.ts';

/**
 * How a clause is carried out: done by the bot; verified by it; a person is asked and signs; no part for it yet.
 * A reminder is not "machine".
 */
export const COVERAGE_WAYS = ['machine', 'checked', 'asked', 'not yet'] as const;

type CoverageWay = (typeof COVERAGE_WAYS)[number];

/** What can carry a clause: entries of the spec by key, a part of the spec by its place, a command people type. */
export const CARRIER_KINDS = [
  'duty',
  'check',
  'metric',
  'threshold',
  'slo',
  'window',
  'backup',
  'policy',
  'command',
] as const;

type CarrierKind = (typeof CARRIER_KINDS)[number];

export interface Carrier {
  kind: CarrierKind;
  /** The entry's key; for a policy its place in the spec (`severities.SEV1`); for a command its words. */
  name: string;
}

export interface CoverageRow {
  clause: Clause;
  /** A short paraphrase of what the document asks for. */
  says: string;
  how: CoverageWay;
  /** What carries it. Where nothing does yet: what is written down for it and does not run, or nothing. */
  by: Carrier[];
  /** What the reader should know: a mistake of the document corrected, why there is no part for it yet. */
  note?: string;
}

/** How many rows are carried in each way, and altogether. */
export type CoverageTotals = Record<CoverageWay | 'rows', number>;

export function coverageTotals(rows: readonly CoverageRow[]): CoverageTotals {
  const totals: CoverageTotals = { rows: rows.length, machine: 0, checked: 0, asked: 0, 'not yet': 0 };
  for (const { how } of rows) totals[how] += 1;
  return totals;
}

/**
 * Of the rows that Mainstay carries out or verifies, how many it cannot here: the systems of all their duties, checks and thresholds
 * are not connected. Rows carried by something else are not counted.
 */
export function notConnectedRows(rows: readonly CoverageRow[], spec: OperationsSpec): number {
  const reasonOf = ({ kind, name }: Carrier): string | null | undefined => {
    const duty = kind === 'duty' ? spec.duties.find(({ key }) => key === name) : undefined;
    if (duty?.run !== undefined) return targetNotConnected(spec, 'target' in duty.run ? duty.run.target : null);
    const asked = kind === 'check' ? name : kind === 'threshold' ? thresholdKey(name) : null;
    const check = spec.checks.find(({ key }) => key === asked);
    return check === undefined ? undefined : notConnectedReason(check, spec);
  };
  return rows.filter(({ how, by }) => {
    const reasons = by.map(reasonOf).filter((reason) => reason !== undefined);
    return (how === 'machine' || how === 'checked') && reasons.length > 0 && reasons.every((reason) => reason !== null);
  }).length;
}

/** Two rows have a line in common. */
export function overlap({ clause: one }: CoverageRow, { clause: other }: CoverageRow): boolean {
  return one.document === other.document && one.from <= other.to && other.from <= one.to;
}

/** Does the spec have what a row names? Commands are not the spec's. */
export function carries(spec: OperationsSpec, { kind, name }: Carrier): boolean {
  if (kind === 'policy') return isPlace(spec, name.split('.'));
  return carrierNames(spec, kind).includes(name);
}

/** The names a carrier of this kind can have. */
export function carrierNames(spec: OperationsSpec, kind: CarrierKind): string[] {
  if (kind === 'command') return [];
  if (kind === 'policy') return Object.keys(spec).filter((key) => isPlace(spec, [key]));
  if (kind === 'metric') return Object.keys(spec.metrics);
  if (kind === 'check') return writtenChecks(spec).map(({ key }) => key);
  return spec[SECTIONS[kind]].map(({ key }) => key);
}

const SECTIONS = {
  duty: 'duties',
  threshold: 'thresholds',
  slo: 'slo',
  window: 'windows',
  backup: 'backups',
} as const;

/** Does the spec say something at this place? The verbs of `permissions` have dots of their own. */
function isPlace(value: unknown, steps: readonly string[]): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'object') return steps.length === 0;
  // An empty list or map is what is there when nobody wrote anything.
  if (steps.length === 0) return Object.keys(value).length > 0;
  return steps.some((_step, index) => {
    const key = steps.slice(0, index + 1).join('.');
    const inner: unknown = Array.isArray(value)
      ? value.find((entry: { key?: string }) => entry.key === key)
      : new Map(Object.entries(value)).get(key);
    return inner !== undefined && isPlace(inner, steps.slice(index + 1));
  });
}
