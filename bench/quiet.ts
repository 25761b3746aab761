import type { Logger } from '../src/usecases/log.ts';

/** Benchmarks print their table and nothing else. */
export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
