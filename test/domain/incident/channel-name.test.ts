import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelName } from '../../../src/domain/incident/channel-name.ts';

describe("the name of an incident's channel", () => {
  it.each([
    ['Checkout is down', 1, 'inc-7-checkout-is-down'],
    ['Checkout is down', 2, 'inc-7-checkout-is-down-2'],
    ['  Déjà vu: 50% of carts -- gone!  ', 1, 'inc-7-deja-vu-50-of-carts-gone'],
    ['データベース', 1, 'inc-7'],
    ['データベース', 3, 'inc-7-3'],
    ['x'.repeat(100), 1, `inc-7-${'x'.repeat(74)}`],
    ['x'.repeat(100), 12, `inc-7-${'x'.repeat(71)}-12`],
    [`${'x'.repeat(73)} yz`, 1, `inc-7-${'x'.repeat(73)}`],
  ])('%s, turn %i: %s', (title, turn, name) => {
    expect(channelName('inc', { number: 7, title }, turn)).toBe(name);
  });

  it('is always one Slack takes, and says the number', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 1, max: 20 }),
        (title, number, turn) => {
          const name = channelName('inc', { number, title }, turn);
          expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(name.length).toBeLessThanOrEqual(80);
          expect(name.startsWith(`inc-${number}`)).toBe(true);
        },
      ),
    );
  });
});
