/** Holds the embedded PostgreSQL of the home it is given until a line comes on its standard input, or its end. */
import { acquireEmbedded } from '../../src/adapters/postgres/embedded.ts';

const quiet = { info: () => {}, warn: () => {}, error: console.error };
const embedded = await acquireEmbedded({ home: process.argv[2] ?? '', log: quiet });
console.log(embedded.url);
for await (const _ of process.stdin) break;
await embedded.release();
process.exit();
