/** Debian's own Alertmanager as a client of Mainstay: it groups, repeats and tries again as it does everywhere. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { freePort } from '../../demo/slack/free-port.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };

/** One alert as Prometheus would send it: firing until `endsAt`. */
interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
}

export interface Alertmanager {
  readonly url: string;
  send(...alerts: readonly SentAlert[]): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it in a folder of its own.
 *
 * @param webhook where it tells of groups, with the secret it presents there
 */
export async function startAlertmanager(
  folder: string,
  webhook: { readonly url: string; readonly secret: string },
): Promise<Alertmanager> {
  const config = join(folder, 'alertmanager.yml');
  await writeFile(
    config,
    `route:
  receiver: mainstay
  group_by: [alertname, service]
  group_wait: 100ms
  group_interval: 1s
  repeat_interval: 5s
receivers:
  - name: mainstay
    webhook_configs:
      - url: ${webhook.url}
        send_resolved: true
        http_config: { authorization: { type: Bearer, credentials: ${webhook.secret} } }
`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  const gone = once(child, 'close');
  const answers = async () => {
    if (child.exitCode !== null) throw new Error('Alertmanager ended before it ran: is Debian’s package installed?');
    return fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await vi.waitUntil(answers, PATIENCE);
  return {
    url,
    async send(...alerts) {
      const answer = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}: ${await answer.text()}`);
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
