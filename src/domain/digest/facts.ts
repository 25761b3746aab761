import type { BackupGlance } from '../backup/status.ts';
import type { DutyRun } from '../duty/run.ts';
import type { CalendarEntry } from '../duty/upcoming.ts';
import type { CheckView } from '../health/view.ts';
import type { Incident } from '../incident/state.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { UptimeGlance } from '../uptime/report.ts';
import type { WindowEntry } from '../window/recurring.ts';
import type { MaintenanceWindow } from '../window/window.ts';

/** What a digest is made of: all that concerns one team now. A room adds what its section needs. */
export interface DigestFacts {
  /** Key of the team. */
  readonly team: string;
  readonly spec: OperationsSpec;
  readonly now: Date;
  /** The first instant after today, where the team is. */
  readonly endOfToday: Date;
  /** When the digest before this one was due: what happened since is news. */
  readonly since: Date;
  readonly runs: {
    /** Those that can still be done, the first due first. */
    readonly open: readonly DutyRun[];
    /** Those that ended since, the first due first. */
    readonly ended: readonly DutyRun[];
  };
  /** What falls due between now and the end of today. */
  readonly coming: readonly CalendarEntry[];
  readonly windows: {
    /** Under way, or to begin today; the first to begin first. */
    readonly open: readonly MaintenanceWindow[];
    /** Those that ended and of which nobody has said what was done. */
    readonly unreported: readonly MaintenanceWindow[];
    /** What comes today by the spec and is no window yet. */
    readonly coming: readonly WindowEntry[];
  };
  readonly incidents: {
    readonly open: readonly Incident[];
    /** Resolved, with a post-mortem that is owed; the first due first. */
    readonly owed: readonly Incident[];
    /** Declared, resolved or documented since. */
    readonly changed: readonly Incident[];
  };
  /** The team's own, and those of its services that nobody owns. */
  readonly checks: readonly CheckView[];
  /** How the promises of the team's services stand, the least budget left first. */
  readonly uptime: readonly UptimeGlance[];
  /** The team's own backups, the worst first. */
  readonly backups: readonly BackupGlance[];
}

/**
 * Does an incident concern a team? One that its services are in, one that nobody answers for, and one that somebody of the
 * team owns.
 */
export function concerns(
  { service, owner }: Pick<Incident, 'service' | 'owner'>,
  team: string,
  { services, teams, contacts }: Pick<OperationsSpec, 'services' | 'teams' | 'contacts'>,
): boolean {
  const answering = service === null ? undefined : services[service]?.team;
  if (answering === undefined || answering === team) return true;
  const members = teams[team]?.members ?? [];
  return owner !== null && members.some((member) => (contacts[member]?.slack ?? member) === owner);
}
