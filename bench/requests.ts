import { slashCommand } from '../demo/slack/payloads.ts';
import { encodeCommand, signRequest } from '../demo/slack/sign.ts';
import { frame, type RawRequest } from './load.ts';

export const SIGNING_SECRET = 'bench-signing-secret';
export const HOOK_SECRET = 'bench-hook-secret-0123456789';

const WORKSPACE = {
  teamId: 'T1',
  teamDomain: 'acme',
  appId: 'A1',
  botUserId: 'U0BOT',
  verificationToken: 'bench',
};

/** One signed slash command; `trigger` makes it a request of its own. */
export function signedSlash(command: string, text: string, trigger: string) {
  const fields = slashCommand(WORKSPACE, {
    person: { id: 'U1', name: 'alice' },
    channel: { id: 'C1', name: 'ops' },
    command,
    text,
    triggerId: trigger,
    responseUrl: 'http://127.0.0.1:9/never-used',
  });
  return signRequest(encodeCommand(fields), { secret: SIGNING_SECRET, timestamp: Math.floor(Date.now() / 1000) });
}

/** Signed slash commands, each with a trigger id of its own so that none is taken for a repeat. */
export function slashRequests(
  command: string,
  text: (n: number) => string,
  count: number,
  series: string,
): RawRequest[] {
  return Array.from({ length: count }, (_, n) => {
    const { headers, body } = signedSlash(command, text(n), `${series}.${n}`);
    return frame('/slack/events', headers, body);
  });
}
