import { parseArgs } from 'node:util';
import { openQueue } from '../adapters/jobs/boss.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { openData } from '../app/data.ts';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig } from '../config.ts';
import { teamsToldIn } from '../domain/digest/teams.ts';
import { composeDigest } from '../usecases/digest/compose.ts';
import { sendDigest } from '../usecases/digest/send.ts';
import { digestWords } from './digest-words.ts';
import { quietLog } from './quiet-log.ts';
import { type CliCommand, UsageError } from './types.ts';
import { NO_QUEUE } from './with-store.ts';

export const digest: CliCommand = {
  words: ['digest'],
  usage: '--channel NAME [--dry-run]',
  help: "What matters to a channel's teams now. With --dry-run it is only printed; without, a running bot posts it too.",
  async run(args, { env }) {
    const { channel, dryRun } = readArguments(args);
    const config = loadStoreConfig(env);
    const { spec } = readSpec(config.specPath, env);
    const teams = teamsToldIn(channel, spec);
    if (!teams.ok) throw new Error(teams.problem);
    const log = quietLog(env);
    const data = await openData(config, log, 3);
    try {
      const queue = dryRun ? null : await openQueue(data.url, { keep: false, log });
      const store = createStore(data.database, queue ?? NO_QUEUE);
      const deps = { store, clock: { now: () => new Date() }, spec: { current: () => spec } };
      const digests = await Promise.all(teams.value.map((team) => composeDigest(deps, team)));
      if (queue !== null) for (const one of digests) await sendDigest(deps, one);
      await queue?.close();
      const said = dryRun ? '' : `\n\nPromised to #${channel}: a running bot posts it.`;
      return { text: `${digests.map(digestWords).join('\n\n')}${said}`, json: digests };
    } finally {
      await data.close();
    }
  },
};

function readArguments(args: readonly string[]): { channel: string; dryRun: boolean } {
  const { values } = parse(args);
  if (values.channel === undefined) throw new UsageError('--channel is missing: the name of a channel of the spec.');
  return { channel: values.channel.replace(/^#/, ''), dryRun: values['dry-run'] ?? false };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { channel: { type: 'string' }, 'dry-run': { type: 'boolean' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
