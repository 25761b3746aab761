import { failing, type Look, ok } from './look.ts';

/** Whether Mainstay's own environment has what is needed. Only names are ever told. */
export const lookAtEnvironment: Look<'environment'> = async ({ variables }, { env }) => {
  const absent = variables.filter((name) => (env[name] ?? '').trim() === '');
  if (absent.length > 0) return failing(`not set: ${absent.join(', ')}`);
  return ok(`${variables.length} set`);
};
