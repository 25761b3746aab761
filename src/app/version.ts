import { createRequire } from 'node:module';

/** Of Mainstay, as package.json says it. */
export const { version: programVersion } = createRequire(import.meta.url)('../../package.json') as { version: string };
