import type { Severity } from '../incident/severity.ts';
import type { LogLevel } from '../spec/check-questions.ts';
import { formatDuration } from '../spec/duration.ts';

/** Lines that cannot wait keep the check failing so long after the latest: whoever is woken for them is called on until then; ms. */
const KEPT = 3_600_000;

/** What is remembered of the lines of one level. */
export interface LevelMemory {
  /** Of `investigate`: when the clock began; an instant in milliseconds. */
  readonly since?: number;
  /** Of `page` and `investigate`: when the latest line was seen. */
  readonly last?: number;
  /** Lines since the check fails for them, or of `review` those of the day. */
  readonly lines: number;
  /** Of `review`: the day in UTC that they are of. */
  readonly day?: string;
}

export interface LogReading {
  readonly answer: 'ok' | 'failing';
  readonly detail: string;
  readonly severity?: Severity;
  readonly figures: Readonly<Record<'page' | 'investigate' | 'review', number>>;
  /** One for each level, for the next reading. */
  readonly memory: readonly LevelMemory[];
}

/**
 * What the lines since the last look ask of people. Those to be looked into keep the check failing until the clock that
 * the first of them started has run out and as long again, so that it is seen to be overdue, or until it has been quiet
 * for so long after the latest one. Those that cannot wait keep it failing for an hour after the latest.
 * @param counts new lines of each level
 */
export function readLog(
  levels: readonly LogLevel[],
  counts: readonly number[],
  memory: readonly LevelMemory[],
  now: Date,
): LogReading {
  const read = levels.map((level, index) => readLevel(level, counts[index] ?? 0, memory[index] ?? { lines: 0 }, now));
  const told = ORDER.flatMap((means) => read.filter(({ level, words }) => words !== null && level.means === means));
  const failing = told.filter(({ level }) => level.means !== 'review');
  const severity = failing.map(({ level }) => level.severity).find((known) => known !== undefined);
  const sum = (means: LogLevel['means']) =>
    read.reduce((total, { level, memory }) => total + (level.means === means ? memory.lines : 0), 0);
  return {
    answer: failing.length > 0 ? 'failing' : 'ok',
    detail: told.length === 0 ? 'nothing to tell' : told.map(({ words }) => words).join('; '),
    ...(severity === undefined ? {} : { severity }),
    figures: { page: sum('page'), investigate: sum('investigate'), review: sum('review') },
    memory: read.map(({ memory }) => memory),
  };
}

/** Worst first. */
const ORDER: readonly LogLevel['means'][] = ['page', 'investigate', 'review'];

interface ReadLevel {
  readonly level: LogLevel;
  readonly memory: LevelMemory;
  /** Null where there is nothing to tell. */
  readonly words: string | null;
}

function readLevel(level: LogLevel, fresh: number, memory: LevelMemory, now: Date): ReadLevel {
  switch (level.means) {
    case 'page':
      return urgent(level, fresh, memory, now.getTime());
    case 'investigate':
      return investigate(level, fresh, memory, now.getTime());
    case 'review': {
      const day = now.toISOString().slice(0, 10);
      const lines = fresh + (memory.day === day ? memory.lines : 0);
      return { level, memory: { lines, day }, words: lines === 0 ? null : `${linesOf(lines)} for today's review` };
    }
  }
}

function urgent(level: LogLevel, fresh: number, memory: LevelMemory, now: number): ReadLevel {
  const isKept = memory.last !== undefined && now < memory.last + KEPT;
  if (fresh === 0 && !isKept) return { level, memory: { lines: 0 }, words: null };
  const last = fresh > 0 ? now : (memory.last ?? now);
  const lines = fresh + (isKept ? memory.lines : 0);
  return { level, memory: { last, lines }, words: `${linesOf(lines)} that cannot wait` };
}

function investigate(level: LogLevel, fresh: number, memory: LevelMemory, now: number): ReadLevel {
  const within = level.within ?? 0;
  const running = memory.last !== undefined && now < memory.last + 2 * within;
  if (fresh === 0 && !running) return { level, memory: { lines: 0 }, words: null };
  const since = running ? (memory.since ?? now) : now;
  const last = fresh > 0 ? now : (memory.last ?? now);
  const lines = fresh + (running ? memory.lines : 0);
  const left = since + within - now;
  const clock = left > 0 ? `${minutes(left)} left` : `overdue for ${minutes(-left)}`;
  return { level, memory: { since, last, lines }, words: `${linesOf(lines)} to be looked into, ${clock}` };
}

const linesOf = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
const minutes = (time: number) => formatDuration(Math.ceil(time / 60_000) * 60_000);
