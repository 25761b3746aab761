import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { slackChannels } from '../../../src/adapters/slack/channels.ts';

const MINUTE = 60_000;

/** A workspace so large that Slack lists its channels in pages. */
function workspace(pages: readonly (readonly object[])[]) {
  const asked: string[] = [];
  const slack = new WebClient('xoxb-1', {
    retryConfig: { retries: 0 },
    fetch: async (url, init) => {
      const method = String(url).split('/').at(-1) ?? '';
      const args = new URLSearchParams(String(init?.body));
      asked.push(`${method} ${args.get('cursor') ?? args.get('channel') ?? ''}`.trim());
      const page = Number(args.get('cursor') ?? 0);
      const next_cursor = page + 1 < pages.length ? String(page + 1) : '';
      return Response.json({ ok: true, channels: pages[page], response_metadata: { next_cursor } });
    },
  });
  let now = Date.parse('2026-11-21T14:00:00.000Z');
  const clock = {
    now: () => new Date(now),
    ahead: (milliseconds: number) => {
      now += milliseconds;
    },
  };
  return { asked, clock, channels: slackChannels(slack, clock) };
}

const general = { id: 'C1', name: 'general', is_member: true };
const incidents = { id: 'C2', name: 'incidents', is_member: false };

describe('a channel named in the spec', () => {
  it('is found on the last page, and the list is asked for once', async () => {
    const { asked, channels } = workspace([[general], [], [incidents]]);
    expect(await Promise.all([channels.reach('general'), channels.reach('incidents')])).toEqual(['C1', 'C2']);
    expect(await channels.reach('incidents')).toBe('C2');
    expect(asked).toEqual([
      'conversations.list',
      'conversations.list 1',
      'conversations.list 2',
      'conversations.join C2',
    ]);
  });

  it('may be given by its id', async () => {
    const { channels } = workspace([[general]]);
    expect(await channels.reach('C1')).toBe('C1');
  });

  it('that is not there is looked for again, but not at once', async () => {
    const { asked, clock, channels } = workspace([[general]]);
    await expect(channels.reach('outages')).rejects.toThrow('There is no channel "outages"');
    await expect(channels.reach('outages')).rejects.toThrow('There is no channel "outages"');
    expect(asked).toHaveLength(1);
    clock.ahead(MINUTE);
    await expect(channels.reach('outages')).rejects.toThrow('There is no channel "outages"');
    expect(asked).toHaveLength(2);
  });

  it('is asked for anew when a refusal showed that what is known is wrong', async () => {
    const { asked, channels } = workspace([[general]]);
    await channels.reach('general');
    channels.forget();
    await channels.reach('general');
    expect(asked).toEqual(['conversations.list', 'conversations.list']);
  });
});
