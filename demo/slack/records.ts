/**
 * The rows `emulate` 0.12.2 keeps for Slack, with the fields the demo reads or writes. They are its internals: only
 * `emulator.ts` hands them out, and every other file sees them through these types.
 */
import type { BlockShape } from './elements.ts';

/** What every row of the store has. `id` is the store's own number, not Slack's id. */
export interface Row {
  readonly id: number;
}

interface UserRow extends Row {
  readonly user_id: string;
  readonly team_id: string;
  readonly name: string;
  readonly real_name: string;
  readonly email: string;
  readonly is_admin: boolean;
  readonly is_bot: boolean;
  readonly deleted: boolean;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly presence: string;
}

export interface ChannelRow extends Row {
  readonly channel_id: string;
  readonly team_id: string;
  readonly name: string;
  readonly is_channel: boolean;
  readonly is_private: boolean;
  readonly is_im?: boolean;
  readonly is_mpim?: boolean;
  readonly is_archived: boolean;
  readonly topic: { readonly value: string };
  readonly purpose: { readonly value: string };
  readonly members: readonly string[];
  readonly creator: string;
  readonly num_members: number;
  /** Per person, the ts of the last message they have read. */
  readonly last_read?: Readonly<Record<string, string>>;
  readonly created_at: string;
}

interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
  readonly count: number;
}

interface FileShape {
  readonly file_id: string;
  readonly name: string;
  readonly title: string;
  readonly size: number;
  readonly pretty_type: string;
  readonly url_private: string;
}

/** A coloured side bar with blocks or text beside it. */
interface AttachmentShape {
  readonly color?: string;
  readonly blocks?: readonly BlockShape[];
  readonly title?: string;
  readonly text?: string;
  readonly fallback?: string;
}

export interface MessageRow extends Row {
  readonly ts: string;
  readonly channel_id: string;
  readonly user: string;
  readonly text: string;
  readonly type: string;
  readonly subtype?: string;
  readonly thread_ts?: string;
  readonly reply_broadcast?: boolean;
  readonly reply_count: number;
  readonly reply_users: readonly string[];
  readonly reactions: readonly Reaction[];
  readonly blocks?: readonly BlockShape[];
  readonly attachments?: readonly AttachmentShape[];
  readonly metadata?: unknown;
  readonly files?: readonly FileShape[];
  readonly username?: string;
  readonly icon_emoji?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  /** When a message of the played history was written in its story, in seconds; the demo's own field. */
  readonly story_at?: string;
}

/** A message one person sees: `chat.postEphemeral`, or the private answer to a command or a click. */
export interface EphemeralRow extends MessageRow {
  readonly target_user: string;
}

interface PinRow extends Row {
  readonly pin_id: string;
  readonly channel_id: string;
  readonly message_ts: string;
  readonly created: number;
  readonly created_by: string;
}

export interface BookmarkRow extends Row {
  readonly bookmark_id: string;
  readonly channel_id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
}

export interface ViewRow extends Row {
  readonly view_id: string;
  readonly team_id: string;
  readonly user_id: string;
  readonly type: 'modal' | 'home';
  readonly title: { readonly text: string } | null;
  readonly submit: { readonly text: string } | null;
  readonly close: { readonly text: string } | null;
  readonly blocks: readonly BlockShape[];
  readonly private_metadata: string;
  readonly callback_id: string;
  readonly external_id: string;
  readonly hash: string;
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
  readonly root_view_id: string;
  readonly previous_view_id?: string;
  readonly app_id: string;
  readonly bot_id: string;
}

/** A file as it was uploaded. */
interface FileRow extends Row {
  readonly file_id: string;
  readonly mimetype: string;
  readonly content_base64?: string;
}

/** The collections the demo uses, by the name of the row in them. */
export interface Tables {
  readonly users: UserRow;
  readonly channels: ChannelRow;
  readonly messages: MessageRow;
  readonly ephemeral_messages: EphemeralRow;
  readonly pins: PinRow;
  readonly bookmarks: BookmarkRow;
  readonly views: ViewRow;
  readonly files: FileRow;
}

/** One collection of the store. `insert` gives a row its number when it brings none. */
export interface Collection<R extends Row> {
  insert(row: Omit<R, 'id' | 'created_at'> & Partial<Row>): R;
  update(id: number, fields: Partial<R>): R | undefined;
  delete(id: number): boolean;
  get(id: number): R | undefined;
  all(): R[];
  findBy(field: keyof R, value: unknown): R[];
  findOneBy(field: keyof R, value: unknown): R | undefined;
  clear(): void;
}
