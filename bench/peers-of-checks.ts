import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../demo/slack/free-port.ts';
import type { CheckTarget } from './check-target.ts';
import type { BenchChild } from './child.ts';
import { answers, startProgram } from './program.ts';

/** Debian's, which asks when it is asked. */
export async function startBlackbox(folder: string): Promise<BenchChild> {
  const port = await freePort();
  const file = join(folder, 'blackbox.yml');
  const modules = { http: { prober: 'http', timeout: '5s' }, tcp: { prober: 'tcp', timeout: '5s' } };
  await writeFile(file, JSON.stringify({ modules }));
  return startProgram(
    'prometheus-blackbox-exporter',
    [`--config.file=${file}`, `--web.listen-address=127.0.0.1:${port}`, '--log.level=error'],
    { port, ready: () => answers(`http://127.0.0.1:${port}/-/healthy`) },
  );
}

/** Where it is asked to ask; `n` tells one check from another. */
export function probe({ port }: BenchChild, target: CheckTarget, kind: 'http' | 'tcp', n: number): string {
  const asked = kind === 'http' ? `${target.url}/blackbox/${n}` : `127.0.0.1:${target.tcpPort('blackbox-tcp')}`;
  return `http://127.0.0.1:${port}/probe?module=${kind}&target=${encodeURIComponent(asked)}`;
}

interface Watched {
  readonly kind: 'http' | 'tcp';
  readonly count: number;
  /** Seconds between two rounds. */
  readonly every: number;
}

/** Debian's, which asks one after the other and then rests. */
export async function startMonit(
  folder: string,
  target: CheckTarget,
  { kind, count, every }: Watched,
): Promise<BenchChild> {
  const file = join(folder, `monit-${kind}.rc`);
  const who = kind === 'http' ? 'monit' : 'monit-tcp';
  const port = kind === 'http' ? target.port : target.tcpPort('monit-tcp');
  const checks = Array.from({ length: count }, (_, n) => {
    const how = kind === 'http' ? `protocol http request "/monit/${n}"` : 'type tcp';
    return `check host c${n} with address 127.0.0.1\n  if failed port ${port} ${how} with timeout 5 seconds then alert`;
  });
  const settings = [`set daemon ${every}`, `set idfile ${folder}/${kind}.id`, `set statefile ${folder}/${kind}.state`];
  // It refuses a file that others can read.
  await writeFile(file, `${[...settings, ...checks].join('\n')}\n`, { mode: 0o600 });
  const already = await target.asked(who);
  return startProgram('monit', ['-I', '-c', file, '-p', join(folder, `${kind}.pid`)], {
    port,
    ready: async () => (await target.asked(who)) > already,
  });
}
