import { startMainstayChild } from './mainstay-child.ts';
import type { BenchDatabase } from './postgres.ts';
import { type Row, round } from './table.ts';

const LIMIT_MIB = 250;
/** Long enough for start-up garbage to be collected and the first ticks to have run. */
const REST_MS = 20_000;

/** Memory of the process at rest, without the database's own. */
export async function resting(database: BenchDatabase): Promise<Row[]> {
  const mainstay = await startMainstayChild(await database.url(), 'work', database.home);
  try {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const mib = (await mainstay.usage()).resident / 1024 ** 2;
    return [
      {
        target: 'resident memory at rest',
        measured: `${round(mib, 0)} MiB`,
        limit: `${LIMIT_MIB} MiB`,
        ratio: `${round(mib / LIMIT_MIB, 2)}x`,
        wanted: `<= ${LIMIT_MIB} MiB`,
        met: mib <= LIMIT_MIB,
      },
    ];
  } finally {
    await mainstay.stop();
  }
}
