import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { ran, weekBack } from '../../support/rollup-story.ts';
import { type DeliveryHarness, deliveryHarness } from './delivery-harness.ts';

let harness: DeliveryHarness;
beforeAll(async () => {
  harness = await deliveryHarness();
});
afterAll(() => harness.close());

const rollup = (): Delivery => ({
  kind: 'post',
  to: { to: 'channel', channel: 'general' },
  message: { type: 'rollup', rollup: weekBack({ runs: [ran('2026-03-17', 'done')] }) },
});
/** Promises one, waits until that is kept, and gives the promise and the pictures of the messages it led to. */
async function promised() {
  const { slack } = harness;
  const before = slack.history('general').length;
  await harness.promise(rollup());
  const row = (await harness.settled()).at(-1);
  const messages = slack.history('general').slice(before);
  const pictures = messages.map(({ blocks = [] }) => {
    const image = blocks.find(({ type }) => type === 'image') as { slack_file?: { id: string } } | undefined;
    return image?.slack_file?.id ?? null;
  });
  return { row, pictures };
}
const A_FILE = expect.stringMatching(/^F/);

describe('a look back', () => {
  it('is posted once, with a picture that was uploaded and is shared by nothing else', async () => {
    const { row, pictures } = await promised();
    expect([row?.error, pictures]).toEqual([null, [A_FILE]]);
    const file = harness.slack.stage.emulator.table('files').findOneBy('file_id', pictures[0]);
    const png = Buffer.from(file?.content_base64 ?? '', 'base64');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 900]);
  });

  it('waits for Slack to have looked at the file', async () => {
    const uploaded = () => harness.slack.callsTo('files.completeUploadExternal').length;
    const before = uploaded();
    harness.slack.faults.next('chat.postMessage', { error: 'invalid_blocks' }, { times: 2 });
    const { row, pictures } = await promised();
    expect([row?.error, pictures, uploaded() - before]).toEqual([null, [A_FILE], 1]);
  });

  it.each([
    ['its picture cannot be shown', 'chat.postMessage', 'invalid_blocks', 4],
    ['the bot may not upload', 'files.getUploadURLExternal', 'missing_scope', 1],
    ['the workspace is full', 'files.completeUploadExternal', 'storage_limit_reached', 1],
  ])('is posted without its picture where %s, and that is on record', async (_what, method, error, times) => {
    harness.slack.faults.next(method, { error }, { times });
    const { row, pictures } = await promised();
    expect(row).toMatchObject({ status: 'delivered', error: expect.stringContaining('The picture was left out') });
    expect(pictures).toEqual([null]);
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal', 'chat.postMessage'])(
    'is posted once when the answer of %s is lost',
    async (method) => {
      harness.slack.faults.next(method, { reset: true, delivered: true });
      expect((await promised()).pictures).toEqual([A_FILE]);
    },
  );
});
