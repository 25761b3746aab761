import { parseArgs } from 'node:util';
import { readSpec } from '../app/spec.ts';
import type { CalendarEntry } from '../domain/duty/upcoming.ts';
import { dutyCalendar } from '../domain/spec/duty-calendar.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { type DayNumber, readDate } from '../domain/time/day.ts';
import { table } from './table.ts';
import { oneArgument, type RunCli, UsageError } from './types.ts';

export const specCalendar: RunCli = async (args, { env }) => {
  const { file, from, to } = readArguments(args);
  const { spec } = readSpec(file, env);
  const due = dutyCalendar(spec, from, to);
  return { text: due.length === 0 ? 'Nothing falls due.' : asTable(spec, due), json: due.map(asJson) };
};

function readArguments(args: readonly string[]): { file: string; from: DayNumber; to: DayNumber } {
  const { positionals, values } = parse(args);
  const file = oneArgument(positionals, 'the file');
  const [from, to] = [day('--from', values.from), day('--to', values.to)];
  if (from > to) throw new UsageError(`--from ${values.from} is after --to ${values.to}.`);
  return { file, from, to };
}

function parse(args: readonly string[]) {
  try {
    const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function day(option: string, written: string | undefined): DayNumber {
  if (written === undefined) throw new UsageError(`${option} is missing: a date such as 2026-03-18.`);
  const read = readDate(written);
  if (read === undefined) throw new UsageError(`${option} ${written} is no date; write it as 2026-03-18.`);
  return read;
}

function asJson({ duty, title, owner, at, local, zone }: CalendarEntry) {
  return { duty, title, owner, at: at.toISOString().replace('.000Z', 'Z'), local, zone };
}

function asTable(spec: OperationsSpec, due: readonly CalendarEntry[]): string {
  const count = due.length === 1 ? '1 due time' : `${due.length} due times`;
  const rows = due.map(({ local, zone, title, owner, duty }) => {
    const weekday = new Date(`${local.slice(0, 10)}T00:00:00Z`).toUTCString().slice(0, 3);
    return [`${weekday} ${local}`, zone, title, spec.teams[owner]?.name ?? owner, duty];
  });
  return `${table(['when', 'zone', 'duty', 'owner', 'key'], rows)}\n\n${count}.`;
}
