/**
 * People using Slack, for the tests: what they type, click and submit reaches the app as Slack would send it, signed, through
 * its one front door; what the app answers takes effect in the workspace as it would in Slack. The payloads, the stack of
 * modals and the answers to commands are the demo workspace's own code; this adds the tests' view of each exchange.
 */
import type { Answer } from '../../demo/slack/elements.ts';
import { placedElements, withIds } from '../../demo/slack/elements.ts';
import type { RawEvent } from '../../demo/slack/emulator.ts';
import { sendEvents } from '../../demo/slack/events.ts';
import type { ViewShape } from '../../demo/slack/payloads.ts';
import { eventEnvelope } from '../../demo/slack/payloads.ts';
import type { SignedRequest } from '../../demo/slack/sign.ts';
import { retryHeaders, signRequest } from '../../demo/slack/sign.ts';
import type { Persona } from '../../demo/slack/workspace.ts';
import { INSTALLATION } from '../../demo/slack/workspace.ts';
import { command } from '../../demo/verbs/command.ts';
import { say } from '../../demo/verbs/conversation.ts';
import { act, openApp, shortcut } from '../../demo/verbs/interactive.ts';
import { close, submit } from '../../demo/verbs/modal.ts';
import type { GivenAnswer, Outcome, Stage } from '../../demo/verbs/stage.ts';
import type { PersonName, TestSlack } from './emulate.ts';
import { personNamed } from './emulate.ts';
import type { Exchange, Signing, TestDoor } from './slack-door.ts';
import { testDoor } from './slack-door.ts';

/** What somebody did came to: the exchange with the app, and what Slack shows the person when it went wrong. */
interface Answered extends Exchange {
  /** Slack's own line when the app did not answer, or not in time. */
  readonly error?: string;
  /** By block id: why the modal was not accepted. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** A message of any kind, or an open view. */
type Clickable = { readonly channel_id: string; readonly ts: string } | ViewShape;

interface Actor {
  /** Types a slash command. `channel` is a name or an id; `general` when left out. */
  slash(command: string, text?: string, o?: { channel?: string }): Promise<Answered>;
  /**
   * Clicks a button, or chooses in a select: `choice` is an option's value, a user's id, a date ... Where several blocks have the
   * action, `block` says which. In a view, `answers` is what stands in the other fields.
   */
  click(
    where: Clickable,
    actionId: string,
    choice?: Answer,
    o?: { block?: string; answers?: Readonly<Record<string, Answer>> },
  ): Promise<Answered>;
  /** Fills a modal's fields, by block_id or action_id, and submits it. @throws when Slack's client would not send it. */
  submit(view: ViewShape, answers?: Readonly<Record<string, Answer>>): Promise<Answered>;
  /** Closes a modal with Cancel, or the whole stack with the cross (`all`). Undefined when the app did not ask to hear of it. */
  close(view: ViewShape, o?: { all?: boolean }): Promise<Answered | undefined>;
  /** Starts a shortcut: a global one, or the one of a message. */
  shortcut(callbackId: string, message?: { readonly channel_id: string; readonly ts: string }): Promise<Answered>;
  /** Opens the app's Home or Messages tab. Resolves when the app has acknowledged. */
  openApp(tab?: 'home' | 'messages'): Promise<void>;
  /** Writes as Slack stores it (`@bob` and `#ops` become mentions). Gives the ts, once the app has acknowledged the event. */
  say(channel: string, text: string, threadTs?: string): Promise<string>;
  /** Adds a reaction; resolves once the app has acknowledged the event. */
  react(channel: string, ts: string, name: string): Promise<void>;
  unreact(channel: string, ts: string, name: string): Promise<void>;
}

export interface Driver {
  as(person: PersonName): Actor;
  /** Sends an event of one's own making, whatever the manifest subscribes to. */
  event(event: RawEvent, eventId?: string): Promise<Answered>;
  /** The same signed request again, byte by byte. */
  duplicate(exchange: { readonly request: SignedRequest }): Promise<Answered>;
  /** The same body as Slack delivers it again: signed anew, with the headers of a retry. */
  retry(exchange: { readonly request: SignedRequest }, attempt?: 1 | 2 | 3): Promise<Answered>;
  /** Sends any request as it is. */
  raw(request: SignedRequest): Promise<Answered>;
  /** A driver whose requests were signed so many seconds ago; 301 is one too many. */
  stale(seconds?: number): Driver;
  /** A driver that does not know the signing secret. */
  forged(): Driver;
  /** Resolves when the app has answered every event sent so far. */
  settled(): Promise<void>;
  /** The exchanges that carried events, oldest first. */
  readonly events: readonly Exchange[];
}

/**
 * Connects the workspace to an app and starts sending it events.
 * @param url the app's base address; a function when it changes (a restart) or when several instances take turns
 */
export function createDriver({ url, slack }: { url: string | (() => string); slack: TestSlack }): Driver {
  const base = typeof url === 'string' ? () => url : url;
  const signing = { secret: slack.signingSecret, skew: 0 };
  const eventDoor = testDoor(base, signing);
  const inFlight = new Set<Promise<void>>();
  const door: TestDoor = {
    ...eventDoor,
    event(envelope) {
      const delivery = eventDoor.event(envelope).finally(() => inFlight.delete(delivery));
      inFlight.add(delivery);
      return delivery;
    },
  };
  const { emulator, manifest, nextTs } = slack.stage;
  const events = sendEvents({ emulator, door, manifest, now: () => Date.now(), nextTs });
  const settled = async () => {
    while (inFlight.size > 0) await Promise.all(inFlight);
  };
  return driverWith({ slack, base, signing, events, settled, eventExchanges: eventDoor.exchanges });
}

interface Wiring {
  readonly slack: TestSlack;
  readonly base: () => string;
  readonly signing: Signing;
  readonly events: Stage['events'];
  readonly settled: () => Promise<void>;
  readonly eventExchanges: readonly Exchange[];
}

function driverWith(wiring: Wiring): Driver {
  const { slack, base, signing, settled, eventExchanges } = wiring;
  const fresh = () => testDoor(base, signing);
  return {
    as: (name) => actor(wiring, personNamed(name), name),
    async event(event, eventId = `Ev${slack.stage.nextTs().replace('.', '')}`) {
      const door = fresh();
      await door.event(eventEnvelope(INSTALLATION, { event, eventId, eventTime: Math.floor(Date.now() / 1000) }));
      return only(door);
    },
    duplicate: ({ request }) => fresh().post(request),
    retry({ request }, attempt = 1) {
      const { body, headers } = request;
      const contentType = headers['content-type'] as 'application/json';
      const extra = retryHeaders(attempt, 'http_timeout');
      const timestamp = Math.floor(Date.now() / 1000);
      return fresh().post(signRequest({ body, contentType }, { secret: signing.secret, timestamp, extra }));
    },
    raw: (request) => fresh().post(request),
    stale: (seconds = 301) => driverWith({ ...wiring, signing: { ...signing, skew: -seconds } }),
    forged: () => driverWith({ ...wiring, signing: { ...signing, secret: 'a guess' } }),
    settled,
    events: eventExchanges,
  };
}

function actor({ slack, base, signing, events, settled }: Wiring, person: Persona, name: PersonName): Actor {
  /** Does one thing through a door of its own, so that what several people do at once is not mixed up. */
  async function perform(verb: (stage: Stage) => Promise<Outcome>): Promise<{ outcome: Outcome; door: TestDoor }> {
    const door = testDoor(base, signing);
    return { outcome: await verb({ ...slack.stage, events, door }), door };
  }
  async function answered(verb: (stage: Stage) => Promise<Outcome>): Promise<Answered> {
    const { outcome, door } = await perform(verb);
    const { error, errors } = outcome;
    return { ...only(door, outcome), ...(error ? { error } : {}), ...(errors ? { errors } : {}) };
  }
  const at = (where: Clickable) =>
    'channel_id' in where ? { channel: String(where.channel_id), ts: String(where['ts']) } : { view: where.id };

  return {
    slash: (word, text = '', { channel = 'general' } = {}) =>
      answered((stage) =>
        command(stage, person, { channel: slack.channel(channel).channel_id, text: `${word} ${text}` }),
      ),
    click(where, actionId, choice = null, { block, answers = {} } = {}) {
      const placed = placedElements(blocksOf(slack, where)).filter(
        (one) => one.element.action_id === actionId && (block === undefined || one.blockId === block),
      );
      const [control, twin] = placed;
      if (!control || twin)
        throw new Error(`${control ? 'Several controls have' : 'No control has'} the action_id ${actionId} there.`);
      const given = 'channel_id' in where ? [] : givenAnswers(where, answers);
      const { blockId } = control;
      return answered((stage) =>
        act(stage, person, { at: at(where), blockId, actionId, value: choice, answers: given }),
      );
    },
    submit: (view, answers = {}) =>
      answered((stage) => submit(stage, person, { view: view.id, answers: givenAnswers(view, answers) })),
    async close(view, { all = false } = {}) {
      const { door } = await perform((stage) => close(stage, person, { view: view.id, all }));
      return door.exchanges.at(-1);
    },
    shortcut: (callbackId, message) =>
      answered((stage) =>
        shortcut(stage, person, { callbackId, ...(message ? { channel: message.channel_id, ts: message.ts } : {}) }),
      ),
    async openApp(tab = 'home') {
      await perform((stage) => openApp(stage, person, { tab }));
      await settled();
    },
    async say(channel, text, thread) {
      const said = await perform((stage) =>
        say(stage, person, { channel: slack.channel(channel).channel_id, text, thread }),
      );
      await settled();
      return String(said.outcome['ts']);
    },
    async react(channel, ts, reaction) {
      await slack.react(name, channel, ts, reaction);
      await settled();
    },
    async unreact(channel, ts, reaction) {
      await slack.unreact(name, channel, ts, reaction);
      await settled();
    },
  };
}

/** The one exchange through a door. @throws with what the client said when it sent nothing. */
function only(door: TestDoor, outcome: Outcome = {}): Exchange {
  const exchange = door.exchanges.at(-1);
  if (!exchange) throw new Error(`Slack's client sent nothing: ${JSON.stringify(outcome.errors ?? outcome)}`);
  return exchange;
}

/** Answers with the ids of the field each belongs to. @throws when one names no field, or several. */
function givenAnswers(view: ViewShape, answers: Readonly<Record<string, Answer>>): GivenAnswer[] {
  const fields = placedElements(view.blocks).filter(
    ({ element }) => element.type !== 'button' && element.type !== 'overflow',
  );
  return Object.entries(answers).map(([name, value]) => {
    const [field, twin] = fields.filter(({ blockId, element }) => blockId === name || element.action_id === name);
    if (field && !twin) return { blockId: field.blockId, actionId: field.element.action_id ?? '', value };
    const known = fields.map(({ blockId, element }) => `${blockId}/${element.action_id}`).join(', ');
    throw new Error(`${field ? 'Several fields are' : 'No field is'} named "${name}"; the view has ${known}.`);
  });
}

function blocksOf(slack: TestSlack, where: Clickable) {
  if (!('channel_id' in where)) return where.blocks;
  const { emulator } = slack.stage;
  const { ts, channel_id } = where;
  const rows = [
    ...emulator.table('messages').findBy('ts', ts),
    ...emulator.table('ephemeral_messages').findBy('ts', ts),
  ];
  const row = rows.find((one) => one.channel_id === channel_id);
  if (!row) throw new Error(`There is no message ${ts} in ${channel_id}: it was deleted or replaced.`);
  return [...withIds(row.blocks ?? []), ...(row.attachments ?? []).flatMap(({ blocks = [] }) => withIds(blocks))];
}
