import { fileURLToPath } from 'node:url';
import { startEmulator } from '../demo/slack/emulator.ts';
import { readManifest } from '../demo/slack/manifest.ts';
import { issueTokens, seedWorkspace } from '../demo/slack/workspace.ts';
import { type BenchChild, startChild } from './child.ts';
import { HOOK_SECRET, SIGNING_SECRET } from './requests.ts';

const BOT_TOKEN = 'xoxb-bench';

/**
 * Mainstay itself in a process of its own, with a Slack to start against. `idle` leaves deliveries in the queue, so that
 * what is measured is Mainstay's own part; `work` runs everything.
 *
 * @param specFile the operations spec; the built-in one unless told
 */
export async function startMainstayChild(
  url: string,
  mode: 'idle' | 'work',
  home: string,
  specFile = '',
): Promise<BenchChild> {
  const slack = await startEmulator({ baseUrl: 'http://127.0.0.1:9', timeZone: 'UTC' });
  const manifest = readManifest(fileURLToPath(new URL('../manifest.yml', import.meta.url)));
  const credentials = { botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET };
  seedWorkspace(slack, { manifest, now: Date.now() });
  issueTokens(slack, { credentials, manifest });
  const args = [url, slack.apiUrl, SIGNING_SECRET, mode, home, HOOK_SECRET, specFile];
  try {
    const child = await startChild('peers/mainstay.ts', args);
    return {
      ...child,
      async stop() {
        await child.stop();
        await slack.close();
      },
    };
  } catch (error) {
    await slack.close();
    throw error;
  }
}
