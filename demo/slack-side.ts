/** Slack's side of the demo, put together: the workspace, the way to the app, the way back. */
import { randomBytes } from 'node:crypto';
import { messageIds } from './slack/clock.ts';
import { startEmulator } from './slack/emulator.ts';
import { sendEvents } from './slack/events.ts';
import { frontDoor } from './slack/front-door.ts';
import type { Manifest } from './slack/manifest.ts';
import { replies } from './slack/replies.ts';
import { issueTokens, seedWorkspace } from './slack/workspace.ts';
import type { Stage } from './verbs/stage.ts';

export interface SlackSide {
  readonly stage: Stage;
  /** What the app needs to reach this Slack; new at each start. */
  readonly connection: { readonly apiUrl: string; readonly botToken: string; readonly signingSecret: string };
  /** Says where the app listens. Until then nothing reaches it, as when a real app is down. */
  appIsAt(url: string): void;
  close(): Promise<void>;
}

/**
 * @param o.url the page's address, which permalinks and response_urls start with
 * @param o.snapshot an earlier workspace, or undefined for the first day
 * @param o.now milliseconds
 */
export async function openSlackSide(o: {
  url: string;
  manifest: Manifest;
  snapshot: unknown;
  now: () => number;
}): Promise<SlackSide> {
  const { url, manifest, snapshot, now } = o;
  const emulator = await startEmulator({ baseUrl: url, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const credentials = { botToken: `xoxb-demo-${random()}`, signingSecret: random() };
  if (snapshot === undefined) seedWorkspace(emulator, { manifest, now: now() });
  else emulator.restore(snapshot);
  issueTokens(emulator, { credentials, manifest });

  // Nobody listens on the discard port.
  let appUrl = 'http://127.0.0.1:9';
  const nextTs = messageIds(emulator, now);
  const door = frontDoor({ url: () => appUrl, signingSecret: credentials.signingSecret, now });
  const events = sendEvents({ emulator, door, manifest, now, nextTs });
  const answers = replies({ emulator, baseUrl: url, now, nextTs });
  return {
    stage: { emulator, door, events, replies: answers, manifest, nextTs },
    connection: { apiUrl: emulator.apiUrl, ...credentials },
    appIsAt(address) {
      appUrl = address;
    },
    async close() {
      door.close();
      await emulator.close();
    },
  };
}

const random = () => randomBytes(18).toString('base64url');
