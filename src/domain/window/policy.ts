import type { RecurringWindow } from '../spec/calendar.ts';
import type { Milliseconds } from '../spec/duration.ts';
import type { OperationsSpec, PermissionRule } from '../spec/types.ts';
import type { WindowApprovers } from './events.ts';

type Spec = Pick<OperationsSpec, 'windows' | 'teams' | 'services' | 'incident'>;

/** How long before the start people must be told where no window of the spec says it. */
const NOTICE: Milliseconds = 24 * 3_600_000;

/** What the spec says about work on these services. */
export interface WindowPolicy {
  readonly approvers: WindowApprovers | null;
  readonly typical: Milliseconds | null;
  /** With less notice than this the planner says why. */
  readonly notice: Milliseconds;
  /** Team key. */
  readonly owner: string | null;
  /** The owner's channel; the operators' where there is no such team or it has none. */
  readonly channel: string;
  /** The channels of the others who are affected. */
  readonly announceIn: readonly string[];
}

/**
 * What holds for a window over these services. Whoever agrees to it must be let in by every window of the spec that covers
 * one of them, whatever kind it is of; by every window there is where no service is named, as labels may cover any. So
 * nobody gets around an approval by calling the work something else.
 *
 * @param kind the spec's window it is one of; null for one of its own
 */
export function policyFor(kind: RecurringWindow | null, services: readonly string[], spec: Spec): WindowPolicy {
  const same = spec.windows.filter(({ affects }) => affects.some((service) => services.includes(service)));
  const covering = services.length === 0 ? spec.windows : same;
  const typical = same.flatMap((one) => one.typical ?? []);
  const owner = kind?.owner ?? services.map((service) => spec.services[service]?.team).find(isNamed) ?? null;
  const channel = (owner === null ? undefined : spec.teams[owner]?.channel) ?? spec.incident.operatorsChannel;
  return {
    approvers: approversOf([kind?.approval, ...covering.map(({ approval }) => approval)].filter(isNamed)),
    typical: kind?.typical ?? (typical.length === 0 ? null : Math.min(...typical)),
    notice: kind?.notice ?? NOTICE,
    owner,
    channel,
    announceIn: affectedChannels(kind?.announce ?? [], services, spec).filter((one) => one !== channel),
  };
}

/** Null where nobody need agree. "Everyone" asks for nothing beyond what any other rule does. */
function approversOf(rules: readonly PermissionRule[]): WindowApprovers | null {
  const distinct = [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
  const strict = distinct.filter((rule) => rule !== 'everyone');
  return strict.length > 1 ? { all: strict } : (strict[0] ?? distinct[0] ?? null);
}

/** Whoever the spec says is told, and the teams of the services. Where that is nobody, the channel of all incidents. */
function affectedChannels(announce: readonly string[], services: readonly string[], spec: Spec): string[] {
  const teams = services.flatMap((service) => spec.services[service]?.team ?? []);
  const channels = [...announce, ...teams.flatMap((team) => spec.teams[team]?.channel ?? [])];
  return channels.length === 0 ? [spec.incident.announceChannel] : [...new Set(channels)];
}

function isNamed<Thing>(thing: Thing | undefined): thing is Thing {
  return thing !== undefined;
}
