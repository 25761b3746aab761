import { describe, expect, it } from 'vitest';
import { doChores } from '../../src/jobs/chores.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import type { Logger } from '../../src/usecases/log.ts';

const away = () => new DatabaseUnavailable(new Error('write EPIPE'));

/** At which level it is told that a chore failed with this. */
async function toldOf(fault: unknown): Promise<string[]> {
  const told: string[] = [];
  const say = (level: string) => () => void told.push(level);
  const log: Logger = {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    child: () => log,
  };
  await doChores([{ name: 'look', run: () => Promise.reject(fault) }], new Date('2026-03-18T08:00:00Z'), log);
  return told;
}

describe('a chore that fails', () => {
  it('is a warning while the database is away, also for all of several things', async () => {
    expect(await toldOf(away())).toEqual(['warn']);
    expect(await toldOf(new AggregateError([away(), new AggregateError([away()])]))).toEqual(['warn']);
  });

  it('is an error when anything else failed beside that', async () => {
    expect(await toldOf(new AggregateError([away(), new Error('no such column')]))).toEqual(['error']);
    expect(await toldOf(new AggregateError([]))).toEqual(['error']);
    expect(await toldOf(new Error('no such column'))).toEqual(['error']);
  });
});
