import { readSpec } from '../app/spec.ts';
import { diffSpecs } from '../domain/spec/diff.ts';
import { type RunCli, UsageError } from './types.ts';

export const specDiff: RunCli = async (args, { env }) => {
  const [before, after, extra] = args;
  if (before === undefined || after === undefined) throw new UsageError('Two files are needed: the old spec, the new.');
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many after the two files.`);
  const [old, now] = [readSpec(before, env), readSpec(after, env)];
  const changes = diffSpecs(old.spec, now.spec);
  const none = `${after} means the same as ${before}.`;
  return {
    text: changes.length === 0 ? none : changes.map(({ words }) => words).join('\n'),
    json: { before: { file: before, hash: old.hash }, after: { file: after, hash: now.hash }, changes },
  };
};
