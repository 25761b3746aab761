/** What the server tells the page, as plain JSON. One person sees it: unread counts, private messages and modals are theirs. */
import type { Piece } from './blocks.ts';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly realName: string;
  readonly title: string;
  readonly isBot: boolean;
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  /** The other person of a direct message. */
  readonly partner?: string;
  readonly topic: { readonly text: string; readonly html: string };
  readonly members: readonly string[];
  readonly isMember: boolean;
  readonly isArchived: boolean;
  readonly unread: number;
  readonly mentions: number;
  readonly lastRead: string;
  readonly pins: readonly { readonly ts: string; readonly by: string }[];
  readonly bookmarks: readonly {
    readonly id: string;
    readonly title: string;
    readonly link: string;
    readonly emoji: string;
  }[];
}

export interface MessageView {
  readonly channel: string;
  readonly ts: string;
  /** When it was written, in seconds: of `ts` unless it belongs to the played history. */
  readonly at: string;
  readonly user: string;
  readonly username?: string;
  /** The emoji an app chose to be seen as. */
  readonly icon?: string;
  readonly subtype?: string;
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly attachments: readonly { readonly color: string; readonly pieces: readonly Piece[] }[];
  readonly files: readonly {
    readonly name: string;
    readonly type: string;
    readonly size: number;
    readonly url: string;
  }[];
  readonly edited: boolean;
  readonly threadTs?: string;
  readonly broadcast: boolean;
  readonly replies: { readonly count: number; readonly users: readonly string[]; readonly last: string };
  readonly reactions: readonly { readonly name: string; readonly html: string; readonly users: readonly string[] }[];
  /** Only this person sees it. */
  readonly isPrivate: boolean;
}

export interface ModalView {
  readonly id: string;
  readonly hash: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string;
  readonly isRoot: boolean;
  readonly pieces: readonly Piece[];
}

export interface HomeView {
  readonly id: string;
  readonly hash: string;
  readonly pieces: readonly Piece[];
}

/** How much waits for each person one can act as. */
export type Waiting = Readonly<
  Record<string, { readonly mentions: number; readonly isUnread: boolean; readonly hasModal: boolean }>
>;

/** How the demo's clock stands to the real one. */
export interface TimeView {
  /** By how many milliseconds it is ahead. */
  readonly ahead: number;
  /** The way in which it is being moved now; null when it goes by itself. */
  readonly step: 'now' | 'hour' | 'morning' | 'week' | null;
  /** Where that ends, in milliseconds. */
  readonly until: number | null;
}

/** Everything the page needs to start. */
export interface StateView {
  readonly workspace: { readonly name: string };
  readonly app: {
    readonly userId: string;
    readonly name: string;
    readonly description: string;
    readonly home: boolean;
    readonly messages: boolean;
    readonly readOnly: boolean;
  };
  readonly me: string;
  readonly personas: readonly string[];
  readonly people: readonly PersonView[];
  readonly channels: readonly ChannelView[];
  readonly commands: readonly { readonly command: string; readonly description: string; readonly usage: string }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'message' | 'global';
    readonly callbackId: string;
    readonly description: string;
  }[];
  readonly modals: readonly ModalView[];
  readonly home: HomeView | null;
  readonly waiting: Waiting;
  readonly notice: string | null;
  /** Whether the first start's history is still being played. */
  readonly isPlaying: boolean;
  readonly time: TimeView;
}

/** One change, as a server-sent event named by its key. */
export type Update =
  | { readonly name: 'state'; readonly data: StateView }
  | { readonly name: 'message'; readonly data: MessageView }
  | { readonly name: 'message-gone'; readonly data: { readonly channel: string; readonly ts: string } }
  | { readonly name: 'channel'; readonly data: ChannelView }
  | { readonly name: 'channel-gone'; readonly data: { readonly id: string } }
  | { readonly name: 'people'; readonly data: readonly PersonView[] }
  | { readonly name: 'modals'; readonly data: readonly ModalView[] }
  | { readonly name: 'home'; readonly data: HomeView }
  | { readonly name: 'waiting'; readonly data: Waiting }
  | { readonly name: 'time'; readonly data: TimeView }
  | { readonly name: 'played'; readonly data: null };
