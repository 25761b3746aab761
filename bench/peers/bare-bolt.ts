import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { serve } from './serve.ts';

// T1's yardstick: Bolt's own HTTP receiver with ONE command that does nothing but acknowledge.
const receiver = new HTTPReceiver({ signingSecret: process.argv[2] ?? '', logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
  logLevel: LogLevel.ERROR,
});
app.command('/incident', async ({ ack }) => {
  await ack({ text: 'ok' });
});
serve(receiver.requestListener);
