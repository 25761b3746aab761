import { keepCompiled } from './app/compile-cache.ts';

keepCompiled(process.env['MAINSTAY_HOME']);
const { processSignals, serve } = await import('./app/serve.ts');

process.exit(await serve(process.env, processSignals(), (text) => process.stderr.write(text)));
