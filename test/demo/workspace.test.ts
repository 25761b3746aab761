import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageView } from '../../demo/show/wire.ts';
import { type DemoPage, startDemoPage } from '../support/demo-page.ts';
import { type ScriptedApp, startScriptedApp } from '../support/scripted-app.ts';

const alice = 'U0ALICE';
const bob = 'U0BOB';
const ops = 'C0OPS';

let app: ScriptedApp;
let home: string;
let page: DemoPage;

beforeEach(async () => {
  app = await startScriptedApp();
  home = mkdtempSync(join(tmpdir(), 'mainstay-demo-'));
  page = await startDemoPage({ app, home });
});
afterEach(async () => {
  await page.stop();
  await app.stop();
  rmSync(home, { recursive: true });
});

const texts = (messages: readonly MessageView[]) => messages.map(({ text }) => text);
const run = (text: string) => page.act(alice, 'command', { channel: ops, text });
const modal = (title: string, more: object = {}) => ({
  type: 'modal',
  title: { type: 'plain_text', text: title },
  submit: { type: 'plain_text', text: 'Go' },
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: { type: 'plain_text', text: 'What' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
  ...more,
});
async function openModal(view: object = modal('Declare')): Promise<string> {
  await run('/incident');
  await page.call('views.open', { trigger_id: app.heard.at(-1)?.['trigger_id'], view });
  return (await page.state(alice)).modals.at(-1)?.id ?? '';
}
const answered = (view: string, value: string) =>
  page.act(alice, 'submit', { view, answers: [{ blockId: 'what', actionId: 'text', value }] });

describe('a slash command', () => {
  it('is sent with its text as Slack encodes it, and the answer is private', async () => {
    app.next({ body: { text: 'Only for you' } });
    await run('/owner INC-1 @bob & co');
    expect(app.heard.at(-1)).toMatchObject({
      command: '/owner',
      text: 'INC-1 <@U0BOB|bob> &amp; co',
      user_id: alice,
      channel_id: ops,
      channel_name: 'ops',
    });
    expect(await page.conversation(alice, ops)).toMatchObject([{ text: 'Only for you', isPrivate: true }]);
    expect(await page.conversation(bob, ops)).toEqual([]);
  });

  it('is answered to everybody when the app says so', async () => {
    app.next({ body: { response_type: 'in_channel', text: 'For all' } });
    await run('/incident list');
    expect(await page.conversation(bob, ops)).toMatchObject([{ text: 'For all', isPrivate: false }]);
  });

  it('fails in Slack’s words when the app does', async () => {
    app.next({ status: 500 });
    await run('/incident');
    expect(texts(await page.conversation(alice, ops))).toEqual(['/incident failed with the error "dispatch_failed"']);
  });

  it('that does not exist never reaches the app', async () => {
    await run('/nonsense');
    expect(app.heard).toEqual([]);
    expect(texts(await page.conversation(alice, ops))).toEqual([expect.stringContaining('is not a valid command')]);
  });
});

describe('a response_url', () => {
  const respond = (body: object) =>
    fetch(String(app.heard.at(-1)?.['response_url']), { method: 'POST', body: JSON.stringify(body) });

  it('answers five times and no more', async () => {
    await run('/incident');
    for (let time = 1; time <= 5; time += 1) expect((await respond({ text: `${time}` })).status).toBe(200);
    expect((await respond({ text: '6' })).status).toBe(404);
    expect(texts(await page.conversation(alice, ops))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('replaces and deletes the private message a button stood on', async () => {
    const button = { type: 'button', action_id: 'hide', text: { type: 'plain_text', text: 'Hide' } };
    app.next({ body: { text: 'Before', blocks: [{ type: 'actions', block_id: 'b', elements: [button] }] } });
    await run('/incident');
    const [message] = await page.conversation(alice, ops);
    const click = { at: { channel: ops, ts: message?.ts }, blockId: 'b', actionId: 'hide', value: null, answers: [] };
    expect(await page.act(alice, 'act', click)).toEqual({});
    expect(app.heard.at(-1)).toMatchObject({ type: 'block_actions', container: { is_ephemeral: true } });
    await respond({ replace_original: true, text: 'After' });
    expect(texts(await page.conversation(alice, ops))).toEqual(['After']);
    await respond({ delete_original: true });
    expect(await page.conversation(alice, ops)).toEqual([]);
  });
});

describe('a modal', () => {
  it('is shown to the person who asked for it', async () => {
    await openModal();
    expect((await page.state(alice)).modals).toMatchObject([{ title: 'Declare', submit: 'Go', isRoot: true }]);
    expect((await page.state(bob)).modals).toEqual([]);
    expect((await page.state(bob)).waiting[alice]).toMatchObject({ hasModal: true });
  });

  it('is not sent while a required field is empty', async () => {
    const view = await openModal();
    const heard = app.heard.length;
    expect(await answered(view, '')).toEqual({ errors: { what: 'Please complete this required field.' } });
    expect(app.heard.length).toBe(heard);
  });

  it('keeps the errors of the app beside their fields', async () => {
    const view = await openModal();
    app.next({ body: { response_action: 'errors', errors: { what: 'Not that.' } } });
    expect(await answered(view, 'x')).toEqual({ errors: { what: 'Not that.' } });
    expect((await page.state(alice)).modals).toHaveLength(1);
  });

  it('is updated, stacked and cleared as the app answers', async () => {
    const view = await openModal();
    app.next({ body: { response_action: 'update', view: modal('Again') } });
    await answered(view, 'x');
    expect((await page.state(alice)).modals).toMatchObject([{ id: view, title: 'Again' }]);
    app.next({ body: { response_action: 'push', view: modal('On top') } });
    await answered(view, 'x');
    const [, top] = (await page.state(alice)).modals;
    expect(top).toMatchObject({ title: 'On top', isRoot: false });
    app.next({ body: { response_action: 'clear' } });
    await answered(top?.id ?? '', 'x');
    expect((await page.state(alice)).modals).toEqual([]);
  });

  it('stays open, with Slack’s apology, when the app fails', async () => {
    const view = await openModal();
    app.next({ status: 500 });
    expect(await answered(view, 'x')).toEqual({ error: 'We had some trouble connecting. Try again?' });
    expect((await page.state(alice)).modals).toHaveLength(1);
  });

  it('tells the app that it was closed only if asked to', async () => {
    const quiet = await openModal();
    const heard = app.heard.length;
    await page.act(alice, 'close', { view: quiet, all: true });
    expect(app.heard.length).toBe(heard);
    const told = await openModal(modal('Declare', { notify_on_close: true }));
    await page.act(alice, 'close', { view: told, all: true });
    expect(app.heard.at(-1)).toMatchObject({ type: 'view_closed', view: { id: told } });
  });
});

describe('events', () => {
  const reactions = () =>
    app.heard.filter(({ event }) => (event as { type?: string } | undefined)?.type === 'reaction_added');

  it('reach the app as Slack sends them, with the fields of its installation', async () => {
    await page.act(alice, 'say', { channel: ops, text: 'The disk is full' });
    const { ts } = (await page.conversation(alice, ops)).at(-1) ?? {};
    await page.act(bob, 'react', { channel: ops, ts, name: 'pushpin' });
    await vi.waitFor(() => expect(reactions()).toHaveLength(1));
    expect(reactions()[0]).toMatchObject({
      type: 'event_callback',
      api_app_id: 'A0MAINSTAY',
      event: { reaction: 'pushpin', user: bob, item: { channel: ops, ts }, event_ts: expect.any(String) },
    });
  });

  it('are kept from the app where it is not a member', async () => {
    const { channel } = await page.act(alice, 'direct', { user: bob });
    for (const place of [String(channel), ops]) {
      await page.act(alice, 'say', { channel: place, text: 'The disk is full' });
      const { ts } = (await page.conversation(bob, place)).at(-1) ?? {};
      await page.act(bob, 'react', { channel: place, ts, name: 'pushpin' });
    }
    await vi.waitFor(() => expect(reactions().at(-1)).toMatchObject({ event: { item: { channel: ops } } }));
    expect(reactions()).toHaveLength(1);
  });
});

describe('the page', () => {
  it('shows a private channel to its members only', async () => {
    const names = async (as: string) => (await page.state(as)).channels.map(({ name }) => name);
    expect(await names(bob)).toContain('managers');
    expect(await names(alice)).not.toContain('managers');
    expect(await page.act(alice, 'say', { channel: 'C0MANAGERS', text: 'hi' })).toHaveProperty('error');
    expect(await page.conversation(alice, 'C0MANAGERS')).toBeUndefined();
  });

  it('counts what is unread and what mentions one, until it is read', async () => {
    const opsOf = async (as: string) => (await page.state(as)).channels.find(({ id }) => id === ops);
    await page.act(alice, 'say', { channel: ops, text: 'one' });
    await page.act(alice, 'say', { channel: ops, text: 'two, @bob' });
    expect(await opsOf(bob)).toMatchObject({ unread: 2, mentions: 1 });
    expect(await opsOf(alice)).toMatchObject({ unread: 0, mentions: 0 });
    const last = (await page.conversation(bob, ops)).at(-1);
    await page.act(bob, 'read', { channel: ops, ts: last?.ts });
    expect(await opsOf(bob)).toMatchObject({ unread: 0, mentions: 0 });
  });

  it('refuses what another page asks of it', async () => {
    const say = (headers: Record<string, string>) =>
      fetch(`${page.url}/api/do/say?as=${alice}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ channel: ops, text: 'not mine' }),
      });
    expect((await say({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await say({})).status).toBe(403);
    expect(
      (await fetch(`${page.url}/api/stream?as=${alice}`, { headers: { origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect(await page.conversation(alice, ops)).toEqual([]);
  });

  it('refuses verbs and shapes it does not know, in words', async () => {
    expect(await page.act(alice, 'drop-tables', {})).toEqual({ error: 'The page knows no verb "drop-tables".' });
    // What every object has is no verb either.
    expect(await page.act(alice, 'constructor', {})).toEqual({ error: 'The page knows no verb "constructor".' });
    expect(await page.act(alice, 'say', { channel: ops })).toHaveProperty('error');
    expect(await page.act('U0MALLORY', 'say', { channel: ops, text: 'hi' })).toHaveProperty('error');
  });
});

describe('Slack’s Web API', () => {
  it('refuses unknown tokens and names unknown methods', async () => {
    const bare = await fetch(`${page.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-guess' },
    });
    expect(await bare.json()).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await page.call('chat.shout', {})).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  it('gives nothing to a page in a browser', async () => {
    const asked = await fetch(`${page.apiUrl}users.list`, {
      headers: { origin: 'https://evil.example', authorization: `Bearer ${page.token}` },
    });
    expect(asked.status).toBe(403);
  });
});

describe('a picture', () => {
  it('that the app has put into Slack is there for the page, and nothing else is', async () => {
    const { upload_url, file_id } = await page.call('files.getUploadURLExternal', { filename: 'chart.png', length: 3 });
    await fetch(String(upload_url), { method: 'POST', body: new Uint8Array([1, 2, 3]) });
    await page.call('files.completeUploadExternal', { files: [{ id: file_id, title: 'Chart' }] });
    const shown = await fetch(`${page.url}/pictures/${file_id}`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect([...new Uint8Array(await shown.arrayBuffer())]).toEqual([1, 2, 3]);
    expect((await fetch(`${page.url}/pictures/F0NONE`)).status).toBe(404);
  });
});
