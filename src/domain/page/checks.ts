import type { CheckEvent } from '../health/events.ts';
import { type CheckState, isDown } from '../health/state.ts';
import { SEVERITIES, type Severity } from '../incident/severity.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { Check } from '../spec/watching.ts';
import type { PageTerms, ResolvedBecause } from './events.ts';
import type { Page } from './page.ts';
import { pageTerms } from './terms.ts';

/** Most checks that a page names. */
const NAMED = 10;

/** A check that begins to fail and of which people are told. */
export interface FailingCheck {
  readonly check: Check;
  readonly severity: Severity | null;
  /** What its answer said. */
  readonly detail: string;
  /** The message that tells of it. */
  readonly group: number;
}

/**
 * The check as one of which people are told anew that it fails, by what is written of it: it began to, or a mute or a maintenance
 * window that kept it quiet is over. None when nobody is told anew.
 *
 * @param state before it is written
 */
export function toldFailing(check: Check | undefined, state: CheckState, event: CheckEvent): FailingCheck[] {
  const isTold = event.kind === 'check.changed' || event.kind === 'check.unmuted' || event.kind === 'check.released';
  if (check === undefined || !isTold || event.group === null) return [];
  const own =
    event.kind === 'check.changed' ? event : { severity: state.severity, detail: 'It failed while it was kept quiet.' };
  return [{ check, severity: own.severity ?? check.severity ?? null, detail: own.detail, group: event.group }];
}

/**
 * Whom checks that began to fail wake: one page for each message that tells of them and each team, of those whose severity
 * wakes somebody. Whoever cannot be called is told in the channel as ever.
 *
 * @param isPaged whether a page of this message and team is open
 */
export function pagesForChecks(
  failing: readonly FailingCheck[],
  spec: OperationsSpec,
  isPaged: (group: number, team: string) => boolean,
): readonly PageTerms[] {
  const waking = failing.filter(({ severity }) => severity !== null && spec.severities[severity].page);
  const together = Map.groupBy(waking, ({ group, check }) => `${group} ${teamOfCheck(check, spec) ?? ''}`);
  return [...together.values()].flatMap((some) => {
    const [first] = some;
    const team = first === undefined ? null : teamOfCheck(first.check, spec);
    if (first === undefined || team === null || isPaged(first.group, team)) return [];
    const terms = pageTerms(spec, team, {
      subject: { of: 'checks', group: first.group },
      title:
        some.length === 1
          ? `${first.check.title} fails`
          : `${some.length} checks fail: ${first.check.title} and others`,
      detail: some
        .slice(0, NAMED)
        .map(({ check, detail }) => `${check.title}: ${detail}`)
        .join('\n'),
      urgency: SEVERITIES.find((one) => some.some(({ severity }) => severity === one)) ?? null,
    });
    return terms === null ? [] : [terms];
  });
}

/** Who answers for a check: its owner, else its service's team; null where the spec names neither. */
export function teamOfCheck(
  { owner, service }: Pick<Check, 'owner' | 'service'>,
  { services }: Pick<OperationsSpec, 'services'>,
): string | null {
  return owner ?? (service === undefined ? undefined : services[service]?.team) ?? null;
}

/**
 * Why nobody need be woken any more for the checks of a page; null while one of them fails and is not muted.
 *
 * @param states of the checks that its message tells of
 */
export function checksAreQuiet(
  page: Pick<Page, 'team'>,
  states: readonly CheckState[],
  spec: Pick<OperationsSpec, 'checks' | 'services'>,
): ResolvedBecause | null {
  const down = states.filter(isDown);
  const known = new Map(spec.checks.map((check) => [check.key, check]));
  const waking = down.filter(({ key, mute, window }) => {
    const check = known.get(key);
    return mute === null && window === null && check !== undefined && teamOfCheck(check, spec) === page.team;
  });
  if (waking.length > 0) return null;
  return down.length === 0 ? 'checks-recovered' : 'checks-quiet';
}
