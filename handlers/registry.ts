import type { KnownBlock, ModalView } from '@slack/types';
import type { PermissionVerb } from '../src/domain/permissions.ts';
import type { Caller } from '../src/usecases/ports.ts';

/** What the person who typed or clicked sees in return; private unless `public`. */
export interface Answer {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly public?: boolean;
}

/** One slash command as it reached us, verified and with its caller known. */
export interface CommandCall {
  readonly caller: Caller;
  readonly user: string;
  readonly channel: string;
  /** Text after the subcommand's own word. */
  readonly rest: string;
  readonly triggerId: string;
  /** Opens a modal with this call's trigger; must be the first thing a handler does with it (3 s). */
  openModal(view: ModalView): Promise<void>;
}

/** One verb of a command: its words, its help and what it does are one thing, so help cannot go stale. */
export interface Subcommand {
  readonly verb: string;
  /** Arguments as shown in help: `INC-1 <summary>`. */
  readonly usage: string;
  readonly help: string;
  readonly permission: PermissionVerb | null;
  /** Null: a modal took over and there is nothing to answer. */
  run(call: CommandCall): Promise<Answer | null>;
}

/** A slash command. `manifest.yml`, the README table and `/x help` are made from it. */
export interface Command {
  readonly name: `/${string}`;
  readonly description: string;
  readonly usageHint: string;
  /** Commands that take people have mentions escaped to ids by Slack. */
  readonly shouldEscape: boolean;
  readonly subcommands: readonly Subcommand[];
  /** What runs when the first word is no verb (`/severity SEV1`), or nothing was typed. */
  readonly fallback?: Subcommand;
}
