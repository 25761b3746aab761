import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainstay } from '../support/cli.ts';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

/** Starting a process takes seconds on a machine that is busy. */
const PROCESSES = { timeout: 60_000 };

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

const type: Journey['type'] = (...typed) => journey.type(...typed);

/** Declares an incident and gives its number and its channel, once everything about it is said. */
async function declared(title: string, severity = 'sev2'): Promise<{ id: string; room: string }> {
  const answer = told(await type('alice', `/incident declare ${severity} ${title}`));
  await journey.quiet();
  const id = /INC-\d+/.exec(answer)?.[0] ?? '';
  return { id, room: `${id.toLowerCase()}-${title.toLowerCase().replaceAll(' ', '-')}` };
}

/** What the app said in a channel after its card, line by line. */
function linesIn(room: string): string[] {
  return journey.slack
    .history(room)
    .map(shown)
    .filter((line) => !line.includes('set the channel topic'))
    .slice(1);
}

/** The card, which is the one thing pinned in an incident's channel. */
function cardIn(room: string) {
  const [ts, ...others] = journey.slack.pins(room);
  expect(others).toEqual([]);
  const card = journey.slack.history(room).find((message) => message.ts === ts);
  if (card === undefined) throw new Error(`The card in ${room} is gone.`);
  return { ts: card.ts, words: shown(card) };
}

describe('an incident', () => {
  it('travels from the first command to the closed record, and back', async () => {
    const { slack } = journey;
    const { alice, bob, charlie, bot } = slack.users;
    const { id, room } = await declared('Checkout is down');

    expect(id).toMatch(/^INC-\d+$/);
    expect(slack.channel(room).topic.value).toBe(`SEV2 · ${id} · Assessed · no owner yet · Checkout is down`);
    expect([...slack.members(room)].sort()).toEqual([alice, bob, bot].sort());
    const card = cardIn(room);
    expect(card.words).toContain('*Status*\nAssessed');
    const announced = await journey.message('incidents', id);
    expect(shown(announced)).toContain(`Assessed  ·  no owner yet  ·  <#${slack.channel(room).channel_id}>`);

    journey.later(5);
    expect(told(await type('alice', '/severity SEV1 every card is refused', room))).toContain('SEV2 → ');
    journey.later(1);
    await type('alice', '/owner @bob', room);
    journey.later(1);
    expect(told(await type('alice', '/incident note at 14:05 Deployed 4.2.2', room))).toContain('Noted');
    expect(told(await type('bob', '/incident update Rolling back, ten minutes to go', room))).toContain('posted');
    journey.later(3);
    await type('bob', '/incident mitigate Rolling back to 4.2.1', room);
    await journey.quiet();
    expect(slack.members(room)).toContain(charlie);
    expect(cardIn(room).words).toContain('*Status*\nMitigating');
    expect(slack.channel(room).topic.value).toBe(`SEV1 · ${id} · Mitigating · <@${bob}> · Checkout is down`);

    journey.later(20);
    expect(told(await type('bob', '/incident resolve Rolled back to 4.2.1', room))).toContain(`${id} is resolved.`);
    await journey.quiet();
    expect(linesIn(room)).toEqual([
      `:red_circle: Severity SEV2 :arrow_up: *SEV1* by <@${alice}>: every card is refused`,
      `:bust_in_silhouette: Owner is <@${bob}>, named by <@${alice}>`,
      // Alice is in Paris, where it is an hour later.
      `:memo: Note by <@${alice}>, <!date^1795266300^{date_short_pretty} {time}|2026-11-21 13:05 UTC>: Deployed 4.2.2`,
      `:mega: Update by <@${bob}>: Rolling back, ten minutes to go`,
      `:wrench: Mitigation started by <@${bob}>: Rolling back to 4.2.1`,
      `:white_check_mark: Resolved by <@${bob}>: Rolled back to 4.2.1`,
    ]);
    const summary = shown(await journey.message('managers', `${id} resolved: Checkout is down`));
    expect(summary).toContain('Rolled back to 4.2.1');
    expect(summary).toContain('*Acknowledged*\nafter 6 min');
    expect(summary).toContain('*Mitigation began*\nafter 10 min');
    expect(summary).toContain('*Resolved*\nafter 30 min');
    expect(summary).toContain(':red_circle: SEV1 for 25 min  ·  :large_orange_circle: SEV2 for 5 min');
    expect(summary).toContain(
      'The post-mortem is due <!date^1795444200^{date_short_pretty} {time}|2026-11-23 14:30 UTC>',
    );

    expect(told(await type('bob', '/incident close', room))).toContain(`${id} still owes a post-mortem.`);
    expect(told(await type('bob', '/postmortem publish https://wiki.example.com/checkout', room))).toContain(
      'published',
    );
    expect(told(await type('bob', '/incident close', room))).toBe(`:lock: ${id} is closed.`);
    await journey.quiet();
    expect(cardIn(room).words).toContain('*Status*\nClosed');
    expect(told(await type('bob', '/incident note Too late', room))).toContain(`${id} is closed.`);
    journey.later(60);
    expect(told(await type('charlie', '/incident reopen Cards fail again', room))).toContain('is open again');
    await journey.quiet();
    expect(linesIn(room).slice(6)).toEqual([
      `:page_facing_up: Post-mortem published by <@${bob}>: <https://wiki.example.com/checkout>`,
      `:lock: Closed by <@${bob}>`,
      `:leftwards_arrow_with_hook: Reopened by <@${charlie}>: Cards fail again`,
    ]);

    // Edited in place through all of it: the same two messages, and no other like them.
    expect(cardIn(room)).toMatchObject({ ts: card.ts, words: expect.stringContaining('*Status*\nMitigating') });
    const announcedNow = await journey.message('incidents', id);
    expect(announcedNow.ts).toBe(announced.ts);
    expect(shown(announcedNow)).toContain(`*SEV1 · ${id}*  Checkout is down\nMitigating  ·  <@${bob}>`);
    expect(await journey.kinds(id)).toEqual(
      [
        ...['declared', 'severity_set', 'channel_opened', 'severity_set', 'owner_set', 'noted', 'updated'],
        ...['mitigation_started', 'resolved', 'documented', 'closed', 'reopened'],
      ].map((kind) => `incident.${kind}`),
    );
  });

  it('holds a pinned message and a pinned reply on its timeline until the last pushpin is taken back', async () => {
    const { id, room } = await declared('Search is slow', 'sev3');
    const { driver, slack } = journey;
    const [alice, bob, charlie] = [driver.as('alice'), driver.as('bob'), driver.as('charlie')];
    await slack.callAs('charlie', 'conversations.join', { channel: slack.channel(room).channel_id });
    await slack.callAs('bob', 'conversations.join', { channel: slack.channel(room).channel_id });
    const message = await charlie.say(room, 'The index is rebuilding');
    const reply = await alice.say(room, 'Since the night job, 4h ago', message);
    const timeline = async () => {
      await journey.quiet();
      return told(await type('alice', '/incident timeline', room));
    };
    const times = (text: string, words: string) => text.split(words).length - 1;

    await alice.react(room, message, 'pushpin');
    await bob.react(room, message, 'pushpin');
    await bob.react(room, reply, 'pushpin');
    await bob.react(room, reply, 'eyes');
    const held = await timeline();
    expect(times(held, `<@${slack.users.charlie}>: The index is rebuilding`)).toBe(1);
    expect(times(held, `<@${slack.users.alice}>: Since the night job, 4h ago`)).toBe(1);
    expect(held).toContain(`<!date^${Math.floor(Number(message))}^`);
    expect(held).toMatch(
      new RegExp(`<https://\\S+/archives/${slack.channel(room).channel_id}/p${message.replace('.', '')}\\|view>`),
    );
    const marks = (ts: string) =>
      slack
        .thread(room, message)
        .find((one) => one.ts === ts)
        ?.reactions.find(({ name }) => name === 'memo')?.count ?? 0;
    expect([marks(message), marks(reply)]).toEqual([1, 1]);

    await alice.unreact(room, message, 'pushpin');
    await bob.unreact(room, reply, 'pushpin');
    const less = await timeline();
    expect(less).toContain('The index is rebuilding');
    expect(less).not.toContain('Since the night job');
    expect(told(await type('alice', '/postmortem draft', room))).not.toContain('Since the night job');
    await bob.unreact(room, message, 'pushpin');
    expect(await timeline()).not.toContain('The index is rebuilding');
    expect([marks(message), marks(reply)]).toEqual([0, 0]);
    expect(await journey.kinds(id)).toEqual([
      ...['incident.declared', 'incident.severity_set', 'incident.channel_opened'],
      ...Array(3).fill('incident.message_pinned'),
      ...Array(3).fill('incident.message_unpinned'),
    ]);
  });

  it('takes a pushpin that Slack would not explain at first when Slack delivers it again', async () => {
    const { room } = await declared('Login loops', 'sev3');
    const { driver, slack } = journey;
    const message = await driver.as('alice').say(room, 'Cookies are rejected');
    slack.faults.next('conversations.history', { rateLimited: 2 }, { where: ({ latest }) => latest === message });
    await driver.as('alice').react(room, message, 'pushpin');
    const refused = driver.events.at(-1);
    if (refused === undefined) throw new Error('Nothing was delivered.');
    expect(refused.status).toBe(503);
    expect((await driver.retry(refused)).status).toBe(200);
    expect((await driver.retry(refused, 2)).status).toBe(200);
    expect(told(await type('alice', '/incident timeline', room)).split('Cookies are rejected')).toHaveLength(2);
  });

  it('becomes a draft in which every fact cites its event, in Slack and on the command line', PROCESSES, async () => {
    const { id, room } = await declared('Mail is late', 'sev2');
    await type('alice', '/owner me', room);
    journey.later(7);
    await type('alice', '/incident update Two workers added', room);
    await type('alice', '/incident resolve The queue is empty', room);
    const preview = told(await type('alice', '/postmortem draft', room));
    const settings = { DATABASE_URL: journey.databaseUrl, MAINSTAY_SPEC: journey.specFile };
    const run = async (format: string) => {
      const { code, out, err } = await mainstay(['postmortem', id, '--format', format], settings);
      expect([code, err]).toEqual([0, '']);
      return out;
    };
    const [markdown, html, json] = await Promise.all([run('md'), run('html'), run('json')]);

    const kinds = await journey.kinds(id);
    const draft = JSON.parse(json);
    const kindAt = ({ cite }: { cite: string }) => kinds[Number(cite.replace(`${id}#`, '')) - 1];
    expect(kindAt(draft.declared)).toBe('incident.declared');
    expect(kindAt(draft.acknowledged)).toBe('incident.owner_set');
    expect(kindAt(draft.resolved)).toBe('incident.resolved');
    expect(draft.severityHistory.map(({ from, to }: Period) => [kindAt(from), kindAt(to)])).toEqual([
      ['incident.severity_set', 'incident.resolved'],
    ]);
    expect(draft.timeline.map(kindAt)).toEqual(draft.timeline.map((entry: Entry) => entry.event.kind));
    expect(draft).toMatchObject({ mitigated: null, minutesAtSeverity: [{ severity: 'SEV2', minutes: 7 }] });

    // Whatever says when something was says which event knows it; what nobody recorded is asked for.
    for (const lines of [preview, markdown, html].map((text) => text.split('\n'))) {
      const facts = lines.filter((line) => /\d{4}-\d\d-\d\d/.test(line));
      expect(facts.filter((line) => !line.includes(`${id}#`))).toEqual([]);
      expect(facts.length).toBeGreaterThan(8);
      const gaps = lines.filter((line) => line.includes('TODO'));
      expect(gaps).toContainEqual(expect.stringContaining('When did mitigation begin, and what was it?'));
      expect(gaps).toHaveLength(draft.gaps.length);
    }
    expect(markdown).toContain('**Owner** @Alice Moreau |');
  });
});

interface Period {
  readonly from: { cite: string };
  readonly to: { cite: string };
}

interface Entry {
  readonly event: { kind: string };
}
