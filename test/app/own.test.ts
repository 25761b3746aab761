import { afterEach, expect, it, vi } from 'vitest';
import { createMetrics } from '../../src/adapters/prometheus/metrics.ts';
import { metricsText } from '../../src/app/own.ts';
import { judgeOwn } from '../../src/domain/own/judge.ts';
import { testLogger } from '../support/logger.ts';
import { well } from '../support/own-facts.ts';

afterEach(() => void vi.useRealTimers());

it('gives what it has after two seconds when the database counts for longer, and asks it no second time meanwhile', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const never = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const own = async () => ({ facts: well, health: judgeOwn(well) });
  const scrape = metricsText(createMetrics('1'), own, never, never, never, testLogger().logger);
  for (const _ of ['first', 'second']) {
    let text = '';
    void scrape().then((said) => {
      text = said;
    });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(text).toContain('mainstay_health_status{part="database"} 0\n');
    expect(text).not.toMatch(/^mainstay_checks\{/m);
  }
  expect(asked).toBe(3);
});
