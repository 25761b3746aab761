/**
 * The whole app in a process whose clock runs: an hour of it is a second, from the instant in HURRIED_FROM on, which all processes
 * of a test share. It looks at what is due again and again, as the app does each minute. For processes that are killed while
 * duties fall due: with the real clock a test would wait for hours.
 */
import { setTimeout as after } from 'node:timers/promises';
import { createLogger } from '../../src/adapters/log/logger.ts';
import { openSpec } from '../../src/app/spec.ts';
import { startMainstay } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

const HASTE = 3600;
const LOOK_MS = 40;

const from = Number(process.env['HURRIED_FROM']);
const began = Number(process.env['HURRIED_SINCE']);
const config = loadConfig(process.env);
const mainstay = await startMainstay({
  config,
  spec: openSpec(config.specPath, process.env),
  log: createLogger({ level: 'info' }),
  clock: { now: () => new Date(from + (Date.now() - began) * HASTE) },
});
for (;;) {
  await mainstay.look();
  await after(LOOK_MS);
}
