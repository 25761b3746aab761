import { expect, it } from 'vitest';
import { retentionAt } from '../../../src/domain/audit/retention.ts';

it('keeps words for seven years, answers for a week and deliveries for ninety days', () => {
  expect(retentionAt(new Date('2026-11-21T10:00:00Z'))).toEqual({
    bodiesBefore: new Date('2019-11-21T10:00:00Z'),
    answersBefore: new Date('2026-11-14T10:00:00Z'),
    deliveriesBefore: new Date('2026-08-23T10:00:00Z'),
  });
});

it('takes the 28th for a 29 February that seven years before did not have', () => {
  expect(retentionAt(new Date('2028-02-29T23:30:00Z')).bodiesBefore).toEqual(new Date('2021-02-28T23:30:00Z'));
});
