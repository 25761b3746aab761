import type { AlertCount, AlertSample } from './group.ts';
import type { Labels } from './notification.ts';

/** One of the longest firing alerts of a group, as its source told of it. */
export interface FiringAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  /** ISO, UTC. */
  readonly startsAt: string;
  readonly url: string;
}

/** Labels that tell one alert from another, the most telling first. */
const TELLING = ['instance', 'pod', 'host', 'node', 'job', 'namespace'];
/** Labels of one name, and characters of each text. */
const MOST_LABELS = 3;
const LONGEST = 300;

/** One firing alert in the words its card needs: what all alerts of the group share is said once, above. */
export function sampleOf({ labels, annotations, startsAt, url }: FiringAlert, common: Labels): AlertSample {
  const own = Object.entries(labels).filter(([name, value]) => common[name] !== value && value !== '');
  const name = own
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .slice(0, MOST_LABELS)
    .map(([label, value]) => `${label} ${value}`)
    .join(', ');
  const summary = annotations['summary'] ?? annotations['description'] ?? '';
  return { name: cut(name), summary: cut(summary), startsAt, url: url.slice(0, 2000) };
}

/** Whether two looks found the same. */
export function isSameCount(a: AlertCount, b: AlertCount): boolean {
  const part = ({ firing, resolved, truncated, samples }: AlertCount) => [firing, resolved, truncated, samples];
  return JSON.stringify(part(a)) === JSON.stringify(part(b));
}

function rank(label: string): number {
  const index = TELLING.indexOf(label);
  return index === -1 ? TELLING.length : index;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
