/**
 * The first start's history: some days of talk, and yesterday's incident, played through the app's front door by the three
 * people, with the workspace's clock at the time of the story.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageRow } from './slack/records.ts';
import type { StoryClock } from './slack/story.ts';
import { BOT, PERSONAS } from './slack/workspace.ts';
import { command } from './verbs/command.ts';
import { join, react, read, say } from './verbs/conversation.ts';
import type { Stage } from './verbs/stage.ts';

type Who = 'alice' | 'bob' | 'charlie';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Talk that needs no app: days before today, time of day, where, who, what. */
const TALK: readonly (readonly [number, string, string, Who, string])[] = [
  [
    4,
    '09:02',
    'C0GENERAL',
    'charlie',
    'Good morning! From today <@U0MAINSTAY> runs our incidents and the maintenance calendar. Type `/incident` to see what it can do.',
  ],
  [4, '09:05', 'C0GENERAL', 'bob', 'Finally. No more hunting for the right channel at 3 in the morning :tada:'],
  [3, '14:20', 'C0OPS', 'bob', 'Renewed the certificate of `pay.northwind.example`, it is good until February.'],
  [3, '14:26', 'C0OPS', 'alice', 'Thanks! I put the next renewal into the calendar.'],
  [
    2,
    '11:40',
    'C0PAYMENTS',
    'alice',
    'Release 2026.11.3 is on staging. It moves the gateway to the new connection pool.',
  ],
  [2, '11:52', 'C0PAYMENTS', 'bob', 'Load test looks fine on my side. Ship it tomorrow afternoon?'],
  [2, '11:53', 'C0PAYMENTS', 'alice', 'Tomorrow at 16:30 it is.'],
  [1, '16:31', 'C0PAYMENTS', 'alice', '2026.11.3 is out :rocket:'],
  [
    1,
    '16:38',
    'C0PAYMENTS',
    'bob',
    'Support has six tickets about card payments that spin forever, all from the EU. Related?',
  ],
];

type Step =
  | { readonly at: number; readonly who: Who; readonly type: string; readonly in?: 'incidents' }
  | { readonly at: number; readonly who: Who; readonly joins: true };

/** The incident: minutes after 16:41 yesterday, who, and what they type into the incident's channel (the first: #incidents). */
const INCIDENT: readonly Step[] = [
  { at: 0, who: 'alice', type: '/incident declare sev2 Card payments time out in the EU', in: 'incidents' },
  { at: 1, who: 'bob', joins: true },
  { at: 2, who: 'bob', type: 'I take command. @alice, you own the fix, I talk to support.' },
  { at: 2, who: 'bob', type: '/owner @alice' },
  {
    at: 5,
    who: 'alice',
    type: 'The gateway answers in 11 s instead of 300 ms, since 16:31. That is the minute 2026.11.3 went out.',
  },
  { at: 6, who: 'alice', type: '/incident note Gateway p99 went from 300 ms to 11 s at 16:31, with release 2026.11.3' },
  { at: 9, who: 'bob', type: '/severity sev1 One in three EU checkouts fails' },
  { at: 10, who: 'charlie', joins: true },
  { at: 12, who: 'alice', type: '/incident update Rolling back to 2026.11.2. Ten minutes, if the migration lets us.' },
  { at: 13, who: 'charlie', type: 'Thank you both. Does anybody need more hands?' },
  { at: 14, who: 'bob', type: 'Not yet. The status page is updated and support has a text.' },
  { at: 23, who: 'alice', type: '/incident mitigate Rolled back to 2026.11.2, error rate is falling' },
  { at: 36, who: 'alice', type: 'p99 is back at 290 ms and no failed payment for ten minutes.' },
  {
    at: 38,
    who: 'bob',
    type: '/incident resolve Release 2026.11.3 halved the connection pool of the payment gateway. Rolled back; 38 minutes of failing EU payments.',
  },
];

/** This morning's message, the one thing Alice has not read. */
const MORNING =
  'Morning! Well handled yesterday, both of you. <@U0ALICE>, could you start the post-mortem? `/postmortem draft INC-1` does the typing.';

export interface Telling {
  readonly clock: StoryClock;
  /** Milliseconds, whatever the story says. */
  readonly realNow: () => number;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Writes the talk of the days before; takes no time. */
export function writeTalk(stage: Stage, realNow: number): void {
  const table = stage.emulator.table('messages');
  const midnight = new Date(realNow).setHours(0, 0, 0, 0);
  for (const [index, [days, clock, channel_id, who, text]] of TALK.entries()) {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number);
    const at = new Date(midnight - days * DAY);
    at.setHours(hours, minutes, index);
    table.insert(message(channel_id, personOf(who).id, Math.floor(at.getTime() / 1000), text));
  }
  const five = table.findBy('channel_id', 'C0GENERAL')[1];
  if (five) table.update(five.id, { reactions: [{ name: 'tada', users: ['U0ALICE', 'U0CHARLIE'], count: 2 }] });
}

/** When the history begins, yesterday afternoon; in milliseconds. */
export function historyBegins(realNow: number): number {
  return new Date(new Date(realNow).setHours(0, 0, 0, 0) - DAY).setHours(16, 41, 0, 0);
}

/** Plays the incident. Stops quietly when the demo does; says so when the app does not play along. */
export async function playIncident(stage: Stage, { clock, realNow, signal, print }: Telling): Promise<void> {
  const start = historyBegins(realNow());
  let channel = 'C0INCIDENTS';
  try {
    for (const step of INCIDENT) {
      if (signal.aborted) return;
      clock.tell(new Date(start + step.at * MINUTE));
      const person = personOf(step.who);
      if ('joins' in step) {
        const isIn = stage.emulator.table('channels').findOneBy('channel_id', channel)?.members.includes(person.id);
        if (!isIn) await join(stage, person, { channel });
      } else if (!step.type.startsWith('/')) await say(stage, person, { channel, text: step.type });
      else {
        const acted = settled(stage, signal, 'in' in step ? 10_000 : 1500);
        await command(stage, person, { channel, text: step.type });
        await acted;
        if ('in' in step) channel = await incidentChannel(stage, signal);
      }
    }
    await thank(stage, channel);
  } catch (cause) {
    if (!signal.aborted)
      print(
        `The demo's history could not be played to its end: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
  } finally {
    clock.end();
  }
  if (signal.aborted) return;
  await leaveBehind(stage, realNow());
}

/** A reaction, so that the last message is not the last word. */
async function thank(stage: Stage, channel: string): Promise<void> {
  const good = stage.emulator
    .table('messages')
    .findBy('channel_id', channel)
    .find(({ text }) => text.startsWith('p99 is back'));
  for (const who of ['bob', 'charlie'] as const)
    if (good) await react(stage, personOf(who), { channel, ts: good.ts, name: 'raised_hands' });
}

/** What is there the morning after: everything read but one message, and no private answers of yesterday. */
async function leaveBehind(stage: Stage, realNow: number): Promise<void> {
  const { emulator } = stage;
  for (const row of emulator.table('ephemeral_messages').all()) emulator.table('ephemeral_messages').delete(row.id);
  for (const row of emulator.table('channels').all()) {
    const last = emulator
      .table('messages')
      .findBy('channel_id', row.channel_id)
      .map(({ ts }) => ts)
      .sort()
      .at(-1);
    for (const person of PERSONAS)
      if (last && row.members.includes(person.id)) await read(stage, person, { channel: row.channel_id, ts: last });
  }
  emulator.table('messages').insert(message('C0GENERAL', 'U0CHARLIE', Math.floor(realNow / 1000), MORNING));
}

/** Waits until the app has done what it promised: it has begun within `begins` and changed nothing for a while. */
async function settled(stage: Stage, signal: AbortSignal, begins: number): Promise<void> {
  const QUIET_MS = 300;
  const AT_MOST_MS = 5000;
  const start = performance.now();
  let last: number | undefined;
  const stopListening = stage.emulator.onChange(({ table, after }) => {
    const byApp = table === 'messages' ? after?.user === BOT.userId : table !== 'ephemeral_messages';
    if (byApp) last = performance.now();
  });
  const isOver = () => {
    const now = performance.now();
    return last === undefined ? now - start > begins : now - last > QUIET_MS || now - start > AT_MOST_MS;
  };
  while (!signal.aborted && !isOver()) await delay(20);
  stopListening();
}

/** The channel declaring opened. */
async function incidentChannel(stage: Stage, signal: AbortSignal): Promise<string> {
  const find = () =>
    stage.emulator
      .table('channels')
      .all()
      .find(({ name }) => name.startsWith('inc-'));
  for (let tries = 0; tries < 500 && !find() && !signal.aborted; tries += 1) await delay(20);
  const created = find();
  if (!created) throw new Error('declaring opened no channel whose name starts with "inc-".');
  return created.channel_id;
}

function personOf(who: Who) {
  const person = PERSONAS.find(({ name }) => name === who);
  if (!person) throw new Error(`Nobody is called ${who}.`);
  return person;
}

function message(channel_id: string, user: string, seconds: number, text: string): Omit<MessageRow, 'id'> {
  return {
    ts: `${seconds}.000000`,
    channel_id,
    user,
    text,
    type: 'message',
    reply_count: 0,
    reply_users: [],
    reactions: [],
  };
}
