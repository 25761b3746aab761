import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';

const READY = { timeout: 30_000, interval: 20 };

/**
 * Starts Debian's Alertmanager, with no friends, on what it kept in this folder; resolved when it takes alerts.
 *
 * @param config its configuration, YAML or JSON
 */
export async function runAlertmanager(folder: string, port: number, config: string): Promise<ChildProcess> {
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, config);
  const child = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    { stdio: 'ignore' },
  );
  await vi.waitUntil(() => {
    if (child.exitCode !== null) throw new Error('Alertmanager ended before it ran: is Debian’s package installed?');
    return fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }, READY);
  return child;
}
