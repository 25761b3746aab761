/**
 * Anybody at any door: signed requests as Slack sends them, for a person who need not be one of the workspace's three. What comes
 * back is the acknowledgement; what was done is seen in the log.
 */
import type { ModalView } from '@slack/types';
import type { Answer, BlockShape } from '../../demo/slack/elements.ts';
import { withIds } from '../../demo/slack/elements.ts';
import { blockActions, messageShortcut, slashCommand, viewSubmission } from '../../demo/slack/payloads.ts';
import { type EncodedBody, encodeCommand, encodeInteraction, signRequest } from '../../demo/slack/sign.ts';
import { INSTALLATION } from '../../demo/slack/workspace.ts';
import type { IncidentEdge } from './incident-edge.ts';

/** What was answered at once, as text. */
type Said = Promise<string>;

export interface Doors {
  command(user: string, typed: string): Said;
  button(user: string, id: string, value: string): Said;
  form(user: string, view: ModalView, answers?: Readonly<Record<string, Answer>>): Said;
  /** The shortcut of a message in the channel `ops`. */
  shortcut(user: string, id: string, ts: string): Said;
}

/** The doors of an app; each request is one of its own, and none a repetition. */
export function doorsOf({ slack, driver }: IncidentEdge): Doors {
  let requests = 0;
  const triggerId = () => {
    requests += 1;
    return `T.${requests}`;
  };
  const person = (id: string) => ({ id, name: id.toLowerCase() });
  const place = () => {
    const { channel_id: id, name } = slack.channel('ops');
    return { id, name };
  };
  const responseUrl = () => slack.stage.replies.issue({ personId: 'U0ALICE', channelId: place().id });
  const send = async (encoded: EncodedBody) => {
    const timestamp = Math.floor(Date.now() / 1000);
    const { status, body } = await driver.raw(signRequest(encoded, { secret: slack.signingSecret, timestamp }));
    if (status !== 200) throw new Error(`The app answered ${status}.`);
    return JSON.stringify(body ?? '');
  };
  return {
    command(user, typed) {
      const [command = '', ...words] = typed.split(' ');
      const at = { channel: place(), responseUrl: responseUrl(), triggerId: triggerId() };
      return send(
        encodeCommand(slashCommand(INSTALLATION, { person: person(user), command, text: words.join(' '), ...at })),
      );
    },
    button(user, id, value) {
      const at = { channel: place(), message: { ts: '1.1', blocks: [] }, responseUrl: responseUrl() };
      const actions = [{ type: 'button', action_id: id, block_id: 'b', value, action_ts: '1.2' }];
      return send(
        encodeInteraction(blockActions(INSTALLATION, { person: person(user), at, actions, triggerId: triggerId() })),
      );
    },
    form(user, { blocks, ...modal }, answers = {}) {
      const id = `V0${triggerId()}`;
      const view = { ...modal, id, type: 'modal' as const, hash: 'h', blocks: withIds(blocks as BlockShape[]) };
      return send(
        encodeInteraction(
          viewSubmission(INSTALLATION, { person: person(user), view, answers, triggerId: triggerId() }),
        ),
      );
    },
    shortcut(user, callbackId, ts) {
      const at = { channel: place(), responseUrl: responseUrl(), triggerId: triggerId(), actionTs: '1.3' };
      return send(
        encodeInteraction(messageShortcut(INSTALLATION, { person: person(user), callbackId, message: { ts }, ...at })),
      );
    },
  };
}
