import { expect, it } from 'vitest';
import { watchOutage } from '../../handlers/outage.ts';
import { testLogger } from '../support/logger.ts';

/** A database that answers or does not, as the test says. */
function database() {
  let answers = false;
  return {
    comesBack: () => {
      answers = true;
    },
    goesAway: () => {
      answers = false;
    },
    probe: async () => {
      if (!answers) throw new Error('ECONNREFUSED');
    },
  };
}

it('tells the operators once an outage, however many meet it', async () => {
  const { logger, log } = testLogger();
  const told: string[] = [];
  const { probe, comesBack, goesAway } = database();
  const outage = watchOutage({ tell: async (text) => void told.push(text), probe, every: 1, log: logger });
  outage.met();
  outage.met();
  outage.met();
  expect(told).toEqual([expect.stringContaining('cannot reach its own database')]);

  comesBack();
  await expect.poll(() => log.lines.map(({ msg }) => msg)).toEqual(['the database answers again']);
  goesAway();
  outage.met();
  expect(told).toHaveLength(2);
  comesBack();
});

it('says in the log when not even the operators can be told', async () => {
  const { logger, log } = testLogger();
  log.expectErrors(/the operators could not be told/);
  const { probe } = database();
  const tell = () => Promise.reject(new Error('channel_not_found'));
  watchOutage({ tell, probe, every: 1, log: logger }).met();
  await expect.poll(() => log.errors()).toHaveLength(1);
});
