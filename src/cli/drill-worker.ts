import { processSignals } from '../app/serve.ts';
import { serveDrills } from '../app/serve-drills.ts';
import { noArguments, type RunCli } from './types.ts';

export const drillWorker: RunCli = async (args, io) => {
  noArguments(args);
  const exitCode = await serveDrills(io.env, processSignals(), io.err);
  return exitCode === 0 ? null : { text: '', json: { started: false }, exitCode: 1 };
};
