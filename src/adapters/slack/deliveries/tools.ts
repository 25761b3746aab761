import type { WebClient } from '@slack/web-api';
import type { Delivery } from '../../../domain/delivery.ts';
import type { CheckStore } from '../../../usecases/check-store-port.ts';
import type { Promises, TakenPromise } from '../../../usecases/delivery-port.ts';
import type { Logger } from '../../../usecases/log.ts';
import type { Clock, SpecSource, Store } from '../../../usecases/ports.ts';
import type { Channels } from '../channels.ts';
import type { FileUpload } from '../delivery-client.ts';
import type { UserGroups } from '../user-groups.ts';

/** What keeping a promise takes. */
export interface DeliveryTools {
  readonly slack: WebClient;
  readonly channels: Channels;
  readonly groups: UserGroups;
  /** Slack user id of the bot. */
  readonly bot: { readonly userId: string };
  readonly promises: Promises;
  readonly incidents: Pick<Store, 'incident' | 'incidentInChannel'>;
  readonly runs: Pick<Store, 'run'>;
  readonly checks: Pick<CheckStore, 'group' | 'inGroup' | 'rows' | 'screen'>;
  readonly windows: Pick<Store, 'window' | 'windows'>;
  readonly alerts: Pick<Store, 'alertGroup' | 'alertStorm'>;
  readonly pages: Pick<Store, 'page'>;
  readonly backups: Pick<Store, 'backup' | 'backupProgress' | 'drill'>;
  readonly spec: SpecSource;
  readonly clock: Clock;
  readonly log: Logger;
  /** The incident's channel exists. Called again after a crash: the second time changes nothing. */
  readonly channelOpened: (number: number, channel: { readonly id: string; readonly name: string }) => Promise<void>;
  /** What became of the message to whoever was called. Called again after a crash: the second time changes nothing. */
  readonly called: (end: {
    readonly page: number;
    readonly attempt: number;
    readonly reached: boolean;
    readonly detail: string;
  }) => Promise<void>;
  readonly pace: Pace;
  /** Makes a PNG of an SVG drawing. */
  readonly paint: (svg: string) => Promise<Uint8Array>;
  readonly upload: FileUpload;
}

/** How long is waited, and for what. */
export interface Pace {
  /** Before an attempt that failed is repeated, in seconds, by how many there were. */
  readonly waitSeconds: (attempts: number) => number;
  /** Slack may still be busy with a request whose sender is gone, for this long; in milliseconds. */
  readonly settleMs: number;
}

/** While Slack is down each lane asks again after 1, 2, 4, 8 and then every 15 seconds. */
export const PACE: Pace = { waitSeconds: (attempts) => Math.min(15, 2 ** (attempts - 1)), settleMs: 1_500 };

/** A promise of one kind, being kept. */
export type Taken<Kind extends Delivery['kind']> = TakenPromise & {
  readonly intent: Extract<Delivery, { kind: Kind }>;
};

/** A promise that was kept: what is promised next, and what of it Slack refused though the rest was done. */
export interface Kept {
  readonly next: readonly Delivery[];
  readonly remark: string | null;
}

export const KEPT: Kept = { next: [], remark: null };
