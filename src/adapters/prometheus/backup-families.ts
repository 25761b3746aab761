import type { BackupGlance } from '../../domain/backup/status.ts';
import type { Family, Sample } from './exposition.ts';

/** How the backups are that are made here; keys of the spec are the only labels. Nothing where nothing is known. */
export function backupFamilies(glances: readonly BackupGlance[]): Family[] {
  const made = glances.filter(({ health }) => health !== 'not-available');
  const gauge = (name: string, help: string, value: (glance: BackupGlance) => number | null): Family => ({
    ...{ name: `mainstay_backup_${name}`, help, type: 'gauge' },
    samples: made.flatMap((glance): Sample[] => {
      const found = value(glance);
      return found === null ? [] : [{ labels: { backup: glance.key }, value: found }];
    }),
  });
  const stored: Family = {
    name: 'mainstay_backup_stored_bytes',
    help: 'What all backups of a key take, at the last look.',
    type: 'gauge',
    samples: made.flatMap(({ key, kept }): Sample[] => {
      if (kept === null || kept.look === null) return [];
      const { bytesHere, bytesOffSite } = kept.look;
      const here = { labels: { backup: key, place: 'here' }, value: bytesHere };
      return bytesOffSite === null
        ? [here]
        : [here, { labels: { backup: key, place: 'off-site' }, value: bytesOffSite }];
    }),
  };
  return [
    gauge('good', 'Whether the last backup was made, and is young enough.', ({ health }) => Number(health === 'good')),
    gauge('age_seconds', 'Since the snapshot of the last whole backup.', ({ age }) =>
      age === null ? null : age / 1000,
    ),
    gauge('rpo_seconds', 'How old it may be.', ({ rpo }) => (rpo === null ? null : rpo / 1000)),
    gauge(
      'drill_passed',
      'Whether the last drill proved a backup by restoring it; not so when it could not look.',
      ({ drill }) => (drill === null ? null : Number(drill.run.status === 'passed')),
    ),
    gauge('drill_age_seconds', 'Since the last drill.', ({ drill }) => (drill === null ? null : drill.age / 1000)),
    gauge('drill_rto_seconds', 'How long the last drill took to be back.', ({ drill }) => {
      const rto = drill?.run.result?.measures.rto ?? null;
      return rto === null ? null : rto / 1000;
    }),
    stored,
    gauge('copies_pending', 'Backups that are to be copied off-site, and are not yet.', ({ kept }) =>
      kept?.offSite.kind === 'store' ? kept.offSite.pending : null,
    ),
    gauge('unsound', 'Backups that are kept and of which a copy is damaged, gone or readable by nobody.', ({ kept }) =>
      kept === null ? null : kept.unsound.length,
    ),
    gauge('size_bytes', 'Of the last whole backup, as it lies there.', ({ sizes }) => sizes.at(-1) ?? null),
  ];
}
