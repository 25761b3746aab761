import { processSignals, serve } from './app/serve.ts';

process.exit(await serve(process.env, processSignals(), (text) => process.stderr.write(text)));
