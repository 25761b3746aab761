import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../../demo/slack/sign.ts';
import { told } from '../../support/journey.ts';
import type { Driver } from '../../support/slack-driver.ts';
import { ALL_WELL } from './account.ts';
import { faultStage, patiently, type Stage } from './stage.ts';

patiently();

/** So many deliveries of one request at one time; Slack itself lets a response_url be used five times. */
const TIMES = 5;

let stage: Stage;
beforeAll(async () => {
  stage = await faultStage();
  await Promise.all([stage.start(), stage.start()]);
});
afterAll(async () => {
  const account = await stage.settled();
  await stage.stop();
  expect(account).toMatchObject(ALL_WELL);
});

interface Counted {
  readonly incidents: number;
  readonly events: number;
  /** Promised; edits come as they are needed. */
  readonly messages: number;
}

/** How much there is of everything, once Slack has it. */
async function counted(): Promise<Counted> {
  await stage.settled();
  const [row] = await stage.rows<Counted>(
    `select (select count(*)::int from "Incident") as incidents,
            (select count(*)::int from "Event" where subject <> 'ANCHOR') as events,
            (select count(*)::int from "Delivery" where intent->>'kind' in ('post', 'open-channel')
                and intent->'message'->>'type' is distinct from 'anchor') as messages`,
  );
  if (row === undefined) throw new Error('PostgreSQL counted nothing.');
  return row;
}

/** A request as Slack would send it, before anybody took it: it was sent once too late, and refused for that. */
async function unsent(act: (late: Driver) => Promise<{ request: SignedRequest; status: number }>) {
  const { request, status } = await act(stage.driver.stale());
  expect(status).toBe(401);
  return { request };
}

/** Delivers it to both instances at once, again and again; gives the different answers. */
async function delivered(request: { request: SignedRequest }): Promise<unknown[]> {
  const answers = await Promise.all(Array.from({ length: TIMES }, () => stage.driver.retry(request)));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return [...new Set(answers.map(({ body }) => JSON.stringify(body)))];
}

/** An incident with its channel, and the name of that. */
async function incident(title: string): Promise<{ id: string; channel: string }> {
  const answer = await stage.driver.as('alice').slash('/incident', `declare SEV3 ${title}`, { channel: 'ops' });
  const id = /INC-\d+/.exec(told(answer))?.[0] ?? '';
  await stage.settled();
  return { id, channel: `${id.toLowerCase()}-${title.toLowerCase().replaceAll(' ', '-')}` };
}

describe('delivered five times at once to two instances', () => {
  it('a command is done once and answered as the same incident', async () => {
    const before = await counted();
    const request = await unsent((late) => late.as('alice').slash('/incident', 'declare SEV3 Search is slow'));
    const answers = await delivered(request);
    expect(answers).toEqual([expect.stringMatching(/\*INC-\d+\* Search is slow is declared/)]);
    // Declared, severity, channel; the card and the announcement.
    expect(await counted()).toEqual({
      incidents: before.incidents + 1,
      events: before.events + 3,
      messages: before.messages + 2,
    });
  });

  it('a form is one incident', async () => {
    const { incidents } = await counted();
    await stage.driver.as('bob').slash('/incident', 'declare');
    const form = stage.slack.modalOf('bob');
    if (form === undefined) throw new Error('The form did not open.');
    const answers = await delivered(
      await unsent((late) => late.as('bob').submit(form, { title: 'Cards are refused' })),
    );
    expect(answers).toEqual([expect.stringMatching(/\*INC-\d+\* Cards are refused is declared/)]);
    expect((await counted()).incidents).toBe(incidents + 1);
  });

  it('a click makes somebody the owner once', async () => {
    const { channel } = await incident('Payouts are late');
    const [card] = stage.slack.history(channel).filter(({ metadata }) => metadata);
    if (card === undefined) throw new Error('There is no card.');
    const { events } = await counted();
    await delivered(await unsent((late) => late.as('bob').click(card, 'incident.take')));
    expect((await counted()).events).toBe(events + 1);
    const lines = stage.slack.history(channel).filter(({ text }) => text.includes('Owner is <@U0BOB>'));
    expect(lines).toHaveLength(1);
  });

  it('a click on what opens a form opens one form', async () => {
    const { channel } = await incident('Refunds hang');
    const [card] = stage.slack.history(channel).filter(({ metadata }) => metadata);
    if (card === undefined) throw new Error('There is no card.');
    await delivered(await unsent((late) => late.as('charlie').click(card, 'incident.update')));
    const opened = stage.slack.callsTo('views.open').filter(({ args, answer }) => answer?.ok && isUpdateForm(args));
    expect(opened).toHaveLength(1);
  });

  it('a shortcut and a pushpin put a message on the timeline once each', async () => {
    const { channel } = await incident('Mail is delayed');
    const ts = await stage.slack.postAs('bob', channel, 'The relay is full');
    const { events } = await counted();
    const message = { channel_id: stage.slack.channel(channel).channel_id, ts };
    const answers = await delivered(await unsent((late) => late.as('bob').shortcut('add-to-timeline', message)));
    expect(answers).toHaveLength(1);
    const reaction = {
      ...{ type: 'reaction_added', user: stage.slack.users.alice, reaction: 'pushpin' },
      item: { type: 'message', channel: message.channel_id, ts },
    };
    await delivered(await unsent((late) => late.event(reaction)));
    expect((await counted()).events).toBe(events + 2);
    expect(stage.slack.history(channel).at(-1)?.reactions).toMatchObject([{ name: 'memo', count: 1 }]);
  });
});

describe('delivered again', () => {
  it('late, when the incident is over, a request is answered as it was the first time and changes nothing', async () => {
    const declared = await stage.driver.as('alice').slash('/incident', 'declare SEV2 Login fails', { channel: 'ops' });
    const id = /INC-\d+/.exec(told(declared))?.[0] ?? '';
    const severity = await stage.driver.as('bob').slash('/severity', `${id} SEV1 Nobody can log in`);
    await stage.driver.as('bob').slash('/incident', `resolve ${id} Certificate renewed`);
    const before = await counted();
    for (const first of [declared, severity]) {
      const [again, replayed] = [await stage.driver.retry(first, 3), await stage.driver.duplicate(first)];
      expect([again.body, replayed.body]).toEqual([first.body, first.body]);
    }
    expect(await counted()).toEqual(before);
  });

  it('what was refused is decided anew, because it did nothing', async () => {
    const { id } = await incident('Queue is long');
    const early = await stage.driver.as('bob').slash('/incident', `mitigate ${id} More workers`);
    expect(told(early)).toContain('has no owner yet');
    await stage.driver.as('bob').slash('/owner', `${id} me`);
    expect(told(await stage.driver.retry(early))).toContain('is being mitigated');
  });
});

describe('refused at the door', () => {
  it.each<[string, (sent: SignedRequest) => SignedRequest]>([
    ['a body that was changed', ({ body, ...rest }) => ({ ...rest, body: body.replace('Search', 'Checkout') })],
    ['no signature', ({ body, headers: { 'x-slack-signature': _, ...headers } }) => ({ body, headers })],
    ['no timestamp', ({ body, headers: { 'x-slack-request-timestamp': _, ...headers } }) => ({ body, headers })],
    [
      'a signature of another day',
      ({ body, headers }) => ({ body, headers: { ...headers, 'x-slack-request-timestamp': '1790000000' } }),
    ],
  ])('a request with %s does nothing', async (_, forge) => {
    const { request } = await stage.driver.as('alice').slash('/incident', 'declare SEV3 Search is slow again');
    const before = await counted();
    expect(await stage.driver.raw(forge(request))).toMatchObject({ status: 401 });
    expect(await counted()).toEqual(before);
  });

  it('a request of somebody without the secret, and one that is more than five minutes old, does nothing', async () => {
    const before = await counted();
    for (const driver of [stage.driver.forged(), stage.driver.stale()]) {
      expect(await driver.as('alice').slash('/incident', 'declare SEV1 Everything')).toMatchObject({ status: 401 });
      expect(await driver.event({ type: 'app_home_opened', user: 'U0BOB', tab: 'home' })).toMatchObject({
        status: 401,
      });
    }
    expect(await counted()).toEqual(before);
  });
});

function isUpdateForm({ view }: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(view).includes('"incident.update"');
}
