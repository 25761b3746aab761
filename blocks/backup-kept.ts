import type { BackupRun } from '../src/domain/backup/backup.ts';
import type { CopyPlace } from '../src/domain/backup/canary.ts';
import type { CopyFinding } from '../src/domain/backup/custody.ts';
import type { KeptGlance } from '../src/domain/backup/kept.ts';
import type { PauseReason } from '../src/domain/backup/retention.ts';
import type { Message } from '../src/domain/delivery.ts';
import { backupSubject } from '../src/domain/event.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import { sizeWords } from '../src/domain/text/size-words.ts';
import { backupButton } from './backup-buttons.ts';
import { reasonWords } from './backup-words.ts';
import { actions, context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { actorName, when } from './words.ts';

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>;

/** Of what somebody wrote or a store said, where several stand in one section. */
const short = (words: string) => mrkdwnLine(words, 150);
/** Findings in one message. */
const MOST = 10;

const PLACE: Record<CopyPlace, string> = { here: 'here', 'off-site': 'off-site' };
const WRONG: Record<CopyFinding['verdict'], string> = {
  missing: 'is gone',
  damaged: 'is damaged',
  unreadable: 'can be read by nobody whose key is kept; it needs',
  'one-key': 'can be read with one key only; replaced was',
  'could-not-tell': 'could not be read, so nothing is known of it',
};

/** One was not copied for some while: the copy here is all there is. */
export function backupNotCopied({ backup, storage, reason }: Of<'backup-not-copied'>): Rendered {
  const words = `:warning: ${backupSubject(backup)} is not copied to \`${storage}\` yet: ${reasonWords(reason)}. The one here is kept, and it is tried again each hour.`;
  return { text: words, blocks: [section(words), actions(backupButton('backup.show', backup))] };
}

export function backupCopied({ backup, storage }: Of<'backup-copied'>): Rendered {
  const words = `:white_check_mark: ${backupSubject(backup)} is copied to \`${storage}\` after all.`;
  return { text: words, blocks: [section(words)] };
}

/** Copies were read, and something else is wrong with them than was before. */
export function backupsUnsound({ title, findings }: Of<'backups-unsound'>): Rendered {
  const head = `:rotating_light: ${bold(title, 150)}: something is wrong with backups that are kept.`;
  const lines = findings.slice(0, MOST).map((finding) => `• ${findingWords(finding.backup, finding)}`);
  const left = findings.length - MOST;
  const more = left > 0 ? [context(`and ${left} more; \`/backup show\` has each`)] : [];
  return { text: head, blocks: [section(head), section(lines.join('\n')), ...more] };
}

/** What is wrong with one copy, in a line. */
function findingWords(backup: number, { place, verdict, what }: CopyFinding): string {
  return `${backupSubject(backup)} ${PLACE[place]} ${WRONG[verdict]}: ${short(what)}`;
}

const PAUSED: Record<PauseReason, string> = {
  'clock-went-back': 'The clock went back behind what was already written down',
  'clock-jumped': 'The clock jumped',
  'long-silence': 'Nothing was written down for more than a day, or the clock jumped',
  'times-disagree': 'A later backup says that it was taken before an earlier one',
};

/** None is deleted, since age means nothing when the clock does not. */
export function backupsKept({ title, reason }: Of<'backups-kept'>): Rendered {
  const words = `:warning: ${bold(title, 150)}: no old backup is deleted. ${PAUSED[reason]}. When the clock is right again, somebody is asked what may go.`;
  return { text: words, blocks: [section(words)] };
}

/** Some had their time: what would go is shown before anything goes. */
export function backupsToDelete(message: Of<'backups-to-delete'>): Rendered {
  const { key, title, terms, expire, bytes } = message;
  const names = expire
    .slice(0, 2 * MOST)
    .map(backupSubject)
    .join(', ');
  const left = expire.length - 2 * MOST;
  const head = `:wastebasket: ${bold(title, 150)}: ${expire.length === 1 ? 'one backup has' : `${expire.length} backups have`} had their time (${sizeWords(bytes)}): ${names}${left > 0 ? ` and ${left} more` : ''}.`;
  const rule = `They are kept ${terms.keep === null ? 'for ever' : durationWords(terms.keep)}, and never fewer than ${terms.keepAtLeast} good ones; those that are held, in use or the newest proven ones stay.`;
  return {
    text: head,
    blocks: [
      section(head),
      section(`${rule} Nothing was deleted yet. Whoever agrees has these go, and later ones by the same rule.`),
      actions(backupButton('backup.prune', key)),
    ],
  };
}

/** How one backup is kept: where its copy is, who holds it, what reading it showed. */
export function custodyWords({ number, custody }: Pick<BackupRun, 'number' | 'custody'>): string[] {
  const { copy, copying, held, look } = custody;
  const locked = copy === null || copy.lockedUntil === null ? '' : `, locked until ${when(copy.lockedUntil)}`;
  return [
    ...(copy === null ? [] : [`Copied to \`${copy.storage}\` ${when(copy.at)}: ${sizeWords(copy.bytes)}${locked}.`]),
    ...(copying === null
      ? []
      : [
          `Not copied after ${copying.failures} attempts: ${short(copying.reason)}. The next is ${when(copying.tryAt)}.`,
        ]),
    ...(held === null
      ? []
      : [
          `:pushpin: Held by ${actorName(held.by)}, ${when(held.at)}${held.reason === null ? '' : `: ${short(held.reason)}`}.`,
        ]),
    ...(look === null ? [] : lookedWords(number, look)),
  ];
}

function lookedWords(number: number, { at, findings }: NonNullable<BackupRun['custody']['look']>): string[] {
  if (findings.length === 0) return [`Every copy was read and is sound, since ${when(at)}.`];
  return findings.slice(0, MOST).map((finding) => `:rotating_light: ${findingWords(number, finding)}`);
}

/** How backups of one key are kept, in a line or two. */
export function keptWords(kept: KeptGlance): string[] {
  if (kept.count === 0) return [];
  const held = kept.held > 0 ? [`${kept.held} held`] : [];
  const first = [`${kept.count} kept`, ...held, offSiteWords(kept), ...usedWords(kept)].join('  ·  ');
  return [first, ...lookWords(kept)];
}

function offSiteWords({ offSite, count }: KeptGlance): string {
  switch (offSite.kind) {
    case 'none':
      return 'no copy off-site';
    case 'not-connected':
      return `off-site not connected: ${short(offSite.why)}`;
    case 'store':
      return offSite.pending === 0
        ? 'all copied off-site'
        : `:hourglass_flowing_sand: ${offSite.copied} of ${count} copied off-site, ${offSite.pending} pending`;
  }
}

/** What all copies take, and how that changed. */
function usedWords({ look, used }: KeptGlance): string[] {
  if (look === null) return [];
  const { bytesHere, bytesOffSite } = look;
  const [first, last] = [used[0], used.at(-1)];
  const elsewhere = bytesOffSite === null ? '' : `, ${sizeWords(bytesOffSite)} off-site`;
  const change = first === undefined || last === undefined || first === 0 ? null : Math.round((last / first - 1) * 100);
  const trend =
    change === null || used.length < 2
      ? ''
      : ` (${change < 0 ? '−' : '+'}${Math.abs(change)} % over ${used.length} looks)`;
  return [`${sizeWords(bytesHere)} here${elsewhere}${trend}`];
}

function lookWords({ look, deletion }: KeptGlance): string[] {
  const waits = deletion === 'waits' ? ['old ones wait for somebody to agree that they go'] : [];
  if (look === null) return ['not read yet', ...waits];
  const { looked, sound, untold, at } = look;
  const bad = looked - sound - untold;
  const counts = [
    `${sound} of ${looked} copies sound`,
    ...(bad > 0 ? [`*${bad} not*`] : []),
    ...(untold > 0 ? [`${untold} could not be read`] : []),
  ];
  return [`${counts.join(', ')}, read ${when(at)}`, ...waits];
}
