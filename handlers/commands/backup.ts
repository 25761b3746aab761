import { backupCancelledAnswer, backupHeldAnswer, backupRunAnswer } from '../../blocks/backup-answers.ts';
import { backupList, backupStatus } from '../../blocks/backup-lists.ts';
import { drillAskedAnswer, drillHistory } from '../../blocks/drill-lists.ts';
import { parseBackup, parseBackupNumber, parseDrillNumber, parseHeld } from '../../src/domain/backup/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { backupAnswer } from '../backup-answer.ts';
import { drillAnswer } from '../drill-answer.ts';
import type { Command, Subcommand } from '../registry.ts';

/** Backups on one screen. */
const MOST = 15;

const status: Subcommand = {
  verb: 'status',
  usage: '',
  help: 'Shows every backup of the spec, the worst first: how old the last one is, and how old it may be.',
  permission: null,
  run: async (_call, { verbs }) => backupStatus(await verbs.backupGlances()),
};

const run: Subcommand = {
  verb: 'run',
  usage: '[backup]',
  help: 'Makes a backup now. While one is being made, you get that one.',
  permission: 'backup.run',
  async run({ rest, caller }, { verbs, spec }) {
    const key = parseBackup(rest, spec.current());
    if (!key.ok) return refusalAnswer(key.problem);
    return answerOf(await verbs.runBackup(caller, { key: key.value }), backupRunAnswer);
  },
};

const cancel: Subcommand = {
  verb: 'cancel',
  usage: 'BK-1',
  help: 'Ends a backup that is being made; nothing of it is left.',
  permission: 'backup.cancel',
  async run({ rest, caller }, { verbs }) {
    const number = parseBackupNumber(rest);
    if (!number.ok) return refusalAnswer(number.problem);
    return answerOf(await verbs.cancelBackup(caller, { number: number.value }), backupCancelledAnswer);
  },
};

const hold: Subcommand = {
  verb: 'hold',
  usage: 'BK-1 [reason]',
  help: 'Keeps a backup, whatever its age, until somebody releases it.',
  permission: 'backup.hold',
  async run({ rest, caller }, { verbs }) {
    const held = parseHeld(rest);
    if (!held.ok) return refusalAnswer(held.problem);
    return answerOf(await verbs.holdBackup(caller, held.value), backupHeldAnswer);
  },
};

const release: Subcommand = {
  verb: 'release',
  usage: 'BK-1 [reason]',
  help: 'Keeps a backup that was held only as long as the others again.',
  permission: 'backup.hold',
  async run({ rest, caller }, { verbs }) {
    const held = parseHeld(rest);
    if (!held.ok) return refusalAnswer(held.problem);
    return answerOf(await verbs.releaseBackup(caller, held.value), backupHeldAnswer);
  },
};

const list: Subcommand = {
  verb: 'list',
  usage: '[backup]',
  help: 'Lists the backups that were made, the latest first; all, or those of one key.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    const key = rest.trim() === '' ? null : parseBackup(rest, spec.current());
    if (key !== null && !key.ok) return refusalAnswer(key.problem);
    return backupList(await verbs.listBackups(key?.value ?? null, MOST), MOST);
  },
};

const show: Subcommand = {
  verb: 'show',
  usage: 'BK-1 | DRILL-1',
  help: 'Shows one backup: what is in it, where it lies, and what happened to it; or one drill.',
  permission: null,
  async run({ rest }, deps) {
    const drilled = parseDrillNumber(rest);
    if (drilled !== null) return drillAnswer(deps, drilled);
    const number = parseBackupNumber(rest);
    return number.ok ? backupAnswer(deps, number.value) : refusalAnswer(number.problem);
  },
};

const drill: Subcommand = {
  verb: 'drill',
  usage: '[backup | BK-1]',
  help: 'Restores a backup into a database made for that, and looks at it from all sides; the latest, or this one.',
  permission: 'backup.drill',
  async run({ rest, caller }, { verbs, spec }) {
    const numbered = parseBackupNumber(rest);
    if (numbered.ok) return answerOf(await verbs.requestDrill(caller, { number: numbered.value }), drillAskedAnswer);
    const key = parseBackup(rest, spec.current());
    if (!key.ok) return refusalAnswer(key.problem);
    return answerOf(await verbs.requestDrill(caller, { key: key.value }), drillAskedAnswer);
  },
};

const history: Subcommand = {
  verb: 'history',
  usage: '[backup]',
  help: 'Shows the drills, the latest first, and how long it took to be back; all, or those of one backup.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    const key = rest.trim() === '' ? null : parseBackup(rest, spec.current());
    if (key !== null && !key.ok) return refusalAnswer(key.problem);
    return drillHistory(await verbs.listDrills(key?.value ?? null, MOST), MOST);
  },
};

/** `/backup`: whether what must not be lost can be had again. */
export const backupCommand: Command = {
  name: '/backup',
  description: 'Makes backups, and shows how old they are.',
  usageHint: 'status | run | list | show | drill | history | cancel | hold | release | help',
  shouldEscape: false,
  fallback: { ...status, verb: '' },
  subcommands: [status, run, list, show, drill, history, cancel, hold, release],
};
