import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageRow } from '../../demo/slack/records.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

const HOURS = 60;

/** Declares a SEV1, which owes an update every 15 minutes, of which its owner alone has the first five. */
async function declared(title: string, owner: 'bob' | null): Promise<{ id: string; room: string }> {
  const id = /INC-\d+/.exec(told(await journey.type('alice', `/incident declare sev1 ${title}`)))?.[0] ?? '';
  if (owner !== null) await journey.type('alice', `/owner ${id} @${owner}`);
  await journey.quiet();
  return { id, room: `${id} ${title}`.toLowerCase().replaceAll(' ', '-') };
}

/** Whom reminders about an incident have reached so far: how often its owner Bob, and how often its channel. */
function reminded({ id, room }: { id: string; room: string }): { bob: number; channel: number } {
  const about = (message: MessageRow) => message.text.startsWith(id) && message.text.includes('overdue');
  return {
    bob: journey.directs('bob').filter(about).length,
    channel: journey.slack.history(room).filter(about).length,
  };
}

/** Lets minutes pass one by one, as they do, and looks in each. */
async function pass(minutes: number): Promise<void> {
  for (let count = 0; count < minutes; count += 1) {
    journey.later(1);
    await journey.minute();
  }
}

describe('an overdue update', () => {
  it('is told to the owner, then to the channel, once in each period', async () => {
    const incident = await declared('Checkout is down', 'bob');
    await pass(14);
    expect(reminded(incident)).toEqual({ bob: 0, channel: 0 });
    await pass(1);
    expect(reminded(incident)).toEqual({ bob: 1, channel: 0 });
    expect(shown(journey.directs('bob').at(-1) ?? {})).toContain('SEV1 asks for one every 15 min.');
    await pass(4);
    expect(reminded(incident)).toEqual({ bob: 1, channel: 0 });
    await pass(1);
    expect(reminded(incident)).toEqual({ bob: 1, channel: 1 });
    await pass(9);
    expect(reminded(incident)).toEqual({ bob: 1, channel: 1 });
    await pass(6);
    expect(reminded(incident)).toEqual({ bob: 2, channel: 2 });

    // The reminder has the button that pays.
    const reminder = journey.directs('bob').at(-1);
    if (reminder === undefined) throw new Error('Bob was not reminded.');
    await journey.driver.as('bob').click(reminder, 'incident.update');
    await journey.driver.as('bob').submit(journey.form('bob'), { text: 'Rolling back' });
    await pass(14);
    expect(reminded(incident)).toEqual({ bob: 2, channel: 2 });
    await journey.type('bob', `/incident resolve ${incident.id} Rolled back`);
    await pass(3);
    expect(reminded(incident)).toEqual({ bob: 2, channel: 2 });
  });

  it('that nobody owns is told to the channel at once', async () => {
    const incident = await declared('Search is down', null);
    await pass(16);
    expect(reminded(incident)).toEqual({ bob: 0, channel: 1 });
    const reminder = await journey.message(incident.room, 'somebody owes the update');
    expect(shown(reminder)).toContain('Nobody owns this incident');
    await journey.type('bob', `/incident resolve ${incident.id} Restarted`);
  });

  it('is told once over a restart, and once after an hour in which nothing ran', async () => {
    const incident = await declared('Mail is down', 'bob');
    journey.later(15);
    await journey.minute();
    await journey.restart();
    await journey.minute();
    expect(reminded(incident)).toEqual({ bob: 1, channel: 0 });
    await journey.end();
    journey.later(60);
    await journey.begin();
    await journey.minute();
    expect(reminded(incident)).toEqual({ bob: 1, channel: 1 });
    await journey.restart();
    await pass(2);
    expect(reminded(incident)).toEqual({ bob: 1, channel: 1 });
    await journey.type('bob', `/incident resolve ${incident.id} Restarted`);
  });
});

describe('a post-mortem that is owed', () => {
  const asked = (messages: readonly MessageRow[], id: string) =>
    messages.map(({ text }) => text).filter((text) => text.startsWith(id) && text.includes('the post-mortem is'));
  /** What Bob, the channel and the managers were told about an incident so far. */
  const heard = ({ id, room }: { id: string; room: string }) => ({
    bob: asked(journey.directs('bob'), id).length,
    channel: asked(journey.slack.history(room), id).length,
    managers: asked(journey.slack.history('managers'), id).length,
  });

  it('is asked for at half its time, when it is due, and long after; no more once it is published', async () => {
    const late = await declared('Cards are refused', 'bob');
    const onTime = await declared('Logins fail', 'bob');
    for (const { id } of [late, onTime]) await journey.type('bob', `/incident resolve ${id} Rolled back`);
    journey.later(24 * HOURS - 1);
    await journey.minute();
    expect(heard(late)).toEqual({ bob: 0, channel: 0, managers: 0 });
    await pass(2);
    expect([heard(late), heard(onTime)]).toEqual(Array(2).fill({ bob: 1, channel: 0, managers: 0 }));

    const reminder = journey.directs('bob').find(({ text }) => text.startsWith(onTime.id) && text.includes('owed'));
    if (reminder === undefined) throw new Error('Bob was not reminded.');
    await journey.driver.as('bob').click(reminder, 'postmortem.publish');
    await journey.driver.as('bob').submit(journey.form('bob'), { link: 'https://wiki.example.com/logins' });

    journey.later(24 * HOURS);
    await pass(2);
    expect(heard(late)).toEqual({ bob: 2, channel: 1, managers: 0 });
    journey.later(24 * HOURS);
    await journey.restart();
    await pass(2);
    expect(heard(late)).toEqual({ bob: 3, channel: 1, managers: 1 });
    journey.later(240 * HOURS);
    await pass(1);
    expect(heard(late)).toEqual({ bob: 3, channel: 1, managers: 1 });
    expect(heard(onTime)).toEqual({ bob: 1, channel: 0, managers: 0 });
  });
});
