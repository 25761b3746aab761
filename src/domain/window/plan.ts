import { done, type Outcome, refused } from '../outcome.ts';
import { formatClause } from '../spec/clause.ts';
import { type Milliseconds, parseDuration } from '../spec/duration.ts';
import { cleaned } from '../text/controls.ts';
import { durationWords } from '../text/duration-words.ts';
import { nearest } from '../text/nearest.ts';
import type { WindowSituation } from './decision.ts';
import type { WindowTerms } from './events.ts';
import { LONGEST } from './new-end.ts';
import { ENDING_BEFORE, ONE_OFF_BEFORE } from './notices.ts';
import { policyFor } from './policy.ts';
import type { WindowRefusal, WindowRefused } from './refusals.ts';

/** What a person plans, as they wrote it. */
export interface WindowDraft {
  readonly title: string;
  /** Key of a window of the spec that is used as needed; null for one of its own. */
  readonly kind: string | null;
  readonly services: readonly string[];
  /** `env=prod, tier=database`. */
  readonly labels: string;
  readonly startsAt: Date | null;
  /** `2h`, `1h30m`. */
  readonly length: string;
  /** Slack user id. */
  readonly lead: string;
  readonly reason: string;
  readonly risk: string;
  readonly rollback: string;
  /** One step a line. */
  readonly checklist: string;
  /** Why people are told so late; needed only when they are. */
  readonly shortNotice: string;
}

/** How long a form may take to be filled in: a start that passed meanwhile is now. */
const FILLING_IN: Milliseconds = 15 * 60_000;

/** The terms of a planned window, but for what overlaps it; or why it cannot be planned so. */
export function planTerms(
  draft: WindowDraft,
  { spec, now }: WindowSituation,
): Outcome<Omit<WindowTerms, 'overlaps'>, WindowRefusal> {
  const title = cleaned(draft.title).replaceAll(/\s+/g, ' ');
  if (title === '') return refused('empty-text', 'Say in a few words what is worked on.', 'title');
  const kind = spec.windows.find(({ key, when }) => key === draft.kind && when === null) ?? null;
  if (draft.kind !== null && kind === null)
    return refused('unknown-kind', `"${draft.kind}" is no window that the spec has used as needed.`, 'kind');
  const services = [...new Set(draft.services)];
  const unknown = services.find((service) => spec.services[service] === undefined);
  if (unknown !== undefined) return refused('unknown-service', unknownService(unknown, Object.keys(spec.services)));
  const labels = readLabels(draft.labels);
  if (!labels.ok) return labels;
  if (services.length === 0 && Object.keys(labels.value).length === 0)
    return refused('no-scope', 'Say what is affected: choose a service, or write labels such as env=prod.', 'labels');
  const reason = cleaned(draft.reason);
  if (reason === '') return refused('empty-text', 'Say why it is done.', 'reason');
  const span = readSpan(draft, now);
  if (!span.ok) return span;

  const { startsAt, length } = span.value;
  const policy = policyFor(kind, services, spec);
  const shortNotice = cleaned(draft.shortNotice);
  const isShort = startsAt.getTime() - now.getTime() < policy.notice;
  if (isShort && shortNotice === '') {
    const wanted = `It begins in less than ${durationWords(policy.notice)}: say why people cannot be told earlier.`;
    return refused('notice-too-short', wanted, 'shortNotice');
  }
  return done({
    window: kind?.key ?? null,
    occurrence: null,
    title,
    reason,
    risk: cleaned(draft.risk),
    rollback: cleaned(draft.rollback),
    checklist: stepsOf(draft.checklist),
    lead: draft.lead,
    owner: policy.owner,
    channel: policy.channel,
    services,
    labels: { ...kind?.labels, ...labels.value },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + length).toISOString(),
    announceIn: policy.announceIn,
    announceBefore: longestFirst(kind?.announceBefore ?? ONE_OFF_BEFORE),
    // Of a short one the start has only just been told.
    endingBefore: length > 2 * ENDING_BEFORE ? ENDING_BEFORE : null,
    approvers: policy.approvers,
    typical: policy.typical,
    shortNotice: isShort ? shortNotice : '',
    clauses: (kind?.clause ?? []).map(formatClause),
  });
}

/** The longest ahead first, each once. */
export function longestFirst(lengths: readonly Milliseconds[]): Milliseconds[] {
  return [...new Set(lengths)].sort((a, b) => b - a);
}

function readSpan(
  { startsAt, length: typed }: WindowDraft,
  now: Date,
): Outcome<{ readonly startsAt: Date; readonly length: Milliseconds }, WindowRefusal> {
  if (startsAt === null) return refused('empty-text', 'Say when it begins.', 'startsAt');
  if (startsAt.getTime() < now.getTime() - FILLING_IN)
    return refused('in-the-past', 'That has passed: plan it for a time that is still to come.', 'startsAt');
  const length = parseDuration(typed.replaceAll(/\s+/g, ''));
  if (!length.ok || length.ms === 0)
    return refused('bad-length', `"${typed}" is no length of time; write it as 2h or 1h30m.`, 'length');
  if (length.ms > LONGEST) return refused('bad-length', `"${typed}" is too long; write at most 30d.`, 'length');
  return done({ startsAt: startsAt < now ? now : startsAt, length: length.ms });
}

function stepsOf(written: string): string[] {
  return cleaned(written)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
}

const LABEL = /^([A-Za-z_][\w.-]*)\s*=\s*(.+)$/;

function readLabels(written: string): { ok: true; value: Record<string, string> } | WindowRefused {
  const parts = cleaned(written)
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const labels: Record<string, string> = {};
  for (const part of parts) {
    const [, name, value] = LABEL.exec(part) ?? [];
    if (name === undefined || value === undefined)
      return refused('bad-labels', `"${part}" is no label; write them as env=prod, tier=database.`, 'labels');
    labels[name] = value;
  }
  return done(labels);
}

function unknownService(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  const guess = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return `"${word}" is no service of the operations spec; it has ${known.join(', ') || 'none'}.${guess}`;
}
