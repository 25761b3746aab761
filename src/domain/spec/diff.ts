import type { Freeze, Holiday } from './calendar.ts';
import { type Comparing, type Fields, fieldChanges, lowered, teamName } from './diff-fields.ts';
import { writtenChecks } from './parts.ts';
import type { OperationsSpec } from './types.ts';
import { valueWords } from './value-words.ts';

/** One difference between two specs. */
export interface SpecChange {
  /** A top-level key of the spec. */
  section: string;
  /** The entry's key; absent where the section is one thing, such as `name`. */
  key?: string;
  change: 'added' | 'removed' | 'changed';
  /** The entry's field that changed. */
  field?: string;
  /** A whole sentence. */
  words: string;
}

/** The sections that hold entries, with what one entry is called. The order is that of the answer. */
const SECTIONS = {
  duties: 'Duty',
  windows: 'Maintenance window',
  checks: 'Check',
  metrics: 'Metric',
  thresholds: 'Threshold',
  alerts: 'Alert rule',
  slo: 'Promise',
  backups: 'Backup',
  holidays: 'Holiday',
  freezes: 'Freeze',
  digest: 'Digest of',
  severities: 'Severity',
  permissions: 'Permission',
  targets: 'Target',
  teams: 'Team',
  contacts: 'Contact',
  services: 'Service',
  documents: 'Document',
} as const satisfies Partial<Record<keyof OperationsSpec, string>>;

type Section = keyof typeof SECTIONS;

interface Entry {
  key: string;
  fields: Fields;
}

/** What differs between two specs, in words, section by section. Two specs that mean the same have no differences. */
export function diffSpecs(before: OperationsSpec, after: OperationsSpec): SpecChange[] {
  const both = { before, after };
  return [
    ...(['name', 'timezone'] as const).flatMap((section) => ofText(both, section)),
    ...fieldChanges({ ...both, title: 'Incidents' }, { ...before.incident }, { ...after.incident }).map(
      ({ field, words }): SpecChange => ({ section: 'incident', change: 'changed', field, words: `${words}.` }),
    ),
    ...fieldChanges({ ...both, title: 'Status page' }, { ...before.status }, { ...after.status }).map(
      ({ field, words }): SpecChange => ({ section: 'status', change: 'changed', field, words: `${words}.` }),
    ),
    ...(Object.keys(SECTIONS) as Section[]).flatMap((section) => ofSection(both, section)),
  ];
}

type Both = Omit<Comparing, 'title'>;

function ofText({ before, after }: Both, section: 'name' | 'timezone'): SpecChange[] {
  if (before[section] === after[section]) return [];
  const means = section === 'timezone' ? '; times without a zone of their own are read there' : '';
  const words = `The spec's ${section} changes from ${before[section]} to ${after[section]}${means}.`;
  return [{ section, change: 'changed', words }];
}

function ofSection(both: Both, section: Section): SpecChange[] {
  const [old, now] = [entriesOf(both.before, section), entriesOf(both.after, section)];
  const removed = old.filter(({ key }) => !now.some((entry) => entry.key === key));
  return [
    ...now.flatMap((entry) => {
      const was = old.find(({ key }) => key === entry.key);
      return was === undefined ? [added(both.after, section, entry)] : changed(both, section, was, entry);
    }),
    ...removed.map((entry): SpecChange => {
      const words = `${SECTIONS[section]} "${titleOf(both.before, section, entry)}" is removed.`;
      return { section, key: entry.key, change: 'removed', words };
    }),
  ];
}

function added(spec: OperationsSpec, section: Section, entry: Entry): SpecChange {
  const { when, owner, breach } = entry.fields;
  const facts = [
    ...(when === undefined || when === null ? [] : [lowered(valueWords('when', when, spec))]),
    ...(breach === undefined ? [] : [`bad ${valueWords('breach', breach, spec)}`]),
    ...(owner === undefined ? [] : [`owned by ${teamName(spec, owner)}`]),
  ];
  const what = facts.length === 0 ? '' : `: ${facts.join(', ')}`;
  const words = `${SECTIONS[section]} "${titleOf(spec, section, entry)}" is added${what}.`;
  return { section, key: entry.key, change: 'added', words };
}

function changed(both: Both, section: Section, was: Entry, entry: Entry): SpecChange[] {
  const title = titleOf(both.after, section, entry);
  // A name alone does not say what it is the name of: "Platform" may be a team or a service.
  const subject = 'title' in entry.fields ? title : `${SECTIONS[section]} "${title}"`;
  return fieldChanges({ ...both, title: subject }, was.fields, entry.fields).map(({ field, words }) => ({
    section,
    key: entry.key,
    change: 'changed',
    field,
    words: `${words}.`,
  }));
}

function entriesOf(spec: OperationsSpec, section: Section): Entry[] {
  const entries = section === 'alerts' ? spec.alerts.rules : section === 'checks' ? writtenChecks(spec) : spec[section];
  if (Array.isArray(entries)) return entries.map((entry) => ({ key: keyOf(spec, entry), fields: { ...entry } }));
  return Object.entries(entries).map(([key, value]) => ({
    key,
    fields: section === 'permissions' ? { rule: value } : { ...value },
  }));
}

/** Holidays and freezes have no keys, and one name every year: they go by name and day. */
function keyOf(spec: OperationsSpec, entry: { key: string } | Holiday | Freeze): string {
  if ('key' in entry) return entry.key;
  if ('from' in entry) return `${entry.name} from ${entry.from}`;
  return `${entry.name} on ${valueWords('on', entry.on, spec)}`;
}

function titleOf(spec: OperationsSpec, section: Section, { key, fields }: Entry): string {
  if (section === 'digest') return teamName(spec, key);
  if (section === 'holidays' || section === 'freezes') return key;
  const title = fields['title'] ?? fields['name'];
  return typeof title === 'string' ? title : key;
}
