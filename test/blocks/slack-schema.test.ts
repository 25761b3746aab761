import { expect, test } from 'vitest';
import { schemaFaults } from '../support/slack-schema.ts';

const plain = { type: 'plain_text', text: 'words' };
const mrkdwn = { type: 'mrkdwn', text: 'words' };

test('blocks as Slack types them have no faults', () => {
  const button = { type: 'button', text: plain, action_id: 'mitigate', style: 'danger' };
  const blocks = [
    { type: 'header', text: plain },
    { type: 'section', text: mrkdwn, accessory: button },
    { type: 'context', elements: [mrkdwn, { type: 'image', image_url: 'https://x.example', alt_text: 'x' }] },
  ];

  expect(schemaFaults('blocks', blocks)).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ['an unknown block', { type: 'sektion' }, /^\/blocks\/0\/type: must be one of actions, .*, found "sektion"$/],
  ['a block without a type', { text: plain }, /^\/blocks\/0: lacks "type"$/],
  [
    'mrkdwn in a header',
    { type: 'header', text: mrkdwn },
    /^\/blocks\/0\/text\/type: must be "plain_text", found "mrkdwn"$/,
  ],
  ['a missing field', { type: 'header' }, /^\/blocks\/0: lacks "text"$/],
  ['a field too many', { type: 'divider', text: plain }, /^\/blocks\/0: "text" is not a field here; the fields are /],
  [
    'a bogus style',
    { type: 'actions', elements: [{ type: 'button', text: plain, style: 'red' }] },
    /style: must be one of/,
  ],
  [
    'an input element among actions',
    { type: 'actions', elements: [{ type: 'plain_text_input' }] },
    /elements\/0\/type: must be/,
  ],
])('%s is told by one sentence about the branch its type names', (_, block, fault) => {
  expect(schemaFaults('blocks', [block], '/blocks')).toEqual([expect.stringMatching(fault)]);
});

test('an unknown block in a view is told, though the types admit it', () => {
  const view = { type: 'modal', title: plain, blocks: [{ type: 'sektion' }] };

  expect(schemaFaults('modal', view)).toEqual([expect.stringContaining('found "sektion"')]);
});
