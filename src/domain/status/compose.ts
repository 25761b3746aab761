import type { CheckView } from '../health/view.ts';
import { visibleNotes } from '../incident/public-note.ts';
import type { Incident } from '../incident/state.ts';
import type { OperationsSpec, PublicService } from '../spec/types.ts';
import type { ServiceDay } from '../uptime/days.ts';
import type { MaintenanceWindow } from '../window/window.ts';
import { availableIn, dayOnPage } from './days.ts';
import { incidentOnPage } from './incidents.ts';
import { windowOnPage } from './maintenance.ts';
import type { ServiceOnPage, ServiceState, StatusPage } from './page.ts';
import { headlineOf, serviceState, worstState } from './service-state.ts';
import { slugOf } from './slug.ts';

/** Most incidents that are over the page shows. */
const MOST_HISTORY = 20;

export interface StatusFacts {
  readonly spec: OperationsSpec;
  readonly checks: readonly CheckView[];
  /** Those that were ever published. */
  readonly incidents: readonly Incident[];
  readonly windows: readonly MaintenanceWindow[];
  /** How each service was lately, by its key; the oldest day first, today last. */
  readonly days: readonly { readonly service: string; readonly days: readonly ServiceDay[] }[];
}

/** Everything the status page says. It goes by the spec as it is now: what is public no more is shown no more. */
export function statusPage(facts: StatusFacts, now: Date): StatusPage {
  const { spec, incidents, windows } = facts;
  const open = incidents.filter((one) => incidentOnPage(one, spec)?.resolvedAt === null);
  const services = publicServices(spec).map(([key, service]) =>
    serviceOnPage(key, service, { ...facts, incidents: open }, now),
  );
  const shown = incidents.flatMap((incident) => incidentOnPage(incident, spec) ?? []);
  const latestFirst = shown.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const states = services.map(({ state }) => state);
  const state = worstState([...states, ...open.flatMap((incident) => beyondServices(incident, spec))]);
  return {
    title: spec.status?.title ?? spec.name,
    description: spec.status?.description ?? null,
    support: spec.status?.support ?? null,
    state,
    headline: headlineOf(state, states),
    zone: spec.timezone,
    services,
    incidents: latestFirst.filter(({ resolvedAt }) => resolvedAt === null),
    maintenance: windows
      .flatMap((window) => windowOnPage(window, spec, now) ?? [])
      .sort((a, b) => a.startsAt.localeCompare(b.startsAt)),
    history: latestFirst.filter(({ resolvedAt }) => resolvedAt !== null).slice(0, MOST_HISTORY),
  };
}

/** The services that everybody may know of, with their keys, in the order of the spec. */
function publicServices({ services }: Pick<OperationsSpec, 'services'>): [string, PublicService][] {
  return Object.entries(services).flatMap(([key, service]): [string, PublicService][] =>
    service.public === undefined ? [] : [[key, service.public]],
  );
}

function serviceOnPage(key: string, service: PublicService, facts: StatusFacts, now: Date): ServiceOnPage {
  const isAsked = ({ check }: CheckView) => service.checks?.includes(check.key) ?? check.service === key;
  const { state } = serviceState({
    checks: facts.checks.filter(isAsked),
    impacts: facts.incidents.flatMap((incident) => (incident.service === key ? impactNow(incident) : [])),
    // Beyond its announced end, which somebody may have forgotten to say, the checks are believed again.
    inWindow: facts.windows.some(
      ({ status, services, endsAt }) => status === 'started' && services.includes(key) && now < new Date(endsAt),
    ),
  });
  const days = facts.days.find((one) => one.service === key)?.days ?? [];
  const { name, description = null } = service;
  return { id: slugOf(name), name, description, state, days: days.map(dayOnPage), available: availableIn(days) };
}

/** What the last note says. */
function impactNow(incident: Incident) {
  return visibleNotes(incident)
    .slice(-1)
    .map(({ impact }) => impact);
}

/** An incident of no service the page shows still means something for all of it. */
function beyondServices(incident: Incident, spec: OperationsSpec): ServiceState[] {
  if (incident.service !== null && spec.services[incident.service]?.public !== undefined) return [];
  return impactNow(incident).flatMap((impact) => (impact === 'none' ? [] : [impact]));
}
