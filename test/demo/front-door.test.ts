import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FrontDoor } from '../../demo/slack/front-door.ts';
import { frontDoor } from '../../demo/slack/front-door.ts';
import { type ScriptedApp, startScriptedApp } from '../support/scripted-app.ts';

const now = () => Date.parse('2026-11-21T14:00:00Z');
let app: ScriptedApp;
let door: FrontDoor;

beforeEach(async () => {
  app = await startScriptedApp();
  door = frontDoor({ url: () => app.url, signingSecret: 'a secret of the test', now });
});
afterEach(async () => {
  door.close();
  await app.stop();
});

describe('what Slack makes of an acknowledgement', () => {
  it('reads JSON, text and nothing', async () => {
    app.next({ body: { text: 'hi' } });
    app.next({ body: 'hi' });
    expect(await door.command({ command: '/incident' })).toEqual({ ok: true, body: { text: 'hi' } });
    expect(await door.command({ command: '/incident' })).toEqual({ ok: true, body: 'hi' });
    expect(await door.interaction({ type: 'shortcut' })).toEqual({ ok: true, body: undefined });
  });

  it('is a time-out when there is none in time', async () => {
    const hasty = frontDoor({ url: () => app.url, signingSecret: 's', now, ackWithinMs: 100 });
    app.next('never');
    expect(await hasty.command({ command: '/incident' })).toMatchObject({ ok: false, error: 'operation_timeout' });
  });

  it.each([404, 500])('is a failed dispatch when the app answers %i', async (status) => {
    app.next({ status });
    expect(await door.command({ command: '/incident' })).toMatchObject({ ok: false, error: 'dispatch_failed' });
  });

  it('is a failed dispatch when nobody listens', async () => {
    const lost = frontDoor({ url: () => 'http://127.0.0.1:9', signingSecret: 's', now });
    expect(await lost.command({ command: '/incident' })).toMatchObject({ ok: false, error: 'dispatch_failed' });
  });
});
