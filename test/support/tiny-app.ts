import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Manifest } from '../../demo/slack/manifest.ts';
import type { TestSlack } from './emulate.ts';

/** What the tiny app is to Slack. */
export const TINY_MANIFEST: Manifest = {
  name: 'Mainstay',
  description: 'A few lines of it',
  appHome: { home: true, messages: true, readOnly: false },
  commands: [{ command: '/incident', description: 'Declare', usage: 'declare', escapes: true }],
  shortcuts: [
    { name: 'Declare', type: 'global', callbackId: 'declare', description: 'Declare' },
    { name: 'Note', type: 'message', callbackId: 'note', description: 'Note' },
  ],
  scopes:
    'commands chat:write channels:read channels:history channels:manage groups:read users:read usergroups:read reactions:read'.split(
      ' ',
    ),
  events: ['reaction_added', 'message.channels', 'app_home_opened'],
};
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const MODAL = {
  type: 'modal' as const,
  callback_id: 'declare',
  title: plain('Declare'),
  submit: plain('Declare'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'title',
      label: plain('Title'),
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 80 },
    },
  ],
};
const CARD = [
  {
    type: 'actions' as const,
    elements: [{ type: 'button' as const, text: plain('Mitigate'), action_id: 'mitigate', value: 'INC-1' }],
  },
];

/** An app of a few lines, to try the tests' Slack with. `heard` is what reached its listeners. */
export async function startTinyApp(slack: TestSlack): Promise<{ url: string; heard: string[]; stop(): void }> {
  const heard: string[] = [];
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 500 };
  const app = new App({
    token: slack.token,
    receiver,
    clientOptions,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
  });
  app.command('/incident', async ({ command, ack, client }) => {
    if (command.text === '') await client.views.open({ trigger_id: command.trigger_id, view: MODAL });
    await ack(command.text === '' ? undefined : `Heard: ${command.text === 'flood' ? 'x'.repeat(4000) : command.text}`);
  });
  app.view('declare', async ({ view, ack, client }) => {
    const title = view.state.values['title']?.['text']?.value ?? '';
    if (title.startsWith('?')) return ack({ response_action: 'errors', errors: { title: 'Say what is wrong.' } });
    if (title.startsWith('!')) return ack({ response_action: 'errors', errors: { nowhere: 'Nobody sees this.' } });
    await ack();
    await client.chat.postMessage({ channel: 'C0INCIDENTS', text: title, blocks: CARD });
  });
  app.view({ type: 'view_closed', callback_id: 'declare' }, async ({ ack, body }) => {
    heard.push(`closed by ${body.user.id}`);
    await ack();
  });
  app.action('mitigate', async ({ action, ack, respond }) => {
    await ack();
    await respond({ text: `Mitigating ${'value' in action ? action.value : ''}`, replace_original: false });
  });
  app.shortcut('note', async ({ shortcut, ack }) => {
    heard.push(`noted ${'message' in shortcut ? shortcut.message.text : ''}`);
    await ack();
  });
  app.event(
    'reaction_added',
    async ({ event, body }) => void heard.push(`${event.reaction} of ${event.user} for ${body.api_app_id}`),
  );
  app.event(
    'message',
    async ({ event }) => void heard.push(`${event.channel_type}: ${'text' in event ? event.text : ''}`),
  );
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } });
  });
  await app.init();
  const server = createServer(receiver.requestListener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
