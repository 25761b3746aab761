import { notConnectedReason } from '../health/connected.ts';
import type { Severity } from '../incident/severity.ts';
import { writtenChecks } from '../spec/parts.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check, Slo } from '../spec/watching.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import type { UptimeFacts } from './account.ts';
import { exclusionOf } from './exclusion.ts';
import { incidentDowntime, type RecordedIncident } from './incident-downtime.ts';
import { type Answered, standingOf } from './standing.ts';

/** By what a service is judged. */
export interface Yardstick {
  /** Key of the service. */
  readonly service: string;
  readonly checks: readonly Check[];
  readonly severities: readonly Severity[];
  readonly excludeWindows: boolean;
}

/** What is recorded about services and checks, of all of them. */
export interface Recorded {
  readonly answers: readonly Answered[];
  readonly incidents: readonly RecordedIncident[];
  readonly windows: readonly MaintenanceWindow[];
}

/** A service nobody promised anything of is down in what people call a production outage. */
const UNPROMISED: readonly Severity[] = ['SEV1'];

type Spec = Pick<OperationsSpec, 'checks' | 'slo' | 'targets'>;

/** A promise is judged by what it names. */
export function yardstickOf({ service, checks, incidents, excludeWindows }: Slo, spec: Spec): Yardstick {
  return { service, checks: named(checks, spec), severities: incidents, excludeWindows };
}

/**
 * A service by all its promises together, and where there is none by the checks that say they are about it. Where the spec
 * says by which checks everybody sees it, by these.
 */
export function serviceYardstick(service: string, spec: Spec & Pick<OperationsSpec, 'services'>): Yardstick {
  const promised = promisedYardstick(service, spec);
  const shown = spec.services[service]?.public?.checks;
  return shown === undefined ? promised : { ...promised, checks: named(shown, spec) };
}

function promisedYardstick(service: string, spec: Spec): Yardstick {
  const promises = spec.slo.filter((slo) => slo.service === service).map((slo) => yardstickOf(slo, spec));
  if (promises.length === 0) {
    // A figure beyond its bound is not yet an outage.
    const checks = writtenChecks(spec).filter((check) => check.service === service);
    return { service, checks, severities: UNPROMISED, excludeWindows: true };
  }
  return {
    service,
    checks: [...new Set(promises.flatMap(({ checks }) => checks))],
    severities: [...new Set(promises.flatMap(({ severities }) => severities))],
    excludeWindows: promises.every(({ excludeWindows }) => excludeWindows),
  };
}

function named(keys: readonly string[], { checks }: Spec): Check[] {
  return checks.filter(({ key }) => keys.includes(key));
}

/** What is recorded, as it concerns one service. */
export function factsOf(by: Yardstick, { answers, incidents, windows }: Recorded, spec: Spec, now: Date): UptimeFacts {
  const byCheck = Map.groupBy(answers, ({ check }) => check);
  const ours = windows.filter(({ services }) => by.excludeWindows && services.includes(by.service));
  return {
    checks: by.checks.map((check) => ({
      key: check.key,
      title: check.title,
      every: check.every,
      notConnected: notConnectedReason(check, spec),
      standing: standingOf(byCheck.get(check.key) ?? [], check),
    })),
    incidents: incidents
      .filter(({ incident }) => incident.service === by.service)
      .map((incident) => incidentDowntime(incident, by.severities, now)),
    exclusions: ours.map((window) => exclusionOf(window, now)).filter(({ when }) => when.length > 0),
  };
}
