/** Debian's own Alertmanager as a client of Mainstay: it groups, repeats and tries again as it does everywhere. */
import { once } from 'node:events';
import { freePort } from '../../demo/slack/free-port.ts';
import { runAlertmanager } from './run-alertmanager.ts';

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
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = await runAlertmanager(
    folder,
    port,
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
  const gone = once(child, 'close');
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
