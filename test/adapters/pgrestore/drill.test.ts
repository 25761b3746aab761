import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backedUpShop, type ShopBackup, told } from '../../support/drill-story.ts';

let shop: ShopBackup;
beforeAll(async () => {
  shop = await backedUpShop();
});
afterAll(() => shop.remove());

it('a healthy backup is proven without a single complaint, and nothing of it is left', async () => {
  const result = await shop.drill(
    {},
    {
      previous: { id: 'the one before', tables: shop.manifest.tables },
      smoke: [
        { title: 'Orders', sql: 'select count(*) from orders', atLeast: 2000 },
        { title: 'Everybody has an address', sql: "select bool_and(email like '%@%') from customers" },
        {
          title: 'Newest order',
          sql: `select extract(epoch from current_setting('mainstay.snapshot_at')::timestamptz - max(created_at)) from orders`,
          atMost: 3600,
        },
      ],
    },
  );
  expect(told(result)).toEqual([]);
  expect(result.verdict).toBe('passed');
  expect(result.rungs.map(({ verdict }) => verdict)).toEqual(Array(10).fill('passed'));
  expect(result.measures.rto).toBeGreaterThan(0);
  expect(result.measures.took).toBeGreaterThanOrEqual(result.measures.rto ?? 0);
  expect(readdirSync(shop.root)).toEqual([]);
});
