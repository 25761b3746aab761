import { afterEach, expect, it } from 'vitest';
import type { CommandCall, Registry, Subcommand } from '../../handlers/registry.ts';
import { DatabaseUnavailable } from '../../src/usecases/errors.ts';
import { type EdgeSetup, startEdge, type TestEdge } from '../support/edge.ts';

let edge: TestEdge | undefined;
afterEach(async () => {
  await edge?.close();
  edge = undefined;
});

async function started(setup: EdgeSetup): Promise<TestEdge> {
  edge = await startEdge(setup);
  return edge;
}

/** A registry whose one command `/incident` has one verb, `declare`, that does what the test says. */
function declaring(run: Subcommand['run'], more: Partial<Subcommand> = {}): Partial<Registry> {
  const declare: Subcommand = {
    verb: 'declare',
    usage: '[SEV1-4] [title]',
    help: 'Opens an incident.',
    permission: null,
    run,
    ...more,
  };
  const resolve: Subcommand = { ...declare, verb: 'resolve', usage: '<summary>', help: 'Ends it.' };
  return {
    commands: [
      {
        name: '/incident',
        description: 'Works incidents.',
        usageHint: 'declare',
        shouldEscape: true,
        subcommands: [declare, resolve],
      },
    ],
  };
}

/** A promise the test ends. */
function gate<Value>() {
  let open = (_value: Value) => {};
  const passed = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

it('answers in the acknowledgement, privately, once the work is done', async () => {
  const calls: CommandCall[] = [];
  const { slash } = await started({
    registry: declaring(async (call) => {
      calls.push(call);
      return { text: 'INC-1 declared.' };
    }),
  });
  const answer = await slash('/incident', '  Declare   sev2 Checkout is down ', 'T.77');
  expect(answer).toMatchObject({ status: 200, body: { response_type: 'ephemeral', text: 'INC-1 declared.' } });
  expect(calls).toMatchObject([
    {
      command: '/incident',
      verb: 'declare',
      rest: 'sev2 Checkout is down',
      channel: 'C0GENERAL',
      user: 'U0ALICE',
      caller: { actor: { kind: 'slack', user: 'U0ALICE' }, requestKey: 'command:T.77', groups: [] },
    },
  ]);
});

it('shows the channel an answer that is public', async () => {
  const { slash } = await started({ registry: declaring(async () => ({ text: 'For all.', public: true })) });
  expect((await slash('/incident', 'declare')).body).toMatchObject({ response_type: 'in_channel' });
});

it.each([
  ['declair it', 'Did you mean `/incident declare`?'],
  ['hlep', 'Did you mean `/incident help`?'],
  ['xyzzy', '"xyzzy" is nothing `/incident` does. `/incident help`'],
  ['<!channel>', '"@channel" is nothing `/incident` does.'],
])('answers the unknown verb of `/incident %s` with what is near', async (text, sentence) => {
  const { slash, metrics } = await started({ registry: declaring(async () => null) });
  const answer = await slash('/incident', text);
  expect(answer.body?.['text']).toContain(sentence);
  expect(await metrics.render()).toContain('mainstay_slack_requests_total{kind="command",outcome="refused"} 1');
});

it('answers a command it does not know, which would otherwise be left to time out', async () => {
  const { slash } = await started({ registry: declaring(async () => null) });
  const answer = await slash('/incidents', 'list');
  expect(answer.status).toBe(200);
  expect(answer.body?.['text']).toContain('Did you mean `/incident`?');
});

it.each(['help', '', 'HELP me'])('shows every verb for `/incident %s`', async (text) => {
  const { slash } = await started({ registry: declaring(async () => null) });
  expect((await slash('/incident', text)).body?.['text']).toBe(
    [
      '*/incident* Works incidents.',
      '• `/incident declare [SEV1-4] [title]` Opens an incident.',
      '• `/incident resolve &lt;summary&gt;` Ends it.',
      '• `/incident help` Shows this list.',
    ].join('\n'),
  );
});

it('says that it is still working when the work takes too long, and answers once when it is done', async () => {
  const { passed, open } = gate<{ text: string }>();
  const { slash, responses } = await started({ registry: declaring(() => passed), patience: 20 });
  const early = await slash('/incident', 'declare');
  expect(early.body?.['text']).toBe('Still working on it; the answer follows here.');
  expect(responses).toEqual([]);
  open({ text: 'INC-1 declared.' });
  await expect.poll(() => responses).toMatchObject([{ response_type: 'ephemeral', text: 'INC-1 declared.' }]);
});

it('answers what failed with a reference that the log has, and nothing of the fault', async () => {
  const { slash, log, metrics } = await started({
    registry: declaring(async () => {
      throw new Error('relation "Incident" does not exist');
    }),
  });
  log.expectErrors(/a request of Slack failed/);
  const answer = await slash('/incident', 'declare', 'T.9');
  const text = String(answer.body?.['text']);
  const [, reference] = /^Something failed, reference ([0-9a-f]{8})\./.exec(text) ?? [];
  expect(text).not.toContain('relation');
  expect(log.errors()).toMatchObject([{ ref: reference, req: 'command:T.9', kind: 'command', name: '/incident' }]);
  expect(await metrics.render()).toContain('mainstay_slack_requests_total{kind="command",outcome="failed"} 1');
});

it('says plainly that its database is away, and tells the operators once for the whole outage', async () => {
  const { slash, operatorsTold } = await started({
    registry: declaring(async () => {
      throw new DatabaseUnavailable(new Error('ECONNREFUSED'));
    }),
    databaseAnswers: () => Promise.reject(new Error('ECONNREFUSED')),
  });
  const first = await slash('/incident', 'declare a', 'T.1');
  const second = await slash('/incident', 'declare b', 'T.2');
  for (const { body } of [first, second]) expect(body?.['text']).toContain("Mainstay's own database does not answer");
  expect(operatorsTold).toEqual([expect.stringContaining('cannot reach its own database')]);
});

it('opens a modal with the call’s trigger, and takes a second delivery of the call for what it is', async () => {
  let opened = 0;
  const { slash, calls } = await started({
    registry: declaring(async (call) => {
      await call.openModal({ type: 'modal', title: { type: 'plain_text', text: 'Declare' }, blocks: [] });
      return null;
    }),
    slack: () => (opened++ === 0 ? { ok: true } : { ok: false, error: 'exchanged_trigger_id' }),
  });
  expect(await slash('/incident', 'declare', 'T.5')).toEqual({ status: 200, body: undefined });
  expect(await slash('/incident', 'declare', 'T.5')).toEqual({ status: 200, body: undefined });
  expect(calls()).toMatchObject([
    { method: 'views.open', args: { trigger_id: 'T.5' } },
    { method: 'views.open', args: { trigger_id: 'T.5' } },
  ]);
});

it('says what to do when Slack no longer opens a modal', async () => {
  const { slash } = await started({
    registry: declaring(async (call) => {
      await call.openModal({ type: 'modal', title: { type: 'plain_text', text: 'Declare' }, blocks: [] });
      return null;
    }),
    slack: () => ({ ok: false, error: 'expired_trigger_id' }),
  });
  const answer = await slash('/incident', 'declare');
  expect(answer.body?.['text']).toBe(
    'That took too long for Slack to still open the form. Nothing was done; please try again.',
  );
});

it.each([
  ['everyone may', 'everyone', []],
  ['only named people may', { teams: [], groups: [], users: ['alice'] }, []],
  ['a user group may', { teams: [], groups: ['S0DBA'], users: [] }, ['S0PLATFORM']],
  ['a team with a user group may', { teams: ['platform'], groups: [], users: [] }, ['S0PLATFORM']],
] as const)('asks Slack for the caller’s groups only when it matters: %s', async (_case, rule, groups) => {
  const { incidentSpec } = await import('../support/incident-spec.ts');
  const asked: string[] = [];
  const calls: CommandCall[] = [];
  const spec = { ...incidentSpec, permissions: { ...incidentSpec.permissions, 'incident.close': rule } };
  const { slash } = await started({
    registry: declaring(
      async (call) => {
        calls.push(call);
        return null;
      },
      { permission: 'incident.close' },
    ),
    deps: {
      spec: { current: () => spec as typeof incidentSpec },
      directory: {
        nameOf: async () => null,
        zoneOf: async () => null,
        message: async () => null,
        groupsOf: async (user) => {
          asked.push(user);
          return ['S0PLATFORM'];
        },
      },
    },
  });
  await slash('/incident', 'declare');
  expect(calls[0]?.caller.groups).toEqual(groups);
  expect(asked).toEqual(groups.length === 0 ? [] : ['U0ALICE']);
});

it('answers a click after it was recorded, only for who clicked, and leaves the message as it is', async () => {
  const { click, responses } = await started({
    registry: {
      actions: [
        { id: 'incident.take', permission: null, run: async ({ value }) => ({ text: `INC-${value} is yours.` }) },
      ],
    },
  });
  expect(await click('incident.take', '7')).toEqual({ status: 200, body: undefined });
  expect(responses).toEqual([{ response_type: 'ephemeral', replace_original: false, text: 'INC-7 is yours.' }]);
});

it('shows the answer of a click in App Home, which has no place of its own, as a modal', async () => {
  const { clickAtHome, calls, responses } = await started({
    registry: { actions: [{ id: 'incident.take', permission: null, run: async () => ({ text: 'Not today.' }) }] },
  });
  expect(await clickAtHome('incident.take', '7')).toEqual({ status: 200, body: undefined });
  expect(calls()).toMatchObject([{ method: 'views.open', args: { view: expect.stringContaining('Not today.') } }]);
  expect(responses).toEqual([]);
});

it('answers a click on a button that no longer exists', async () => {
  const { click, responses } = await started({});
  expect((await click('incident.gone', '7')).status).toBe(200);
  expect(responses).toMatchObject([{ text: 'This button belongs to an older message and does nothing any more.' }]);
});

it('acknowledges a slow click in time and answers it when it is done', async () => {
  const { passed, open } = gate<{ text: string }>();
  const { click, responses } = await started({
    registry: { actions: [{ id: 'incident.take', permission: null, run: () => passed }] },
    patience: 20,
  });
  expect((await click('incident.take', '7')).status).toBe(200);
  expect(responses).toEqual([]);
  open({ text: 'Done.' });
  await expect.poll(() => responses).toMatchObject([{ text: 'Done.' }]);
});

it('closes a modal, keeps it with errors, or shows what happened instead', async () => {
  const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Done' }, blocks: [] };
  const { submit, log } = await started({
    registry: {
      submissions: [
        { id: 'closes', permission: null, run: async () => ({ kind: 'close' }) },
        {
          id: 'errs',
          permission: null,
          run: async () => ({ kind: 'errors', errors: { title: 'Say what is wrong.' } }),
        },
        { id: 'shows', permission: null, run: async () => ({ kind: 'show', view }) },
        { id: 'fails', permission: null, run: () => Promise.reject(new Error('no')) },
      ],
    },
  });
  log.expectErrors(/a request of Slack failed/);
  expect((await submit('closes')).body).toBeUndefined();
  expect((await submit('errs')).body).toEqual({ response_action: 'errors', errors: { title: 'Say what is wrong.' } });
  expect((await submit('shows')).body).toEqual({ response_action: 'update', view });
  expect(JSON.stringify((await submit('fails')).body)).toMatch(
    /"response_action":"update".*Something failed, reference/,
  );
  expect(JSON.stringify((await submit('unheard-of')).body)).toContain('older version of Mainstay');
});

it('says in the modal that it is still working, then how it went', async () => {
  const { passed, open } = gate<{ kind: 'close' }>();
  const { submit, calls } = await started({
    registry: { submissions: [{ id: 'slow', permission: null, run: () => passed }] },
    patience: 20,
  });
  expect(JSON.stringify((await submit('slow', 'V0SLOW')).body)).toContain('Still working on it');
  expect(calls()).toEqual([]);
  open({ kind: 'close' });
  await expect.poll(calls).toMatchObject([{ method: 'views.update', args: { view_id: 'V0SLOW' } }]);
});

it('shows the answer of a global shortcut, which has no place of its own, as a modal', async () => {
  const { globalShortcut, calls } = await started({
    registry: {
      shortcuts: [
        {
          id: 'declare-incident',
          type: 'global',
          name: 'Declare incident',
          description: 'Opens the form.',
          permission: null,
          run: async () => ({ text: 'Not today.' }),
        },
      ],
    },
  });
  expect(await globalShortcut('declare-incident')).toEqual({ status: 200, body: undefined });
  expect(calls()).toMatchObject([{ method: 'views.open', args: { view: expect.stringContaining('Not today.') } }]);
});

it('hears events by their type and name, but not what the bot did itself', async () => {
  const heard: unknown[] = [];
  const { event } = await started({
    registry: { events: [{ type: 'reaction_added', run: async (call) => void heard.push(call) }] },
  });
  expect((await event({ type: 'reaction_added', user: 'U0ALICE', reaction: 'pushpin' }, 'Ev7')).status).toBe(200);
  expect((await event({ type: 'reaction_added', user: 'U0MAINSTAY', reaction: 'memo' })).status).toBe(200);
  expect((await event({ type: 'channel_rename' })).status).toBe(200);
  expect(heard).toEqual([
    { requestKey: 'event:Ev7', event: { type: 'reaction_added', user: 'U0ALICE', reaction: 'pushpin' } },
  ]);
});

it('does not acknowledge an event that could not be recorded, and logs it once', async () => {
  const { event, log } = await started({
    registry: { events: [{ type: 'reaction_added', run: () => Promise.reject(new Error('no')) }] },
  });
  log.expectErrors(/a request of Slack failed/);
  expect((await event({ type: 'reaction_added', user: 'U0ALICE' }, 'Ev8')).status).toBe(503);
  expect(log.errors()).toMatchObject([{ req: 'event:Ev8', kind: 'event', name: 'reaction_added' }]);
});

it('refuses a forged and a stale request before anything runs', async () => {
  const ran: string[] = [];
  const { send, signed, typed } = await started({
    registry: declaring(async ({ rest }) => {
      ran.push(rest);
      return null;
    }),
  });
  expect((await send(signed(typed('/incident', 'declare forged'), { secret: 'a guess' }))).status).toBe(401);
  expect((await send(signed(typed('/incident', 'declare stale'), { age: 301 }))).status).toBe(401);
  expect((await send(signed(typed('/incident', 'declare fresh'), { age: 299 }))).status).toBe(200);
  expect(ran).toEqual(['fresh']);
});

it.each([
  ['that is cut off', '{', 400],
  ['of a command without its fields', '{"command":"/incident"}', 200],
  ['of a form without its view', '{"type":"view_submission"}', 503],
])('survives a signed body %s', async (_case, body, status) => {
  const { send, signed, slash, log } = await started({ registry: declaring(async () => ({ text: 'Here.' })) });
  log.expectErrors(/a request of Slack failed/);
  expect((await send(signed({ body, contentType: 'application/json' }))).status).toBe(status);
  expect((await slash('/incident', 'declare')).body?.['text']).toBe('Here.');
});
