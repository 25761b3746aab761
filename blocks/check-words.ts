import { windowSubject } from '../src/domain/event.ts';
import type { ToldCheck } from '../src/domain/health/history.ts';
import type { CheckStatus } from '../src/domain/health/state.ts';
import { type CheckView, severityOf } from '../src/domain/health/view.ts';
import { formatDuration } from '../src/domain/spec/duration.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, SEVERITY_EMOJI, when } from './words.ts';

/** One sign for each state, the same everywhere; what fails has the colour of its severity. */
export const CHECK_EMOJI: Record<CheckStatus, string> = {
  unknown: ':grey_question:',
  ok: ':large_green_circle:',
  failing: ':red_circle:',
  flapping: ':large_orange_circle:',
  held: ':link:',
};

export const CHECK_WORD: Record<CheckStatus, string> = {
  unknown: 'not known yet',
  ok: 'well',
  failing: 'failing',
  flapping: 'flapping',
  held: 'held',
};

/** Longest line of an answer that is shown. */
const DETAIL = 300;

export function checkEmoji(view: ToldCheck): string {
  if (view.notConnected !== null) return ':white_circle:';
  const severity = severityOf(view);
  return view.state.status === 'failing' && severity !== null
    ? SEVERITY_EMOJI[severity]
    : CHECK_EMOJI[view.state.status];
}

export function checkName({ check }: { readonly check: Pick<ToldCheck['check'], 'title'> }): string {
  return bold(check.title, 120);
}

/** What its last answer said; empty when nothing was answered yet. */
export function detailOf({ pulse }: CheckView, limit = DETAIL): string {
  return pulse.last === null ? '' : mrkdwnLine(pulse.last.detail, limit);
}

/** State and since when, in a few words. */
export function stateOf({ check, state, pulse, notConnected }: ToldCheck): string {
  if (notConnected !== null) return `not connected: ${mrkdwnLine(notConnected, DETAIL)}`;
  const since = state.since === null ? '' : ` since ${when(state.since)}`;
  switch (state.status) {
    case 'unknown':
      if (state.reason === 'could-not-tell') return `cannot be asked${since}`;
      if (state.reason === 'dependency-is-back') return 'is looked at again';
      if (check.kind === 'threshold') return 'not known yet';
      return check.kind === 'heartbeat' ? 'has not reported yet' : 'was not asked yet';
    case 'ok':
      return `well${since}${latency(pulse.last?.latencyMs ?? null)}`;
    case 'failing':
      return `failing${since}${inARow(pulse.bad?.count ?? 0)}`;
    case 'flapping':
      return `flapping${since}: it fails again and again`;
    case 'held':
      return `held${since}: \`${mrkdwnLine(state.because ?? check.key, 80)}\`, which it depends on, is down`;
  }
}

/** Who muted it and until when; null unless somebody did. */
export function muteOf({ state }: Pick<CheckView, 'state'>): string | null {
  if (state.mute === null) return null;
  const { until, by, reason } = state.mute;
  return `:no_bell: muted until ${when(until)} by ${actorName(by)}: ${mrkdwnLine(reason, 200)}`;
}

/** The maintenance window that keeps it quiet, or after which it was told of; null where there is none. */
export function windowOf({ state, window }: Pick<CheckView, 'state' | 'window'>): string | null {
  if (window !== null) return `:construction: in maintenance ${windowSubject(window)}: nobody is told before its end`;
  return state.after === null
    ? null
    : `:construction: began in maintenance ${windowSubject(state.after)}, which is over`;
}

/** How long it failed before it recovered; null when it did not, or fails. */
export function failedFor({ state }: Pick<CheckView, 'state'>): string | null {
  const began = state.failures.at(-1);
  if (state.status !== 'ok' || began === undefined || state.since === null) return null;
  return durationWords(Date.parse(state.since) - Date.parse(began));
}

/** One line of a list: sign, title, state, and the answer where it is not well. */
export function checkLine(view: CheckView): string {
  const muted = view.state.mute === null ? '' : `  ·  :no_bell: until ${when(view.state.mute.until)}`;
  const said = view.notConnected !== null || view.state.status === 'ok' ? '' : detailOf(view, 150);
  const detail = said === '' ? '' : `  ·  ${said}`;
  const window = view.window === null ? '' : `  ·  :construction: in maintenance ${windowSubject(view.window)}`;
  return `${checkEmoji(view)} ${checkName(view)}  ·  ${stateOf(view)}${detail}${muted}${window}`;
}

function inARow(count: number): string {
  return count < 2 ? '' : `, ${count} bad answers in a row`;
}

function latency(ms: number | null): string {
  return ms === null ? '' : `, ${formatDuration(Math.max(1, Math.round(ms)))}`;
}
