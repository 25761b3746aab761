import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src/domain/duty/words.ts';
import { readWhen } from './when-harness.ts';

describe('a when in words', () => {
  it.each<[unknown, string]>([
    [{ every: 'day', at: ['09:00', '17:30'] }, 'Every day at 09:00 and 17:30 UTC'],
    [{ every: 'weekday' }, 'Every day from Monday to Friday at 09:00 UTC'],
    [{ every: 'week', on: ['monday', 'wednesday', 'friday'] }, 'Every Monday, Wednesday and Friday at 09:00 UTC'],
    [{ every: 'month', on: 'first sunday', at: '02:00' }, 'First Sunday of each month at 02:00 UTC'],
    [
      { every: 'month', on: [1, 2, 3, 12, 21, 'last day'] },
      'First day, 2nd, 3rd, 12th, 21st and last day of each month at 09:00 UTC',
    ],
    [{ every: 'quarter', on: 'last day', timezone: 'Europe/Paris' }, 'Last day of each quarter at 09:00 Europe/Paris'],
    [{ every: 'year', on: '15 january' }, '15 January of each year at 09:00 UTC'],
    [{ every: 'year', on: '29 february' }, '29 February of each leap year at 09:00 UTC'],
    [{ every: 'year', on: 'last friday of march' }, 'Last Friday of March each year at 09:00 UTC'],
    [{ every: 'year', on: 'last day' }, 'Last day of each year at 09:00 UTC'],
    [{ every: '90 days', from: '2026-01-01' }, 'Every 90 days from 1 January 2026 at 09:00 UTC'],
    [{ every: '1 day', from: '2026-01-01' }, 'Every day from 1 January 2026 at 09:00 UTC'],
    [{ every: '6 hours' }, 'Every 6 hours from 00:00 UTC'],
    [{ every: 'hour' }, 'Every hour'],
    [{ every: '15 minutes' }, 'Every 15 minutes'],
    [{ every: 'minute' }, 'Every minute'],
    [{ cron: '0 6 * * *', timezone: 'Asia/Kathmandu' }, 'By cron 0 6 * * * Asia/Kathmandu'],
  ])('%j', (written, words) => {
    expect(wordsOf(readWhen(written), 'UTC')).toBe(words);
  });
});
