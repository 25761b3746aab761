import type { OperationsSpec } from '../spec/types.ts';
import { cleaned } from '../text/controls.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';

/** The backup of the spec that was named; the only one when none was. */
export function parseBackup(typed: string, { backups }: Pick<OperationsSpec, 'backups'>): Parsed<string> {
  const keys = backups.map(({ key }) => key);
  const [only, ...others] = keys;
  const word = typed.trim().toLowerCase();
  if (only === undefined) return problem('The operations spec has no backups.');
  if (word === '') {
    return others.length === 0
      ? understood(only)
      : problem(`Say which one: ${keys.map((key) => `\`${key}\``).join(', ')}.`);
  }
  if (keys.includes(word)) return understood(word);
  const meant = nearest(word, keys);
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return problem(
    `There is no backup "${typed.trim()}".${guess} The spec has ${keys.map((key) => `\`${key}\``).join(', ')}.`,
  );
}

/** `BK-12`, `bk12` or `12`. */
export function parseBackupNumber(typed: string): Parsed<number> {
  const word = typed.trim();
  const number = Number(/^(?:bk-?)?(\d{1,9})$/i.exec(word)?.[1]);
  if (number > 0) return understood(number);
  return problem(
    word === ''
      ? 'Say which one, such as `BK-1`; `/backup list` shows them.'
      : `"${word}" is no backup. Write one such as \`BK-1\`; \`/backup list\` shows them.`,
  );
}

/** `DRILL-3` or `drill 3`; null for anything else. */
export function parseDrillNumber(typed: string): number | null {
  const number = Number(/^drill[- ]?(\d{1,9})$/i.exec(typed.trim())?.[1]);
  return number > 0 ? number : null;
}

/** `BK-12`, and why, in whatever words. */
export function parseHeld(typed: string): Parsed<{ readonly number: number; readonly reason: string | null }> {
  const [word = '', ...rest] = typed.trim().split(/\s+/);
  const number = parseBackupNumber(word);
  if (!number.ok) return number;
  const reason = cleaned(rest.join(' ')).trim();
  return understood({ number: number.value, reason: reason === '' ? null : reason });
}
