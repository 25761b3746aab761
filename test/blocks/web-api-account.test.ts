import { expect, test } from 'vitest';
import { checkCall } from '../support/web-api-account.ts';

const GRANTED = ['chat:write', 'channels:manage', 'pins:write', 'bookmarks:write'];

test('a call with known arguments and a granted scope has no faults', () => {
  expect(checkCall('chat.postMessage', { channel: 'C1', text: 'x', thread_ts: undefined }, GRANTED)).toEqual([]);
  expect(checkCall('auth.test', {}, [])).toEqual([]);
  expect(checkCall('conversations.setTopic', { channel: 'C1', topic: 'x' }, GRANTED)).toEqual([]);
});

test.each<[string, string, object, string]>([
  ['a misspelt method', 'chat.postMesage', {}, 'no such method'],
  [
    'an unknown argument',
    'chat.postMessage',
    { channel: 'C1', client_msg_id: '1' },
    '"client_msg_id" is not an argument',
  ],
  ['a missing argument', 'chat.update', { channel: 'C1', text: 'x' }, 'lacks the required argument "ts"'],
  [
    'a missing argument the reference calls optional',
    'pins.add',
    { channel: 'C1' },
    'lacks the required argument "timestamp"',
  ],
  ['a view to update that is not named', 'views.update', { view: {} }, '"view_id" or "external_id"'],
  [
    'a missing scope',
    'reactions.add',
    { channel: 'C1', name: 'eyes', timestamp: '1.1' },
    'needs one of the scopes reactions:write',
  ],
  [
    'a name of its own without the scope',
    'chat.postMessage',
    { channel: 'C1', text: 'x', username: 'x' },
    'chat:write.customize',
  ],
])('%s is a fault', (_, method, args, fault) => {
  expect(checkCall(method, { ...args }, GRANTED)).toEqual([expect.stringContaining(fault)]);
});
