import { readSpec, SpecError } from '../app/spec.ts';
import { withoutApprover } from '../domain/spec/approvers.ts';
import { oneArgument, type RunCli } from './types.ts';

export const specCheck: RunCli = async (args, { env }) => {
  const file = oneArgument(args, 'the file');
  try {
    const { hash, spec } = readSpec(file, env);
    const notes = withoutApprover(spec);
    const text = [`${file} is a spec Mainstay can run (${hash.slice(0, 12)}).`, ...notes].join('\n');
    return { text, json: { file, ok: true, hash, notes } };
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    return { text: error.faults.join('\n'), json: { file, ok: false, faults: error.faults }, exitCode: 1 };
  }
};
