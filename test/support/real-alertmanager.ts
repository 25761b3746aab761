/** The Alertmanager of the system, with no friends and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../demo/slack/free-port.ts';
import { runAlertmanager } from './run-alertmanager.ts';

export interface RealAlertmanager {
  /** Without a final slash. */
  readonly url: string;
  /** Tells it of alerts that fire, each with its labels. */
  fire(...alerts: readonly Readonly<Record<string, string>>[]): Promise<void>;
  /** Tells it that these fire no more. */
  resolve(...alerts: readonly Readonly<Record<string, string>>[]): Promise<void>;
  /** What `amtool silence query` shows, of those that have not expired. */
  silences(): Promise<{ id: string; comment: string; endsAt: string; createdBy: string }[]>;
  /** SIGKILL, if it still runs; what it kept stays for the next `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param receiver where it tells of alerts, with what lets it in; nobody unless told */
export async function startAlertmanager(receiver?: { url: () => string; secret: string }): Promise<RealAlertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const start = async () => {
    child = await runAlertmanager(folder, port, JSON.stringify(configOf(receiver)));
  };
  const tell = async (alerts: readonly Readonly<Record<string, string>>[], more: { endsAt?: string }) => {
    const body = JSON.stringify(
      alerts.map((labels) => ({ labels, annotations: { summary: `${labels['alertname']} is bad` }, ...more })),
    );
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body });
    if (status !== 200) throw new Error(`Alertmanager answered ${status}`);
  };
  await start();
  return {
    url,
    kill,
    start,
    fire: (...alerts) => tell(alerts, {}),
    resolve: (...alerts) => tell(alerts, { endsAt: new Date().toISOString() }),
    silences: async () =>
      JSON.parse(await output('amtool', 'silence', 'query', '--output=json', `--alertmanager.url=${url}`)),
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

function configOf(receiver: { url: () => string; secret: string } | undefined) {
  const webhook = receiver && {
    url: `${receiver.url()}/hooks/alertmanager`,
    http_config: { authorization: { type: 'Bearer', credentials: receiver.secret } },
  };
  return {
    route: { receiver: 'all', group_by: ['alertname'], group_wait: '0s', group_interval: '1s', repeat_interval: '1h' },
    receivers: [{ name: 'all', ...(webhook && { webhook_configs: [webhook] }) }],
  };
}

async function output(program: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return text;
}
