import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, shown, startJourney, told } from '../support/journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

/** Declares by command; gives the number and the channel as the log has it. */
async function declared(title: string, severity = 'sev2'): Promise<{ id: string; room: string }> {
  const id = /INC-\d+/.exec(told(await journey.type('alice', `/incident declare ${severity} ${title}`)))?.[0] ?? '';
  await journey.quiet();
  return { id, room: await journey.room(id) };
}

/** Every text in there that Slack reads as markup. */
function markupIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markupIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'plain_text') return [];
  const own = 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(markupIn)];
}

/** What may stand between angle brackets: people, channels, times, addresses in sight, and Mainstay's own links. */
const OURS =
  /<(?:@[UW]\w+|#C\w+|!date\^\d+\^[^|>]+\|[^>]+|https?:\/\/[^|>\s]+(?:\|(?:view|Runbook|Dashboard|message))?)>/g;

/** Whether something of what people typed is still markup. */
const isMarkup = (text: string) => /[<>]|&(?!amp;|lt;|gt;)/.test(text.replaceAll(OURS, ''));

const AWKWARD = [
  ['a broadcast', 'Down <!channel> <!here|here> <!subteam^S0DBA|dba> & rising'],
  ['a disguised address', 'See <https://evil.example/login|the runbook> now'],
  ['markup', '*bold* _it_ ~no~ `code` ```block``` > quote'],
  ['half an entity and half a mention', 'a &lt b &amp;lt; c <@U0BOB <#C1 <https://x.y'],
  ['emoji of several parts', '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(40)],
  ['writing from right to left', 'الدفع متوقف \u202Eevil\u202C תקלה'],
  ['300 letters', 'x'.repeat(300)],
  ['more than anything holds', 'Ampersands & more &&&&&& '.repeat(160)],
  ['what no text may hold', 'nul \u0000 bell \u0007 and a half \ud83d'],
] as const;

describe('what people type', () => {
  it.each(AWKWARD)('%s goes through an incident’s life and comes out as words', async (_what, words) => {
    const before = journey.slack.calls.length;
    const { id, room } = await declared(words, 'sev1');
    const said: string[] = [];
    expect(id).toMatch(/^INC-\d+$/);
    const here = async (typed: string) => {
      const answer = await journey.type('bob', typed, room);
      expect(answer.status).toBe(200);
      expect(told(answer)).not.toContain('Something failed');
      said.push(...markupIn(answer.body));
    };
    await here(`/severity SEV2 ${words}`);
    await here('/owner me');
    await here(`/incident note ${words}`);
    await here(`/incident update ${words}`);
    await here(`/incident mitigate ${words}`);
    await here('/incident show');
    await here(`/incident resolve ${words}`);
    await here('/incident timeline');
    await here('/postmortem draft');
    await here(`/postmortem waive ${words}`);
    await here('/incident list all');
    await journey.type('bob', `/incident note ${words}`);
    await journey.driver.as('bob').openApp();
    await journey.quiet();
    said.push(
      ...journey.slack.calls.slice(before).flatMap(({ args }) => [...markupIn(args), String(args['topic'] ?? '')]),
    );
    expect(said.filter(isMarkup)).toEqual([]);
  });
});

describe('the channel of an incident', () => {
  /** The number the next incident will have. */
  async function next(): Promise<number> {
    const [row] = await journey.rows<{ last: number }>('select coalesce(max(number), 0) as last from "Incident"');
    return (row?.last ?? 0) + 1;
  }

  it.each([
    ['Zahlung: ÜBERFÄLLIG! (50 %)', 'zahlung-uberfallig-50'],
    ['@bob cannot log in', 'bob-cannot-log-in'],
    ['الدفع متوقف', ''],
    ['🔥🔥🔥', ''],
    ['word '.repeat(40), 'word-'.repeat(40)],
  ])('of "%s" has a name Slack takes', async (title, slug) => {
    const { id, room } = await declared(title);
    expect(room).toBe(`${id.toLowerCase()}-${slug}`.slice(0, 80).replace(/-$/, ''));
  });

  it('has another name than that of an earlier incident with the same title', async () => {
    const first = await declared('Checkout is down');
    const second = await declared('Checkout is down');
    expect([first.room, second.room]).toEqual([first, second].map(({ id }) => `${id.toLowerCase()}-checkout-is-down`));
  });

  it('takes the next name when its own is taken, by an archived channel too', async () => {
    const name = `inc-${await next()}-payments-fail`;
    const { slack } = journey;
    await slack.callAs('charlie', 'conversations.create', { name });
    await slack.callAs('charlie', 'conversations.create', { name: `${name}-2` });
    await slack.callAs('charlie', 'conversations.archive', { channel: slack.channel(`${name}-2`).channel_id });
    const { room } = await declared('Payments fail');
    expect(room).toBe(`${name}-3`);
    expect(slack.pins(room)).toHaveLength(1);
    expect(slack.history(name).filter(({ user }) => user === slack.users.bot)).toEqual([]);
  });

  it('may be archived: the operators hear once what could not be said there, and nothing else waits', async () => {
    const { slack } = journey;
    const { id, room } = await declared('Mail is late');
    const other = await declared('Search is slow');
    await slack.callAs('alice', 'conversations.archive', { channel: slack.channel(room).channel_id });
    const said = slack.history(room).length;
    for (const typed of [`/owner ${id} me`, `/incident update ${id} Still late`, `/incident resolve ${id} On time`]) {
      expect(told(await journey.type('alice', typed))).toContain(id);
    }
    await journey.type('alice', `/incident update ${other.id} Index rebuilt`);
    await journey.quiet();
    expect(slack.history(room)).toHaveLength(said);
    await journey.message(other.room, ': Index rebuilt');
    await journey.message('managers', `${id} resolved: Mail is late`);
    expect(shown(await journey.message('incidents', `${id}*`))).toContain('Resolved');
    // One word about what is posted there and one about what is edited there, for three changes.
    const warnings = slack
      .history('ops')
      .map(shown)
      .filter((line) => line.includes(`the channel of ${id}`));
    expect(warnings.map((line) => line.split('\n')[0]).sort()).toEqual([
      `:warning: Could not deliver *a line about ${id}* to the channel of ${id}: The channel is archived.`,
      `:warning: Could not deliver *the newest state of ${id}* to the channel of ${id}: The channel is archived.`,
    ]);
    expect(told(await journey.type('alice', '/ops queue'))).toContain(`a line about ${id} → the channel of ${id}`);
  });
});
