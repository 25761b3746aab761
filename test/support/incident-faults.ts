import type { Incident } from '../../src/domain/incident/state.ts';

/** Everything that can never be true of an incident, and is of this one. */
export function faultsOf(incident: Incident): string[] {
  const { status, severity, owner, severitySpans, nextUpdateDueAt } = incident;
  const open = ['identified', 'assessed', 'assigned', 'mitigating'].includes(status);
  const running = severitySpans.filter((span) => span.to === null);
  const faults: [boolean, string][] = [
    [status === 'identified' && severity !== null, 'identified with a severity'],
    [status === 'assessed' && severity === null, 'assessed without a severity'],
    [status === 'assigned' && (severity === null || owner === null), 'assigned without severity or owner'],
    [open === (incident.resolvedAt !== null), 'resolved and open, or neither'],
    [open && incident.resolution !== null, 'open with a resolution'],
    [!open && nextUpdateDueAt !== null, 'over, and an update owed'],
    [open && incident.postmortemDueAt !== null, 'open, and a post-mortem owed'],
    [
      (status === 'documented') !== (incident.documentedAt !== null && incident.closedAt === null),
      'documented at odds',
    ],
    [(status === 'closed') !== (incident.closedAt !== null), 'closed at odds'],
    [incident.closedAt !== null && incident.postmortemDueAt !== null && incident.documentedAt === null, 'closed owing'],
    [owner !== null && !incident.responders.includes(owner), 'an owner who is no responder'],
    [running.length !== (open && severity !== null ? 1 : 0), 'spans run on after the end, or none runs'],
    [severitySpans.some((span) => span.to !== null && span.to < span.from), 'a span that ends before it begins'],
    [severitySpans.length > 0 && severitySpans.at(-1)?.severity !== severity, 'the last span is another severity'],
    [incident.pinned.some((pin) => pin.by.length === 0), 'a pin nobody holds'],
    [new Set(incident.announcedIn).size !== incident.announcedIn.length, 'announced twice in a channel'],
  ];
  return faults.filter(([wrong]) => wrong).map(([, fault]) => fault);
}
