import { processSignals, serve } from '../app/serve.ts';
import { type CliCommand, noArguments } from './types.ts';

export const start: CliCommand = {
  words: ['start'],
  usage: '',
  help: 'Run the bot until it is told to end (SIGTERM); SIGHUP reads the spec again.',
  async run(args, io) {
    noArguments(args);
    const exitCode = await serve(io.env, processSignals(), io.err);
    return exitCode === 0 ? null : { text: '', json: { started: false }, exitCode: 1 };
  },
};
