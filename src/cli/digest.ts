import { parseArgs } from 'node:util';
import { openQueue } from '../adapters/jobs/boss.ts';
import { createCheckStore } from '../adapters/postgres/check-store.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { createUptimeStore } from '../adapters/postgres/uptime-store.ts';
import { openData } from '../app/data.ts';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig } from '../config.ts';
import { type Cycle, lookedBackOn } from '../domain/digest/period.ts';
import { teamsToldIn } from '../domain/digest/teams.ts';
import { dayAt } from '../domain/duty/planned.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import { composeDigest } from '../usecases/digest/compose.ts';
import type { DigestDeps } from '../usecases/digest/deps.ts';
import { lookBack } from '../usecases/digest/look-back.ts';
import { sendDigests } from '../usecases/digest/send.ts';
import { digestWords, rollupWords } from './digest-words.ts';
import { quietLog } from './quiet-log.ts';
import { type RunCli, UsageError } from './types.ts';
import { NO_QUEUE } from './with-store.ts';

const CYCLES: Readonly<Record<string, Cycle>> = { weekly: 'week', monthly: 'month', quarterly: 'quarter' };

export const digest: RunCli = async (args, { env }) => {
  const { channel, dryRun, cycle } = readArguments(args);
  const config = loadStoreConfig(env);
  const { spec } = readSpec(config.specPath, env);
  const told = toldIn(channel, cycle, spec);
  const log = quietLog(env);
  const data = await openData(config, log, 3);
  try {
    const queue = dryRun ? null : await openQueue(data.url, { keep: false, log });
    const store = createStore(data.database, queue ?? NO_QUEUE);
    const checks = createCheckStore(data.database);
    const uptime = createUptimeStore(data.database);
    const deps = { store, checks, uptime, clock: { now: () => new Date() }, spec: { current: () => spec } };
    const asked = await compose(deps, told, cycle);
    if (queue !== null) await sendDigests(deps, asked);
    await queue?.close();
    const said = dryRun ? [] : [`Promised to #${channel}: a running bot posts it.`];
    const words = [...asked.digests.map(digestWords), ...asked.rollups.map(rollupWords), ...said];
    return { text: words.join('\n\n'), json: cycle === null ? asked.digests : asked.rollups };
  } finally {
    await data.close();
  }
};

/** The teams that are told in the channel; null stands for everybody's look back, which managers read. */
function toldIn(channel: string, cycle: Cycle | null, spec: OperationsSpec): readonly (string | null)[] {
  if (cycle !== null && channel === spec.incident.managersChannel) return [null];
  const teams = teamsToldIn(channel, spec);
  if (!teams.ok) throw new Error(teams.problem);
  return teams.value;
}

async function compose(deps: DigestDeps, told: readonly (string | null)[], cycle: Cycle | null) {
  const dueAt = deps.clock.now();
  const { digest: asked, timezone } = deps.spec.current();
  if (cycle === null) {
    const teams = told.filter((team) => team !== null);
    return { digests: await Promise.all(teams.map((team) => composeDigest(deps, team))), rollups: [] };
  }
  const rollups = told.map((team) => {
    const zone = (team === null ? undefined : asked[team]?.timezone) ?? timezone;
    const period = lookedBackOn(cycle, dayAt(dueAt, zone), zone);
    return lookBack(deps, { team, period, dueAt, late: false });
  });
  return { digests: [], rollups: await Promise.all(rollups) };
}

function readArguments(args: readonly string[]): { channel: string; dryRun: boolean; cycle: Cycle | null } {
  const { channel, rollup, 'dry-run': dryRun = false } = parse(args).values;
  if (channel === undefined) throw new UsageError('--channel is missing: the name of a channel of the spec.');
  const cycle = rollup === undefined ? null : CYCLES[rollup];
  if (cycle === undefined) {
    throw new UsageError(`--rollup ${rollup} is none; write ${Object.keys(CYCLES).join(', ')}.`);
  }
  return { channel: channel.replace(/^#/, ''), dryRun, cycle };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { channel: { type: 'string' }, 'dry-run': { type: 'boolean' }, rollup: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
