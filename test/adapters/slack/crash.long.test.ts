import { afterAll, beforeAll, expect, it } from 'vitest';
import { crashAt, WHOLE } from './crash-harness.ts';
import { type DeliveryHarness, deliveryHarness } from './delivery-harness.ts';

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await deliveryHarness({ idle: true });
});
afterAll(() => harness.close());

/** Making a channel with all that is in it, an announcement, its edit and two lines take so many calls at least. */
const FEWEST_CALLS = 11;

it.each(['before', 'after'] as const)(
  'kill -9 %s a call to Slack loses nothing and doubles nothing, whichever call it is',
  async (when) => {
    let atCall = 1;
    for (let died = true; died; atCall++) {
      const { died: again, ...counted } = await crashAt(harness, { atCall, when });
      expect({ atCall, ...counted }).toEqual({ atCall, ...WHOLE });
      died = again;
    }
    expect(atCall).toBeGreaterThan(FEWEST_CALLS);
  },
  180_000,
);
