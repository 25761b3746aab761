import type { Target } from './target.ts';
import type { OperationsSpec } from './types.ts';
import type { Check } from './watching.ts';

/** How many entries a spec has of each kind. */
export interface SpecParts {
  readonly duties: number;
  /** Of the duties, those that Mainstay has an action for. */
  readonly automated: number;
  readonly checks: number;
  readonly metrics: number;
  readonly thresholds: number;
  readonly slo: number;
  readonly backups: number;
  readonly windows: number;
  readonly teams: number;
  readonly targets: number;
}

export function partsOf(spec: OperationsSpec): SpecParts {
  return {
    duties: spec.duties.length,
    automated: spec.duties.filter(({ run }) => run !== undefined).length,
    checks: writtenChecks(spec).length,
    metrics: Object.keys(spec.metrics).length,
    thresholds: spec.thresholds.length,
    slo: spec.slo.length,
    backups: spec.backups.length,
    windows: spec.windows.length,
    teams: Object.keys(spec.teams).length,
    targets: Object.keys(spec.targets).length,
  };
}

/** The checks as the file has them: thresholds, which are checks too, have a section of their own. */
export function writtenChecks({ checks }: Pick<OperationsSpec, 'checks'>): Check[] {
  return checks.filter(({ kind }) => kind !== 'threshold');
}

/** An entry whose system does not exist here: shown, never green, never red. */
export interface NotConnected {
  readonly what: 'target' | 'check' | 'metric' | 'backup';
  readonly title: string;
  readonly reason: string;
}

/**
 * What of a spec is not connected: the targets with what depends on them left out, then what is not connected for a
 * reason of its own.
 */
export function notConnectedIn(spec: OperationsSpec): NotConnected[] {
  return [
    ...Object.entries(spec.targets).flatMap(([key, target]): NotConnected[] => {
      const reason = notConnected(target);
      return reason === null ? [] : [{ what: 'target', title: target.title ?? key, reason }];
    }),
    ...spec.checks.flatMap((check): NotConnected[] =>
      check.kind === 'not connected' ? [{ what: 'check', title: check.title, reason: check.reason }] : [],
    ),
    ...Object.values(spec.metrics).flatMap(({ title, source }): NotConnected[] =>
      'notConnected' in source ? [{ what: 'metric', title, reason: source.notConnected }] : [],
    ),
    ...spec.backups.flatMap(({ title, notConnected: reason }): NotConnected[] =>
      reason === undefined ? [] : [{ what: 'backup', title, reason }],
    ),
  ];
}

/** Why the target with this key does not exist here; null when it does, or when no target is meant. */
export function targetNotConnected({ targets }: Pick<OperationsSpec, 'targets'>, key: string | null): string | null {
  const target = key === null ? undefined : targets[key];
  return target === undefined ? null : notConnected(target);
}

const notConnected = (target: Target): string | null => ('notConnected' in target ? target.notConnected : null);
