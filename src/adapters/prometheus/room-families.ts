import type { Counted, RoomFigures, TimesBucket } from '../../usecases/figures-port.ts';
import type { Family, Sample } from './exposition.ts';

/** Of the times of incidents, in seconds: a minute to three days. */
export const TIME_BOUNDS: readonly number[] = [60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 259_200];

/** Zero is said of what is known, so that an alert on it sees it move. */
const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4', 'unrated'];
const PAGE_STATUSES = ['calling', 'exhausted', 'acknowledged', 'resolved'];
const CHECK_STATUSES = ['ok', 'failing', 'flapping', 'held', 'unknown'];

/** What the rooms hold. While the database is away, figures are null and nothing is said. */
export function roomFamilies(figures: RoomFigures | null): Family[] {
  return [
    counted('mainstay_incidents_open', 'Open incidents.', 'severity', SEVERITIES, figures?.openIncidents),
    times('mainstay_incident_acknowledge_seconds', 'From declaring an incident to its owner.', 'acknowledge', figures),
    times('mainstay_incident_resolve_seconds', 'From declaring an incident to its end.', 'resolve', figures),
    counted('mainstay_runs_open', 'Runs of duties that are due or late.', 'status', ['due', 'late'], figures?.openRuns),
    counted(
      'mainstay_windows_open',
      'Maintenance windows to come and under way.',
      'status',
      ['planned', 'announced', 'started'],
      figures?.openWindows,
    ),
    counted('mainstay_pages', 'Pages by how they stand; all there ever were.', 'status', PAGE_STATUSES, figures?.pages),
    counted('mainstay_checks', 'Checks by how they are.', 'status', CHECK_STATUSES, figures?.checks),
    counted(
      'mainstay_alert_groups_firing',
      'Groups of alerts that fire.',
      'severity',
      SEVERITIES,
      figures?.alertGroups,
    ),
  ];
}

function counted(
  name: string,
  help: string,
  label: string,
  known: readonly string[],
  found: readonly Counted[] | undefined,
): Family {
  const counts = new Map(found?.map((one) => [one.label, one.count]));
  const samples = known.map((value) => ({ labels: { [label]: value }, value: counts.get(value) ?? 0 }));
  return { name, help, type: 'gauge', samples: found === undefined ? [] : samples };
}

function times(name: string, help: string, measure: TimesBucket['measure'], figures: RoomFigures | null): Family {
  const all = (figures?.times ?? []).filter((one) => one.measure === measure);
  const samples = [...Map.groupBy(all, ({ severity }) => severity)].flatMap(([severity, buckets]) =>
    histogram({ severity }, buckets),
  );
  return { name, help, type: 'histogram', samples };
}

function histogram(labels: Readonly<Record<string, string>>, buckets: readonly TimesBucket[]): Sample[] {
  const within = (le: number) =>
    buckets.reduce((sum, bucket) => sum + (bucket.le !== null && bucket.le <= le ? bucket.count : 0), 0);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  return [
    ...TIME_BOUNDS.map((le) => ({
      suffix: '_bucket' as const,
      labels: { ...labels, le: String(le) },
      value: within(le),
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: total },
    { suffix: '_sum', labels, value: buckets.reduce((sum, { seconds }) => sum + seconds, 0) },
    { suffix: '_count', labels, value: total },
  ];
}
