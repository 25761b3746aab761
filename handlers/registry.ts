import type { KnownBlock, ModalView } from '@slack/types';
import type { PermissionVerb } from '../src/domain/permissions.ts';
import type { Caller } from '../src/usecases/ports.ts';
import type { EdgeDeps } from './deps.ts';

/** What the person who typed or clicked sees in return; private unless `public`. */
export interface Answer {
  /** Slack's mrkdwn, already escaped. */
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly public?: boolean;
  /** Nothing was done, for a reason that `text` says. */
  readonly refused?: boolean;
}

interface Call {
  readonly caller: Caller;
  /** Slack user id of who typed or clicked. */
  readonly user: string;
}

/** A call with a trigger: it can open a modal, within 3 s and so before anything slow. */
interface TriggeredCall extends Call {
  /** Throws ViewNotShown. A second delivery of the same call finds the modal open and does nothing. */
  openModal(view: ModalView): Promise<void>;
}

/** One slash command as it reached us, verified and with its caller known. */
export interface CommandCall extends TriggeredCall {
  /** The command's name and the verb's word, as registered; the verb is empty for a fallback. */
  readonly command: string;
  readonly verb: string;
  /** Channel it was typed in. */
  readonly channel: string;
  /** Text after the verb's own word. */
  readonly rest: string;
}

/** One verb of a command: its words, its help and what it does are one thing, so help cannot go stale. */
export interface Subcommand {
  readonly verb: string;
  /** Arguments as shown in help: `INC-1 <summary>`. */
  readonly usage: string;
  readonly help: string;
  readonly permission: PermissionVerb | null;
  /** Null: a modal took over and there is nothing to answer. */
  run(call: CommandCall, deps: EdgeDeps): Promise<Answer | null>;
}

/** A slash command. `manifest.yml`, the README table and `/x help` are made from it. */
export interface Command {
  readonly name: `/${string}`;
  readonly description: string;
  readonly usageHint: string;
  /** Commands that take people have mentions escaped to ids by Slack. */
  readonly shouldEscape: boolean;
  readonly subcommands: readonly Subcommand[];
  /** What runs when the first word is no verb (`/severity SEV1`), or nothing was typed. Its verb is empty. */
  readonly fallback?: Subcommand;
}

/** A click on a button or a choice in a select. */
export interface ActionCall extends TriggeredCall {
  /** The button's value, the chosen option's value or the chosen user; empty when there is none. */
  readonly value: string;
  /** Channel of the message it is on; null in a modal and in App Home. */
  readonly channel: string | null;
}

export interface Action {
  readonly id: string;
  readonly permission: PermissionVerb | null;
  run(call: ActionCall, deps: EdgeDeps): Promise<Answer | null>;
}

/** What a submitted modal holds, as Slack sends it; its own view's reader in `blocks/` makes sense of it. */
export interface SubmittedView {
  readonly private_metadata: string;
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** A submitted modal. */
interface SubmissionCall extends Call {
  readonly view: SubmittedView;
}

/** What happens to the modal: it closes, stays with a sentence at each wrong field, or shows something else. */
export type ModalAnswer =
  | { readonly kind: 'close' }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'show'; readonly view: ModalView; readonly refused?: boolean };

export interface Submission {
  /** `callback_id` of the modal. */
  readonly id: string;
  readonly permission: PermissionVerb | null;
  run(call: SubmissionCall, deps: EdgeDeps): Promise<ModalAnswer>;
}

/** A message as its shortcut sends it. */
export interface ShortcutMessage {
  readonly channel: string;
  readonly ts: string;
}

interface ShortcutCall extends TriggeredCall {
  /** Null for a global shortcut. */
  readonly message: ShortcutMessage | null;
}

/** An entry of Slack's shortcut menu; its words are those of the manifest. */
export interface Shortcut {
  readonly id: string;
  readonly type: 'global' | 'message';
  readonly name: string;
  readonly description: string;
  readonly permission: PermissionVerb | null;
  run(call: ShortcutCall, deps: EdgeDeps): Promise<Answer | null>;
}

/** One event of the Events API. What it throws makes Slack deliver the event again. */
export interface EventCall {
  /** `event:<event_id>`: the same for every delivery of it. */
  readonly requestKey: string;
  readonly event: { readonly type: string; readonly [field: string]: unknown };
}

export interface EventListener {
  readonly type: string;
  run(call: EventCall, deps: EdgeDeps): Promise<void>;
}

/** Everything Slack can ask of Mainstay. */
export interface Registry {
  readonly commands: readonly Command[];
  readonly actions: readonly Action[];
  readonly submissions: readonly Submission[];
  readonly shortcuts: readonly Shortcut[];
  readonly events: readonly EventListener[];
}
