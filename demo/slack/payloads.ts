/**
 * The bodies Slack sends to an app, field by field. Pure: ids, times and trigger ids are arguments, so the demo workspace and
 * the tests' driver build the same payloads from their own worlds. Source: docs.slack.dev/reference/interaction-payloads,
 * /interactivity/implementing-slash-commands and /apis/events-api, compared with the types of @slack/bolt.
 */
import type { Answer, BlockShape } from './elements.ts';
import { defined, withIds } from './elements.ts';
import type { StateValues } from './view-state.ts';
import { stateValues } from './view-state.ts';

/** The workspace and the app installed in it. `verificationToken` is Slack's legacy `token` field. */
export interface Workspace {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly verificationToken: string;
}

/** A member of the workspace; `name` is the handle, not the display name. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A conversation. For a slash command Slack names a private channel `privategroup` and a direct message `directmessage`. */
export interface Place {
  readonly id: string;
  readonly name: string;
}

/** A message as the Web API returns it; everything in it is passed on to the app untouched. */
export interface MessageShape {
  readonly ts: string;
  readonly text?: string;
  readonly user?: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly BlockShape[];
  readonly [field: string]: unknown;
}

/** A view as `views.open` returns it. */
export interface ViewShape {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly blocks: readonly BlockShape[];
  readonly [field: string]: unknown;
}

type JsonObject = Record<string, unknown>;

/** Where an action happened: on a message (with the response_url Slack issues for it) or in a view, which has none. */
export type ActionPlace =
  | {
      readonly channel: Place;
      readonly message: MessageShape;
      readonly responseUrl: string;
      readonly ephemeral?: boolean;
    }
  | { readonly view: ViewShape; readonly answers?: Readonly<Record<string, Answer>> };

const app = (w: Workspace) => ({ api_app_id: w.appId, token: w.verificationToken });
const install = (w: Workspace) => ({
  team: { id: w.teamId, domain: w.teamDomain },
  enterprise: null,
  is_enterprise_install: false,
});
const actor = (w: Workspace, person: Person) => ({
  id: person.id,
  username: person.name,
  name: person.name,
  team_id: w.teamId,
});

/** A slash command, as form fields. `text` is what was typed after the command. */
export function slashCommand(
  workspace: Workspace,
  o: { person: Person; channel: Place; command: string; text: string; triggerId: string; responseUrl: string },
): Record<string, string> {
  return {
    token: workspace.verificationToken,
    team_id: workspace.teamId,
    team_domain: workspace.teamDomain,
    channel_id: o.channel.id,
    channel_name: o.channel.name,
    user_id: o.person.id,
    user_name: o.person.name,
    command: o.command,
    text: o.text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: o.responseUrl,
    trigger_id: o.triggerId,
  };
}

/** A click or a selection: `block_actions`. */
export function blockActions(
  workspace: Workspace,
  o: { person: Person; at: ActionPlace; actions: readonly JsonObject[]; triggerId: string },
): JsonObject {
  const head = {
    type: 'block_actions',
    user: actor(workspace, o.person),
    ...app(workspace),
    trigger_id: o.triggerId,
    ...install(workspace),
  };
  if ('view' in o.at) {
    return {
      ...head,
      container: { type: 'view', view_id: o.at.view.id },
      view: viewWithState(o.at.view, o.at.answers ?? {}),
      actions: o.actions,
    };
  }
  const { channel, message, responseUrl, ephemeral = false } = o.at;
  return {
    ...head,
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...defined({ thread_ts: message.thread_ts }),
    },
    channel: { id: channel.id, name: channel.name },
    // Slack does not send the content of an ephemeral message back.
    ...(ephemeral ? {} : { message: { type: 'message', ...message } }),
    state: { values: stateValues(message.blocks ?? [], {}) },
    response_url: responseUrl,
    actions: o.actions,
  };
}

/** The submit button of a modal: `view_submission`. `answers` are keyed by block_id or action_id. */
export function viewSubmission(
  workspace: Workspace,
  o: { person: Person; view: ViewShape; answers: Readonly<Record<string, Answer>>; triggerId: string },
): JsonObject {
  return {
    type: 'view_submission',
    ...install(workspace),
    user: actor(workspace, o.person),
    ...app(workspace),
    trigger_id: o.triggerId,
    view: viewWithState(o.view, o.answers),
    response_urls: [],
  };
}

/** A modal closed by its owner: `view_closed`, which Slack sends only for a view with `notify_on_close`. */
export function viewClosed(
  workspace: Workspace,
  o: { person: Person; view: ViewShape; isCleared?: boolean },
): JsonObject {
  return {
    type: 'view_closed',
    ...install(workspace),
    user: actor(workspace, o.person),
    ...app(workspace),
    view: viewWithState(o.view, {}),
    is_cleared: o.isCleared ?? false,
  };
}

/** A shortcut started from the composer or the search bar. It has neither channel nor response_url. */
export function globalShortcut(
  workspace: Workspace,
  o: { person: Person; callbackId: string; triggerId: string; actionTs: string },
): JsonObject {
  const { name: _, ...user } = actor(workspace, o.person);
  return {
    type: 'shortcut',
    token: workspace.verificationToken,
    action_ts: o.actionTs,
    ...install(workspace),
    user,
    callback_id: o.callbackId,
    trigger_id: o.triggerId,
  };
}

/** A shortcut started from a message's menu: `message_action`. */
export function messageShortcut(
  workspace: Workspace,
  o: {
    person: Person;
    callbackId: string;
    channel: Place;
    message: MessageShape;
    triggerId: string;
    actionTs: string;
    responseUrl: string;
  },
): JsonObject {
  return {
    type: 'message_action',
    token: workspace.verificationToken,
    action_ts: o.actionTs,
    ...install(workspace),
    user: actor(workspace, o.person),
    channel: { id: o.channel.id, name: o.channel.name },
    callback_id: o.callbackId,
    trigger_id: o.triggerId,
    response_url: o.responseUrl,
    message_ts: o.message.ts,
    message: { type: 'message', ...o.message },
  };
}

/** An event in the Events API's envelope. `eventTime` is in whole seconds; a second delivery keeps the same `eventId`. */
export function eventEnvelope(
  workspace: Workspace,
  o: { event: { readonly type: string }; eventId: string; eventTime: number },
): JsonObject {
  return {
    token: workspace.verificationToken,
    team_id: workspace.teamId,
    context_team_id: workspace.teamId,
    context_enterprise_id: null,
    api_app_id: workspace.appId,
    event: o.event,
    type: 'event_callback',
    event_id: o.eventId,
    event_time: o.eventTime,
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${o.eventId}`,
  };
}

function viewWithState(
  view: ViewShape,
  answers: Readonly<Record<string, Answer>>,
): JsonObject & { state: { values: StateValues } } {
  return { ...view, blocks: withIds(view.blocks), state: { values: stateValues(view.blocks, answers) } };
}
