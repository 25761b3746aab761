import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { readSpec } from '../app/spec.ts';
import { loadStoreConfig } from '../config.ts';
import { POSTMORTEM_FORMATS, type PostmortemFormat, writePostmortem } from '../domain/postmortem/format.ts';
import { nearest } from '../domain/text/nearest.ts';
import { draftOfPostmortem } from '../usecases/postmortem/draft.ts';
import { demand, incidentArgument } from './incident.ts';
import { type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

export const postmortem: RunCli = async (args, { env, json }) => {
  const { positionals, format } = readArguments(args, json);
  const number = incidentArgument(positionals);
  const { spec } = readSpec(loadStoreConfig(env).specPath, env);
  const caller = { actor: { kind: 'cli', user: userInfo().username }, requestKey: null, groups: [] } as const;
  const clock = { now: () => new Date() };
  const draft = demand(
    await withStore(env, (store) =>
      draftOfPostmortem({ store, clock, spec: { current: () => spec }, directory: null }, caller, number),
    ),
    number,
  );
  return { text: writePostmortem(draft, format), json: JSON.parse(writePostmortem(draft, 'json')) };
};

function readArguments(args: readonly string[], json: boolean): { positionals: string[]; format: PostmortemFormat } {
  const { positionals, values } = parse(args);
  const format = values.format ?? (json ? 'json' : 'md');
  const known = POSTMORTEM_FORMATS.find((name) => name === format);
  if (known === undefined) {
    const near = nearest(format, POSTMORTEM_FORMATS);
    throw new UsageError(
      `"${format}" is no format.${near ? ` Did you mean ${near}?` : ''} There are ${POSTMORTEM_FORMATS.join(', ')}.`,
    );
  }
  return { positionals, format: known };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
