import { PrismaPg } from '@prisma/adapter-pg';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { serve } from './serve.ts';

// T9's yardstick: Bolt and Prisma loaded, one query answered, listening.
const [, , signingSecret, url] = process.argv;
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url ?? '' }) });
const receiver = new HTTPReceiver({ signingSecret: signingSecret ?? '', logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
  logLevel: LogLevel.ERROR,
});
app.command('/incident', async ({ ack }) => {
  await ack({ text: 'ok' });
});
await prisma.$queryRaw`SELECT 1`;
process.on('SIGTERM', () => process.exit(0));
serve(receiver.requestListener);
