import { createServer as createWebServer, type RequestListener } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { createCheckRunner } from '../../../src/adapters/checks/runner.ts';
import { measurements } from '../../../src/domain/health/threshold-checks.ts';
import type { Target } from '../../../src/domain/spec/target.ts';
import type { Check, Measurement } from '../../../src/domain/spec/watching.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import type { CheckAnswer } from '../../../src/usecases/check-port.ts';

/** What a check is written with in a spec, beside what every check has. */
type Written = { kind: string; timeout?: string } & Record<string, unknown>;

interface Around {
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** When the look takes place; it is always the same moment unless told. */
  readonly now?: () => Date;
}

export const NOON = new Date('2026-11-21T12:00:00.000Z');

/** The check as the loader makes it out of a spec. `targets` as the spec writes them. */
function checkOf(written: Written, targets: Record<string, unknown>, env: Record<string, string>) {
  const spec = { name: 'A', targets, checks: [{ key: 'c', title: 'C', every: '1m', timeout: '5s', ...written }] };
  const loaded = loadSpec(JSON.stringify(spec), 'ops.yml', env);
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  const [check] = loaded.spec.checks;
  if (check === undefined) throw new Error('no check');
  return { check, targets: loaded.spec.targets };
}

/** The look at a metric as the loader makes it out of a spec. */
function measurementOf(
  source: Record<string, unknown>,
  metric: Record<string, unknown>,
  targets: Record<string, unknown>,
) {
  const spec = { name: 'A', targets, metrics: { m: { title: 'M', source, ...metric } } };
  const loaded = loadSpec(JSON.stringify(spec), 'ops.yml', {});
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  const [check] = measurements(loaded.spec);
  if (check === undefined) throw new Error('no metric');
  return { check, targets: loaded.spec.targets };
}

/** Someone who looks at one metric again and again. @param metric its quantity and unit */
export function measurer(
  source: Record<string, unknown>,
  metric: Record<string, unknown>,
  targets: Record<string, unknown>,
  around: Around = {},
) {
  return lookerAt(measurementOf(source, metric, targets), around);
}

/** Someone who looks at one check again and again, with what it keeps between looks. */
export function looker(written: Written, targets: Record<string, unknown> = {}, around: Around = {}) {
  return lookerAt(checkOf(written, targets, around.env ?? {}), around);
}

interface Made {
  readonly check: Check | Measurement;
  readonly targets: Readonly<Record<string, Target>>;
}

function lookerAt(made: Made, around: Around) {
  const { env = {}, signal, now = () => NOON } = around;
  const kept = new Map<string, string>();
  const run = createCheckRunner({
    targets: () => made.targets,
    env,
    clock: { now },
    memory: {
      // As JSON, which is all that a database keeps.
      recall: async (check) => JSON.parse(kept.get(check) ?? 'null') ?? undefined,
      keep: async (check, notes) => void kept.set(check, JSON.stringify(notes)),
    },
  });
  return { look: () => run(made.check, signal ?? AbortSignal.timeout(made.check.timeout)) };
}

/** One look at a check of this shape. */
export function look(
  written: Written,
  targets: Record<string, unknown> = {},
  around: Around = {},
): Promise<CheckAnswer> {
  return looker(written, targets, around).look();
}

/** A listener on a port of its own that does with every connection what it is told. */
export async function listener(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    at: `127.0.0.1:${address.port}`,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An address at which nobody listens. */
export async function nobody(): Promise<{ at: string; url: string }> {
  const { at, url, close } = await listener(() => undefined);
  await close();
  return { at, url };
}

/** A web server that answers as it is told. */
export async function webServer(serve: RequestListener) {
  const server = createWebServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    server,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
