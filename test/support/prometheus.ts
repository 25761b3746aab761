/** The Prometheus of the system, which looks at one figure each second and has an alert fire while it is 1. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { freePort } from '../../demo/slack/free-port.ts';

export interface RealPrometheus {
  /** From its next look on the alert fires, or does not. */
  fires(isFiring: boolean): void;
  stop(): Promise<void>;
}

/** @param alert its name @param labels what it carries @param alertmanager where it is told, without a final slash */
export async function startPrometheus(
  alert: string,
  labels: Readonly<Record<string, string>>,
  alertmanager: string,
): Promise<RealPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'prometheus-'));
  let figure = 0;
  const server = createServer((_request, response) => response.end(`figure ${figure}\n`)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const target = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const port = await freePort();
  const rules = {
    groups: [
      { name: 'g', rules: [{ alert, expr: 'figure == 1', labels, annotations: { summary: `${alert} is bad` } }] },
    ],
  };
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [target] }] }],
    rule_files: [join(folder, 'rules.json')],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] },
  };
  await writeFile(join(folder, 'rules.json'), JSON.stringify(rules));
  await writeFile(join(folder, 'prometheus.json'), JSON.stringify(config));
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      // Told again so often, an alert that the receiver has forgotten comes back.
      '--rules.alert.resend-delay=2s',
    ],
    { stdio: 'ignore' },
  );
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await vi.waitUntil(ready, { timeout: 30_000, interval: 50 });
  return {
    fires: (isFiring) => {
      figure = isFiring ? 1 : 0;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
