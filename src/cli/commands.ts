import { auditErase, auditVerify } from './audit.ts';
import { demo } from './demo.ts';
import { digest } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { incidentList, incidentShow } from './incident.ts';
import { migrateCommand } from './migrate.ts';
import { postmortem } from './postmortem.ts';
import { specCheck } from './spec.ts';
import { specCalendar } from './spec-calendar.ts';
import { specCoverage } from './spec-coverage.ts';
import { specDiff } from './spec-diff.ts';
import { start } from './start.ts';
import type { CliCommand } from './types.ts';

/** Every command of the terminal, in the order help shows them. */
export const COMMANDS: readonly CliCommand[] = [
  start,
  demo,
  migrateCommand,
  doctorCommand,
  specCheck,
  specDiff,
  specCalendar,
  specCoverage,
  incidentList,
  incidentShow,
  postmortem,
  digest,
  auditVerify,
  auditErase,
];
