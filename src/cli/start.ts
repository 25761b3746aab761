import { processSignals, serve } from '../app/serve.ts';
import { noArguments, type RunCli } from './types.ts';

export const start: RunCli = async (args, io) => {
  noArguments(args);
  const exitCode = await serve(io.env, processSignals(), io.err);
  return exitCode === 0 ? null : { text: '', json: { started: false }, exitCode: 1 };
};
