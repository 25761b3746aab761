import { type PublicNote, visibleNotes } from '../incident/public-note.ts';
import type { Incident } from '../incident/state.ts';
import { isOpen } from '../incident/transitions.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { IncidentOnPage, UpdateOnPage } from './page.ts';

/** What the page says of an incident that nobody wrote the end of. */
const OVER = 'This incident has been resolved.';

/** What everybody sees of an incident; null where nothing of it is public. */
export function incidentOnPage(incident: Incident, spec: Pick<OperationsSpec, 'services'>): IncidentOnPage | null {
  const notes = visibleNotes(incident);
  const last = notes.at(-1);
  const [first] = incident.publicNotes;
  if (last === undefined || first === undefined) return null;
  const service = incident.service === null ? undefined : spec.services[incident.service]?.public;
  const services = service === undefined ? [] : [service.name];
  const resolvedAt = endOf(incident, notes);
  const updates = notes.map(({ state, text, at }): UpdateOnPage => ({ state, text, at }));
  if (resolvedAt !== null && last.state !== 'resolved') updates.push({ state: 'resolved', text: OVER, at: resolvedAt });
  return {
    id: `incident-${idOf(first.at)}`,
    title: last.title !== '' ? last.title : neutralTitle(services),
    services,
    state: resolvedAt === null ? last.state : 'resolved',
    impact: worstImpact(notes),
    startedAt: notes[0]?.at ?? last.at,
    resolvedAt,
    updates: updates.reverse(),
  };
}

/** What an incident is called that was given no public title. */
export function neutralTitle(services: readonly string[]): string {
  return services.length === 0 ? 'Incident' : `Incident affecting ${services.join(', ')}`;
}

/** When it was over for the readers: as they were told, else when it was resolved; null while it goes on. */
function endOf({ status, resolvedAt }: Incident, notes: readonly PublicNote[]): string | null {
  const last = notes.at(-1);
  if (last?.state === 'resolved') {
    return notes.slice(notes.findLastIndex(({ state }) => state !== 'resolved') + 1)[0]?.at ?? last.at;
  }
  return isOpen({ status }) ? null : resolvedAt;
}

const WORST: readonly PublicNote['impact'][] = ['outage', 'degraded'];

/** What it meant at its worst. */
function worstImpact(notes: readonly PublicNote[]): PublicNote['impact'] {
  return WORST.find((impact) => notes.some((note) => note.impact === impact)) ?? 'none';
}

/** An instant as a part of an address: `20261121t140000000z`. */
export function idOf(instant: string): string {
  return instant.replaceAll(/[-:.]/g, '').toLowerCase();
}
