/**
 * The answers an app gives outside the Web API: in the acknowledgement of a command, and through a `response_url`, which
 * works five times within thirty minutes. Both say the same things, so both end here.
 * Source: docs.slack.dev/interactivity/handling-user-interaction.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Emulator } from './emulator.ts';
import type { EphemeralRow } from './records.ts';
import { BOT, PLATFORM_TOKEN, SLACKBOT } from './workspace.ts';

const USES = 5;
const LIFETIME_MS = 30 * 60_000;

const replySchema = z.looseObject({
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  text: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
  attachments: z.array(z.looseObject({})).optional(),
  thread_ts: z.string().optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
});

/** Where an interaction happened, and so where its answer goes. `original` is the message that was acted on. */
interface ReplyPlace {
  readonly personId: string;
  readonly channelId: string;
  readonly original?: { readonly ts: string; readonly ephemeral: boolean; readonly threadTs?: string | undefined };
}

export interface Replies {
  /** A `response_url` for an interaction at a place. */
  issue(place: ReplyPlace): string;
  /** Answers a POST to a `response_url`; `token` is its last segment. */
  receive(token: string, body: string): Promise<{ status: number; body: string }>;
  /** Shows what an acknowledgement said: a text, or an object with text or blocks. Anything else is no answer. */
  show(place: ReplyPlace, ack: unknown): Promise<void>;
  /** A private line from Slack itself. */
  fromSlack(place: ReplyPlace, text: string): void;
}

/** `baseUrl` is the address response_urls start with; `now` is in milliseconds. */
export function replies(o: { emulator: Emulator; baseUrl: string; now: () => number; nextTs: () => string }): Replies {
  const { emulator, nextTs, now } = o;
  const issued = new Map<string, { place: ReplyPlace; left: number; until: number }>();
  const ephemerals = emulator.table('ephemeral_messages');

  function whisper(
    place: ReplyPlace,
    from: string,
    message: Pick<EphemeralRow, 'text' | 'blocks' | 'attachments'>,
  ): void {
    ephemerals.insert({
      ts: nextTs(),
      channel_id: place.channelId,
      user: from,
      target_user: place.personId,
      type: 'message',
      ...message,
      ...(place.original?.threadTs ? { thread_ts: place.original.threadTs } : {}),
      reply_count: 0,
      reply_users: [],
      reactions: [],
    });
  }

  async function perform(place: ReplyPlace, reply: z.infer<typeof replySchema>): Promise<string | undefined> {
    const message = {
      text: reply.text ?? '',
      ...(reply.blocks ? { blocks: reply.blocks } : {}),
      ...(reply.attachments ? { attachments: reply.attachments } : {}),
    };
    const { original } = place;
    if (original && (reply.delete_original || reply.replace_original)) {
      if (original.ephemeral) {
        const row = ephemerals.findOneBy('ts', original.ts);
        if (!row) return 'message_not_found';
        if (reply.delete_original) ephemerals.delete(row.id);
        else ephemerals.update(row.id, { ...message, blocks: message.blocks } as Partial<EphemeralRow>);
        return undefined;
      }
      const method = reply.delete_original ? 'chat.delete' : 'chat.update';
      const done = await emulator.call(PLATFORM_TOKEN, method, {
        channel: place.channelId,
        ts: original.ts,
        ...message,
      });
      return done.error;
    }
    if (!reply.text && !reply.blocks?.length && !reply.attachments?.length) return 'no_text';
    if (reply.response_type === 'in_channel') {
      const posted = await emulator.call(PLATFORM_TOKEN, 'chat.postMessage', {
        channel: place.channelId,
        ...message,
        ...(reply.thread_ts ? { thread_ts: reply.thread_ts } : {}),
      });
      return posted.error;
    }
    whisper(place, BOT.userId, message as Pick<EphemeralRow, 'text' | 'blocks' | 'attachments'>);
    return undefined;
  }

  return {
    issue(place) {
      const token = randomBytes(18).toString('base64url');
      issued.set(token, { place, left: USES, until: now() + LIFETIME_MS });
      return `${o.baseUrl}/response/${token}`;
    },
    async receive(token, body) {
      const ticket = issued.get(token);
      if (!ticket || ticket.until < now()) return { status: 404, body: 'expired_url' };
      if (ticket.left === 0) return { status: 404, body: 'used_url' };
      const reply = replySchema.safeParse(json(body));
      if (!reply.success) return { status: 400, body: 'invalid_payload' };
      ticket.left -= 1;
      const error = await perform(ticket.place, reply.data);
      return error ? { status: 404, body: error } : { status: 200, body: 'ok' };
    },
    async show(place, ack) {
      const reply = replySchema.safeParse(typeof ack === 'string' ? { text: ack } : ack);
      if (reply.success && (reply.data.text || reply.data.blocks?.length)) await perform(place, reply.data);
    },
    fromSlack: (place, text) => whisper(place, SLACKBOT, { text }),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
