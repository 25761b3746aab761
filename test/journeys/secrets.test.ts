import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

/** What people type by mistake, or to somebody they trust: none of it is the log's. */
const CANARIES = [
  'xoxb-1234567890-canary',
  'xapp-1-A0CANARY-canary',
  'ghp_canarycanarycanary00',
  'AKIACANARYCANARY00',
  'eyJjYW5hcnk.eyJjYW5hcnk.canary',
  'carol.canary@example.com',
  '+33 6 12 34 56 78',
  '(555) 010-4477',
  'password=canary-hunter2',
  'https://user:canary-secret@db.example.com/',
] as const;
const ALL = CANARIES.join(' , ');
const WORD = 'Persimmon';

/** Everything the app has logged, as it was written. */
const logged = () => journey.app().log.lines.map((line) => JSON.stringify(line));

const leaks = () => logged().filter((line) => [...CANARIES, 'canary', WORD].some((secret) => line.includes(secret)));

async function declared(title: string): Promise<string> {
  const id = /INC-\d+/.exec(told(await journey.type('alice', `/incident declare sev1 ${title}`)))?.[0] ?? '';
  await journey.quiet();
  return id;
}

describe('the log', () => {
  it('holds nothing of what people typed, wherever they typed it', async () => {
    const { driver } = journey;
    const id = await declared(`${WORD} ${ALL}`);
    const room = await journey.room(id);
    for (const typed of [
      `/severity SEV2 ${ALL}`,
      '/owner me',
      `/owner ${ALL}`,
      `/incident note at 14:05 ${ALL}`,
      `/incident note at 99:99 ${ALL}`,
      `/incident update ${ALL}`,
      `/incident mitigate ${ALL}`,
      `/incident ${ALL}`,
      `/incident declare sev9 ${ALL}`,
      `/severity ${ALL}`,
      `/ops retry ${ALL}`,
      `/postmortem publish ${ALL}`,
      `/incident resolve ${ALL}`,
      `/postmortem draft`,
      `/postmortem publish https://wiki.example.com/?token=canary-in-query`,
    ]) {
      await journey.type('bob', typed, room);
    }
    const message = await driver.as('alice').say(room, ALL);
    await driver.as('alice').react(room, message, 'pushpin');
    await driver.as('charlie').shortcut('declare-incident');
    await driver.as('charlie').submit(journey.form('charlie'), { title: ALL.slice(0, 300), description: ALL });
    await journey.minute();
    await journey.quiet();
    expect(await journey.kinds(id)).toContain('incident.message_pinned');
    expect(leaks()).toEqual([]);
    expect(logged().length).toBeGreaterThan(15);
  });
});

describe('a fault of our own', () => {
  /** Has the database refuse every write of an incident with the word in it: with its title as reason and itself as detail. */
  async function breakIt(): Promise<void> {
    await journey.rows(`create function refuse() returns trigger language plpgsql as $$ begin
      raise exception '%', replace(new.state->>'title', '${WORD}', '') using detail = new.state::text; end $$`);
    await journey.rows(`create trigger refuses before insert or update on "Incident" for each row
      when (new.state::text like '%${WORD}%') execute function refuse()`);
  }
  afterEach(async () => {
    await journey.rows('drop trigger if exists refuses on "Incident"');
    await journey.rows('drop function if exists refuse');
  });

  /** Nothing of a stack, of SQL or of our files. */
  const INSIDES = /\bat \S+:\d+|\.ts\b|node_modules|Error:|insert into|Persimmon|canary/i;

  /** Holds what a person was told to account: a reference, which exactly one line of the log has too, with the stack. */
  function isExplained(words: string): void {
    expect(words).toMatch(/^Something failed, reference [0-9a-f]{8}\. It may not have been done:/);
    expect(words).not.toMatch(INSIDES);
    const [, ref] = /reference ([0-9a-f]{8})/.exec(words) ?? [];
    const lines = journey
      .app()
      .log.errors()
      .filter((line) => line['ref'] === ref);
    expect(lines).toMatchObject([{ msg: 'a request of Slack failed', err: { stack: expect.stringContaining('at ') } }]);
  }

  it('is answered with a reference that the log has too, and with nothing of its insides', async () => {
    const { driver, slack } = journey;
    const alice = driver.as('alice');
    journey.app().log.expectErrors(/a request of Slack failed/);
    const id = await declared(`${WORD} ${ALL}`);
    const [card] = slack.history('incidents').slice(-1);
    await journey.type('alice', `/incident show ${id}`);
    const shownCard = slack.ephemerals('alice').at(-1);
    if (card === undefined || shownCard === undefined) throw new Error('Nothing was shown.');
    await breakIt();

    isExplained(told(await journey.type('alice', `/incident declare sev2 ${WORD} ${ALL}`)));
    await alice.shortcut('declare-incident');
    const submitted = await alice.submit(journey.form('alice'), { title: `${WORD} ${ALL}`.slice(0, 300) });
    isExplained(shown(submitted.body as object));
    await alice.close(journey.form('alice'), { all: true });
    await alice.click(shownCard, 'incident.take');
    isExplained(shown(await journey.hears('alice', 'Something failed')));
    await alice.shortcut('add-to-timeline', card);
    await alice.submit(journey.form('alice'), { incident: id.replace('INC-', '') });
    isExplained(shown(journey.form('alice')));
    expect(journey.app().log.errors()).toHaveLength(4);
    expect(leaks()).toEqual([]);
  });
});
