import { POSTMORTEM_FORMATS } from '../domain/postmortem/format.ts';
import type { CliCommand } from './types.ts';

/** Every command of the terminal, in the order help shows them: its words, its help and where it is done are one thing. */
export const COMMANDS: readonly CliCommand[] = [
  {
    words: ['start'],
    usage: '',
    help: 'Run the bot until it is told to end (SIGTERM); SIGHUP reads the spec again.',
    load: async () => (await import('./start.ts')).start,
  },
  {
    words: ['demo'],
    usage: '',
    help: 'Show a working workspace in the browser, without a Slack account.',
    load: async () => (await import('./demo.ts')).demo,
  },
  {
    words: ['migrate'],
    usage: '',
    help: 'Bring the database to the schema of this version.',
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  {
    words: ['doctor'],
    usage: '',
    help: 'Look at the environment, database, Slack, spec, queue and disk, and say what to do about what is wrong.',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    words: ['spec', 'check'],
    usage: 'FILE',
    help: 'Read an operations spec and name every fault as file:line:column.',
    load: async () => (await import('./spec.ts')).specCheck,
  },
  {
    words: ['spec', 'diff'],
    usage: 'A B',
    help: 'What changes from one operations spec to another, in words.',
    load: async () => (await import('./spec-diff.ts')).specDiff,
  },
  {
    words: ['spec', 'calendar'],
    usage: 'FILE --from DATE --to DATE',
    help: "What an operations spec asks for between two days of its own zone, both included: every duty's due times.",
    load: async () => (await import('./spec-calendar.ts')).specCalendar,
  },
  {
    words: ['spec', 'coverage'],
    usage: 'FILE',
    help: 'How a spec carries out its documents, clause by clause, from the folder coverage beside it; or one file of that folder.',
    load: async () => (await import('./spec-coverage.ts')).specCoverage,
  },
  {
    words: ['incident', 'list'],
    usage: '[--all]',
    help: 'Open incidents, newest first; with --all also those that are over.',
    load: async () => (await import('./incident.ts')).incidentList,
  },
  {
    words: ['incident', 'show'],
    usage: 'INC-1',
    help: 'One incident as it is now.',
    load: async () => (await import('./incident.ts')).incidentShow,
  },
  {
    words: ['postmortem'],
    usage: `INC-1 [--format ${POSTMORTEM_FORMATS.join('|')}]`,
    help: 'A post-mortem draft from the timeline alone; Markdown unless told.',
    load: async () => (await import('./postmortem.ts')).postmortem,
  },
  {
    words: ['digest'],
    usage: '--channel NAME [--dry-run] [--rollup weekly|monthly|quarterly]',
    help: "What matters to a channel's teams now, or their look back. With --dry-run it is only printed; without, a running bot posts it too.",
    load: async () => (await import('./digest.ts')).digest,
  },
  {
    words: ['uptime'],
    usage: '[SERVICE] [--period 2026-Q3]',
    help: 'How available services were and what is left of their budgets; of one each outage, exclusion and unknown time.',
    load: async () => (await import('./uptime.ts')).uptime,
  },
  {
    words: ['backup', 'run'],
    usage: '[BACKUP]',
    help: 'Make a backup of the spec now, and say how far it is; while one is being made, wait for that one.',
    load: async () => (await import('./backup.ts')).backupRun,
  },
  {
    words: ['backup', 'list'],
    usage: '[BACKUP]',
    help: 'The backups that were made, and which of them are here.',
    load: async () => (await import('./backup-look.ts')).backupList,
  },
  {
    words: ['backup', 'verify'],
    usage: '[BACKUP] [--identity FILE | --off-site]',
    help: 'Whether every byte of the backups here, or of the copies elsewhere, is as it was written; with an identity of age, whether all of it can be read.',
    load: async () => (await import('./backup-look.ts')).backupVerify,
  },
  {
    words: ['backup', 'prune'],
    usage: '[BACKUP] --dry-run',
    help: 'Of each backup that is kept, whether it would go now and why. The bot deletes, once somebody agreed in Slack.',
    load: async () => (await import('./backup-keeping.ts')).backupPrune,
  },
  {
    words: ['backup', 'drill'],
    usage: 'BACKUP[/ID] --identity FILE',
    help: 'Restore a backup that lies here into a database made for that, and look at it from all sides; the latest, or this one. Exit code 1 unless it is proven.',
    load: async () => (await import('./backup-drill.ts')).backupDrill,
  },
  {
    words: ['drill-worker'],
    usage: '',
    help: 'Make the drills that are asked for, until it is told to end (SIGTERM). It alone is given an identity: DRILL_IDENTITY_FILE.',
    load: async () => (await import('./drill-worker.ts')).drillWorker,
  },
  {
    words: ['backup', 'guard'],
    usage: '[BACKUP] --max-age 1h',
    help: 'For whoever is about to do what cannot be undone: exit code 1 unless there is a backup that young, here, and byte by byte as it was made.',
    load: async () => (await import('./backup-guard.ts')).backupGuard,
  },
  {
    words: ['audit', 'verify'],
    usage: '',
    help: 'Prove that the event log is what was written, or name the first event that is not; exit code 1 then.',
    load: async () => (await import('./audit.ts')).auditVerify,
  },
  {
    words: ['audit', 'erase'],
    usage: 'INC-1#4 --reason TEXT',
    help: 'Erase what one event says, for good, because the law asks for it; who and why become an event.',
    load: async () => (await import('./audit.ts')).auditErase,
  },
];
