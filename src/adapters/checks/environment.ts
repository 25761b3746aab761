import { failing, type Look, ok } from './look.ts';

/** Whether Mainstay's own environment has what is needed, in the shape it is needed. Only names are ever told. */
export const lookAtEnvironment: Look<'environment'> = async ({ variables }, { env }) => {
  const absent = variables.filter(({ name }) => (env[name] ?? '').trim() === '');
  const wrong = variables.filter(({ name, matches }) => {
    const value = env[name] ?? '';
    return matches !== undefined && value.trim() !== '' && !new RegExp(`^(?:${matches})$`, 'u').test(value);
  });
  const problems = [named('not set', absent), named('not well-formed', wrong)].filter((problem) => problem !== null);
  return problems.length > 0 ? failing(problems.join('; ')) : ok(`${variables.length} set`);
};

function named(what: string, variables: readonly { name: string }[]): string | null {
  return variables.length === 0 ? null : `${what}: ${variables.map(({ name }) => name).join(', ')}`;
}
