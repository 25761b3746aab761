import { readSpec, SpecError } from '../app/spec.ts';
import { type CliCommand, oneArgument } from './types.ts';

export const specCheck: CliCommand = {
  words: ['spec', 'check'],
  usage: 'FILE',
  help: 'Read an operations spec and name every fault as file:line:column.',
  async run(args, { env }) {
    const file = oneArgument(args, 'the file');
    try {
      const { hash } = readSpec(file, env);
      return { text: `${file} is a spec Mainstay can run (${hash.slice(0, 12)}).`, json: { file, ok: true, hash } };
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      return { text: error.faults.join('\n'), json: { file, ok: false, faults: error.faults }, exitCode: 1 };
    }
  },
};
