import { keepCompiled } from './app/compile-cache.ts';

keepCompiled(process.env['MAINSTAY_HOME']);
const { runCommand } = await import('./cli/run.ts');

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
