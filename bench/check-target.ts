import { startChild } from './child.ts';

/** Who asks: the path's first word, or a port of its own. */
export type Asker = 'mainstay' | 'mainstay-kept' | 'blackbox' | 'monit' | 'mainstay-tcp' | 'blackbox-tcp' | 'monit-tcp';

/** A server in a process of its own that is checked, and counts by whom. */
export async function startTarget() {
  const child = await startChild('peers/target.ts', []);
  const url = `http://127.0.0.1:${child.port}`;
  const told = async () =>
    (await fetch(`${url}/counts`)).json() as Promise<Record<'counts' | 'ports', Record<string, number>>>;
  const { ports } = await told();
  return {
    url,
    port: child.port,
    tcpPort: (who: Asker) => ports[who] ?? 0,
    asked: async (who: Asker) => (await told()).counts[who] ?? 0,
    stop: child.stop,
  };
}

export type CheckTarget = Awaited<ReturnType<typeof startTarget>>;

interface Written {
  readonly kind: 'http' | 'tcp';
  readonly count: number;
  readonly every: string;
  readonly path?: Asker;
  readonly connection?: 'fresh' | 'kept';
}

/** An operations spec with so many checks of the target. */
export function specOf({ url, tcpPort }: CheckTarget, checks: readonly Written[]): string {
  const lines = checks.flatMap(({ kind, count, every, path, connection }) =>
    Array.from({ length: count }, (_, n) => {
      const about = kind === 'http' ? `path: /${path}/${n}, connection: ${connection}` : '';
      const common = `title: Check ${n}, kind: ${kind}, target: ${kind}, every: ${every}, timeout: 5s`;
      return `  - { key: ${path ?? kind}-${n}, ${common}, assumed: benchmark, ${about} }`;
    }),
  );
  return `name: Benchmark
timezone: UTC
targets:
  http: { kind: http, title: What is checked, url: "${url}" }
  tcp: { kind: host, title: What is checked, url: "127.0.0.1:${tcpPort('mainstay-tcp')}" }
checks:
${lines.join('\n')}
`;
}
