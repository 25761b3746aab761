import type { Actor } from '../domain/actor.ts';
import type { MessageKey } from '../domain/delivery.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { SpecEvent } from '../domain/spec/in-force.ts';
import type { OperationsSpec } from '../domain/spec/types.ts';
import type { SpecSource } from './ports.ts';

/** A spec as it was read from its file. */
export interface SpecVersion {
  readonly spec: OperationsSpec;
  /** SHA-256 of `text`. */
  readonly hash: string;
  readonly text: string;
  /** Where it was read, as people know it. */
  readonly file: string;
}

/** What reading the file came to; each fault is `file:line:column: sentence`. */
export type SpecRead =
  | { readonly ok: true; readonly version: SpecVersion }
  | { readonly ok: false; readonly faults: readonly string[] };

/** The spec this instance runs, and the file it came from. */
export interface RunningSpec extends SpecSource {
  running(): SpecVersion;
  /** Reads the file as it is now; what runs stays. */
  read(): SpecRead;
  /** What a text that ran once means to this version of Mainstay; null when it does not understand it any more. */
  understand(text: string): OperationsSpec | null;
  /** From now on this one runs. */
  run(version: SpecVersion): void;
}

/** The last one that came into force. */
export interface SpecInForce {
  /** Its place in the chain SPEC. */
  readonly seq: number;
  readonly hash: string;
  readonly actor: Actor;
  readonly at: Date;
}

/** One running Mainstay and the spec it runs. */
export interface SpecInstance {
  readonly id: string;
  /** The machine and the process, for people. */
  readonly place: string;
  /** Hash of what it runs. */
  readonly hash: string;
  /** Why it does not run what is in force; null when it does. */
  readonly fault: string | null;
}

/** The specs that came into force, and who runs which. Throws DatabaseUnavailable as the store does. */
export interface SpecLog {
  /** Null when nothing is on record, or when what was is erased. */
  inForce(): Promise<SpecInForce | null>;
  /** The latest first. */
  loads(limit: number): Promise<StoredEvent<SpecEvent>[]>;
  /** Says that this instance is alive and what it runs. */
  beat(instance: SpecInstance): Promise<void>;
  /** Those that were alive a moment ago, by place. */
  instances(): Promise<SpecInstance[]>;
  leave(id: string): Promise<void>;
}

/** What a transaction knows of specs. */
export interface SpecTx {
  /** The one in force, with its chain locked until the transaction ends; null as in `SpecLog`. */
  specInForce(): Promise<{ readonly seq: number; readonly hash: string; readonly text: string } | null>;
  /** Keeps a text by its hash; one that ran before is known already. */
  keepSpec(version: Pick<SpecVersion, 'hash' | 'text'>, actor: Actor): Promise<void>;
  /** The messages that are edited in place and show something that is still open. */
  openMessages(): Promise<MessageKey[]>;
}
