import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoPage, startDemoPage } from '../support/demo-page.ts';
import { type ScriptedApp, startScriptedApp } from '../support/scripted-app.ts';

const alice = 'U0ALICE';
const bob = 'U0BOB';
const ops = 'C0OPS';

let app: ScriptedApp;
let home: string;
let page: DemoPage | undefined;

beforeEach(async () => {
  app = await startScriptedApp();
  home = mkdtempSync(join(tmpdir(), 'mainstay-demo-'));
});
afterEach(async () => {
  await page?.stop();
  page = undefined;
  await app.stop();
  rmSync(home, { recursive: true });
});

async function start(options: { hasDatabase: boolean; onClear?: () => void; print?: (line: string) => void }) {
  await page?.stop();
  page = undefined;
  page = await startDemoPage({ app, home, ...options });
  return page;
}

describe('a restart', () => {
  it('brings everything back under the same ids', async () => {
    const first = await start({ hasDatabase: false });
    await first.act(alice, 'say', { channel: ops, text: 'The disk is full, @bob' });
    const [message] = await first.conversation(alice, ops);
    await first.act(bob, 'react', { channel: ops, ts: message?.ts, name: 'eyes' });
    await first.act(alice, 'pin', { channel: ops, ts: message?.ts });
    await first.act(alice, 'say', { channel: ops, text: 'in a thread', thread: message?.ts });
    app.next({ body: 'only for Alice' });
    await first.act(alice, 'command', { channel: ops, text: '/incident list' });
    await first.call('conversations.create', { name: 'inc-1-disk' });
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Open' }, blocks: [] };
    await first.call('views.open', { trigger_id: app.heard.at(-1)?.['trigger_id'], view });
    const before = await Promise.all([alice, bob].map((as) => first.state(as)));
    const talk = await first.conversation(alice, ops);
    expect(before[1]?.channels.find(({ id }) => id === ops)).toMatchObject({ mentions: 1, pins: [{ by: alice }] });

    const second = await start({ hasDatabase: true });
    expect(await Promise.all([alice, bob].map((as) => second.state(as)))).toEqual(before);
    expect(await second.conversation(alice, ops)).toEqual(talk);
  });

  it('gives the app new secrets and takes the old ones back', async () => {
    const first = await start({ hasDatabase: false });
    const second = await start({ hasDatabase: true });
    expect(second.token).not.toBe(first.token);
    const old = await fetch(`${second.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${first.token}` },
    });
    expect(await old.json()).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await second.call('auth.test', {})).toMatchObject({ ok: true });
  });
});

describe('two memories that do not belong together', () => {
  it.each([
    ['the workspace is there and the database is not', true, false],
    ['the database is there and the workspace is not', false, true],
  ])('are both started afresh when %s', async (_, hasWorkspace, hasDatabase) => {
    if (hasWorkspace) {
      const first = await start({ hasDatabase: false });
      await first.act(alice, 'say', { channel: ops, text: 'of the first life' });
    }
    let cleared = 0;
    const printed: string[] = [];
    const again = await start({
      hasDatabase,
      onClear: () => {
        cleared += 1;
      },
      print: (line) => printed.push(line),
    });
    expect(cleared).toBe(1);
    expect(await again.conversation(alice, ops)).toEqual([]);
    expect(printed).toEqual([expect.stringContaining('started both afresh')]);
    expect((await again.state(alice)).notice).toBe(printed[0]);
  });

  it('are not thrown away because one cannot be read', async () => {
    writeFileSync(join(home, 'slack.json'), '{"format":99}');
    await expect(start({ hasDatabase: true })).rejects.toThrow(/slack\.json is of another version of the demo/);
  });
});

describe('a second demo on the same folder', () => {
  it('is refused with the address of the first, and throws nothing away', async () => {
    // As while the first plays its history: the workspace is not written yet.
    const first = await start({ hasDatabase: true, onClear: () => {} });
    rmSync(join(home, 'slack.json'));
    let cleared = 0;
    const again = startDemoPage({
      app,
      home,
      hasDatabase: true,
      onClear: () => {
        cleared += 1;
      },
    });
    await expect(again).rejects.toThrow(`A demo is already running on ${home}: open ${first.url}.`);
    expect(cleared).toBe(0);
    expect(await first.conversation(alice, ops)).toEqual([]);
  });

  it('starts when the first has ended, and also when it was killed', async () => {
    await start({ hasDatabase: false });
    await start({ hasDatabase: true });
    await page?.stop();
    page = undefined;
    const killed = `const { claimFolder } = await import(${JSON.stringify(new URL('../../demo/claim.ts', import.meta.url).href)});
      await claimFolder(${JSON.stringify(home)}, 'http://127.0.0.1:1');
      process.kill(process.pid, 'SIGKILL');`;
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', killed]).signal).toBe('SIGKILL');
    expect((await start({ hasDatabase: true })).url).toMatch(/^http/);
  });
});

describe('a port that is taken', () => {
  it('is named in a sentence, and nothing stays open', async () => {
    const first = await start({ hasDatabase: false });
    const { runDemo } = await import('../../demo/run.ts');
    await expect(
      runDemo({
        home: join(home, 'other'),
        port: Number(new URL(first.url).port),
        hostname: '127.0.0.1',
        history: false,
        print: () => {},
        database: { exists: async () => false, clear: async () => {} },
        startApp: () => Promise.reject(new Error('the app was started')),
      }),
    ).rejects.toThrow(/^Port \d+ is taken by another program/);
  });
});
