import { describe, expect, test } from 'vitest';
import { checkArguments, checkMessage, checkView } from '../support/slack-limits.ts';
import type { Limit } from '../support/slack-limits-table.ts';
import { LIMITS } from '../support/slack-limits-table.ts';

type JsonObject = Record<string, unknown>;

const long = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const plain = { type: 'plain_text', text: 'words' };
const mrkdwn = { type: 'mrkdwn', text: 'words' };
const divider = { type: 'divider', block_id: 'b' };
const option = { text: plain, value: 'v', description: plain };
const confirm = { title: plain, text: plain, confirm: plain, deny: plain };
const button = { type: 'button', text: plain, action_id: 'a', value: 'v', url: 'u', accessibility_label: 'l', confirm };
const icon = { type: 'icon_button', icon: 'trash', text: plain, action_id: 'a' };
const card = { type: 'card', title: mrkdwn, subtitle: mrkdwn, body: mrkdwn, actions: [button] };
const field = { type: 'plain_text_input', action_id: 'a', min_length: 1, max_length: 2 };
const input = { type: 'input', label: plain, hint: plain, element: field };
const rows = [[{ type: 'raw_text', text: 'x' }]];
const modal = {
  ...{ type: 'modal', title: plain, submit: plain, close: plain, blocks: [divider] },
  ...{ callback_id: 'c', external_id: 'e', private_metadata: 'm' },
};
const message = (...blocks: JsonObject[]) => ({ text: 'what it shows', blocks });
const accessory = (element: JsonObject) => message({ type: 'section', text: plain, accessory: element });
const choice = (type: string, fields: JsonObject) => accessory({ type, action_id: 'a', placeholder: plain, ...fields });
const form = (block: JsonObject) => ({ ...modal, blocks: [block] });

/** One good payload per kind; every field that has a limit is there, so that a case only says how large it becomes. */
const GOOD: Readonly<Record<string, JsonObject>> = {
  message: { ...message(divider), attachments: [{ blocks: [divider] }] },
  modal,
  home: { type: 'home', blocks: [divider] },
  divider: message(divider),
  mrkdwn: message({ type: 'context', elements: [mrkdwn] }),
  header: message({ type: 'header', text: plain }),
  section: message({ type: 'section', text: mrkdwn, fields: [mrkdwn] }),
  context: message({ type: 'context', elements: [mrkdwn] }),
  actions: message({ type: 'actions', elements: [button] }),
  context_actions: message({ type: 'context_actions', elements: [icon] }),
  image: message({ type: 'image', image_url: 'https://x.example', alt_text: 'x', title: plain }),
  input: form(input),
  alert: message({ type: 'alert', text: plain }),
  card: message(card),
  carousel: message({ type: 'carousel', elements: [card] }),
  container: message({ type: 'container', title: plain, child_blocks: [{ type: 'divider' }] }),
  table: message({ type: 'table', rows, column_settings: [{}] }),
  data_table: message({ type: 'data_table', caption: 'x', rows, page_size: 5 }),
  raw_text: message({ type: 'table', rows }),
  button: accessory(button),
  static_select: choice('static_select', { options: [option] }),
  grouped: choice('static_select', { option_groups: [{ label: plain, options: [option] }] }),
  overflow: accessory({ type: 'overflow', action_id: 'a', options: [option] }),
  radio_buttons: accessory({ type: 'radio_buttons', action_id: 'a', options: [option] }),
  multi_users_select: choice('multi_users_select', { max_selected_items: 1 }),
  plain_text_input: form(input),
  file_input: form({ ...input, element: { type: 'file_input', action_id: 'a', max_files: 1 } }),
  'conversations.create': { name: 'inc-1' },
  'conversations.setTopic': { topic: 't' },
  'conversations.setPurpose': { purpose: 'p' },
  'conversations.invite': { users: ['U1'] },
  'conversations.open': { users: ['U1'] },
  'bookmarks.add': { title: 't', link: 'https://x.example' },
};

/** The kind, where in its good payload, the largest size Slack accepts and, where there is one, the smallest. */
const CASES: readonly [kind: string, pointer: string, max: number, min?: number][] = [
  ['message', '/blocks', 50],
  ['message', '/attachments/0/blocks', 50],
  ['message', '/attachments', 100],
  ['message', '/text', 4000],
  ['modal', '/blocks', 100],
  ['home', '/blocks', 100],
  ['modal', '/title', 24, 1],
  ['modal', '/submit', 24, 1],
  ['modal', '/close', 24, 1],
  ['modal', '/callback_id', 255],
  ['modal', '/external_id', 255],
  ['modal', '/private_metadata', 3000],
  ['divider', '/blocks/0/block_id', 255, 1],
  ['mrkdwn', '/blocks/0/elements/0/text', 3000, 1],
  ['header', '/blocks/0/text', 150, 1],
  ['section', '/blocks/0/text', 3000, 1],
  ['section', '/blocks/0/fields', 10, 1],
  ['section', '/blocks/0/fields/0', 2000, 1],
  ['context', '/blocks/0/elements', 10, 1],
  ['actions', '/blocks/0/elements', 25, 1],
  ['context_actions', '/blocks/0/elements', 5, 1],
  ['image', '/blocks/0/image_url', 3000, 1],
  ['image', '/blocks/0/alt_text', 2000],
  ['image', '/blocks/0/title', 2000],
  ['input', '/blocks/0/label', 2000, 1],
  ['input', '/blocks/0/hint', 2000, 1],
  ['alert', '/blocks/0/text', 200, 1],
  ['card', '/blocks/0/title', 150],
  ['card', '/blocks/0/subtitle', 150],
  ['card', '/blocks/0/body', 200],
  ['card', '/blocks/0/actions', 3],
  ['carousel', '/blocks/0/elements', 10, 1],
  ['container', '/blocks/0/title', 150],
  ['container', '/blocks/0/child_blocks', 10, 1],
  ['table', '/blocks/0/rows', 100, 1],
  ['table', '/blocks/0/rows/0', 20, 1],
  ['table', '/blocks/0/column_settings', 20],
  ['data_table', '/blocks/0/rows', 101, 1],
  ['data_table', '/blocks/0/page_size', 100, 1],
  ['raw_text', '/blocks/0/rows/0/0/text', 10_000, 1],
  ['button', '/blocks/0/accessory/action_id', 255, 1],
  ['button', '/blocks/0/accessory/text', 75, 1],
  ['button', '/blocks/0/accessory/value', 2000],
  ['button', '/blocks/0/accessory/url', 3000],
  ['button', '/blocks/0/accessory/accessibility_label', 75],
  ['button', '/blocks/0/accessory/confirm/title', 100],
  ['button', '/blocks/0/accessory/confirm/text', 300],
  ['button', '/blocks/0/accessory/confirm/confirm', 30],
  ['button', '/blocks/0/accessory/confirm/deny', 30],
  ['static_select', '/blocks/0/accessory/placeholder', 150],
  ['static_select', '/blocks/0/accessory/options', 100, 1],
  ['static_select', '/blocks/0/accessory/options/0/text', 75, 1],
  ['static_select', '/blocks/0/accessory/options/0/value', 150],
  ['static_select', '/blocks/0/accessory/options/0/description', 75],
  ['grouped', '/blocks/0/accessory/option_groups', 100, 1],
  ['grouped', '/blocks/0/accessory/option_groups/0/label', 75],
  ['grouped', '/blocks/0/accessory/option_groups/0/options', 100, 1],
  ['grouped', '/blocks/0/accessory/option_groups/0/options/0/text', 75, 1],
  ['grouped', '/blocks/0/accessory/option_groups/0/options/0/value', 150],
  ['grouped', '/blocks/0/accessory/option_groups/0/options/0/description', 75],
  ['overflow', '/blocks/0/accessory/options', 5, 1],
  ['radio_buttons', '/blocks/0/accessory/options', 10, 1],
  ['multi_users_select', '/blocks/0/accessory/max_selected_items', 100, 1],
  ['plain_text_input', '/blocks/0/element/min_length', 3000],
  ['plain_text_input', '/blocks/0/element/max_length', 3000, 1],
  ['file_input', '/blocks/0/element/max_files', 10, 1],
  ['conversations.create', '/name', 80, 1],
  ['conversations.setTopic', '/topic', 250],
  ['conversations.setPurpose', '/purpose', 250],
  ['conversations.invite', '/users', 100, 1],
  ['conversations.open', '/users', 8, 1],
  ['bookmarks.add', '/title', 256, 1],
  ['bookmarks.add', '/link', 2048],
];

/** The payload with what is at the pointer made so large: a text longer, a list longer by copies of its first item, a number. */
function sized(value: unknown, [head, ...rest]: readonly string[], size: number): unknown {
  if (head !== undefined && Array.isArray(value))
    return value.with(Number(head), sized(value[Number(head)], rest, size));
  if (head !== undefined) return { ...(value as JsonObject), [head]: sized((value as JsonObject)[head], rest, size) };
  if (typeof value === 'number') return size;
  if (typeof value === 'string') return value.startsWith('http') ? `https://${long(size)}`.slice(0, size) : long(size);
  if (Array.isArray(value)) return many(size, (i) => copy(value[0], i));
  return { ...(value as JsonObject), text: long(size) };
}

/** An item again, with ids of its own. */
function copy(item: unknown, i: number): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const own = (name: string) => (name in item ? { [name]: `${name}-${i}` } : {});
  return { ...item, ...own('block_id'), ...own('action_id') };
}

function faultsOf(kind: string, payload: JsonObject): string[] {
  if (kind.includes('.')) return checkArguments(kind, payload);
  return payload['type'] === 'modal' || payload['type'] === 'home' ? checkView(payload) : checkMessage(payload);
}

describe('every limit of the table', () => {
  test.each(CASES)('%s %s: at most %i', (kind, pointer, max, min) => {
    const at = (size: number) => faultsOf(kind, sized(GOOD[kind], pointer.slice(1).split('/'), size) as JsonObject);
    const told = (words: string, size: number) => expect.stringMatching(`^${pointer}: ${words}\\b.*, found ${size}$`);

    expect(at(max)).toEqual([]);
    expect(at(max + 1)).toContainEqual(told(`at most ${max}`, max + 1));
    if (min === undefined) return;
    expect(at(min)).toEqual([]);
    expect(at(min - 1)).toContainEqual(told(`at least ${min}`, min - 1));
  });

  test('stands among the cases above', () => {
    const isProven = ({ of, field: path, max, min }: Limit) =>
      CASES.some(([kind, pointer, most, least]) => {
        const isKind = of.includes(kind === 'grouped' ? 'static_select' : kind);
        return (
          isKind &&
          new RegExp(`/${path.replaceAll('*', '\\d+')}$`).test(pointer) &&
          most === max &&
          least === (min || undefined)
        );
      });

    expect(LIMITS.filter((limit) => !isProven(limit))).toEqual([]);
  });
});

describe('a message', () => {
  test('in good order has no faults', () => {
    expect(checkMessage(message({ type: 'section', text: mrkdwn }, { type: 'divider' }))).toEqual([]);
    expect(checkMessage({ text: 'words alone' })).toEqual([]);
    expect(checkMessage({ delete_original: true })).toEqual([]);
  });

  test.each<[string, JsonObject, string]>([
    ['blocks without words beside them', { blocks: [{ type: 'divider' }] }, '/text: must say in words'],
    ['nothing to show', { channel: 'C1' }, '/: a message needs text or blocks'],
    ['two blocks of one id', message(divider, divider), '/blocks: each block_id once, found "b" twice'],
    [
      'two buttons of one action in a block',
      message({ type: 'actions', elements: [button, button] }),
      '/blocks/0: each action_id once in a block, found "a" twice',
    ],
    ['an empty section', message({ type: 'section' }), '/blocks/0: a section needs text or fields'],
    [
      'a first choice that is no option',
      choice('static_select', { options: [option], initial_option: { ...option, value: 'other' } }),
      '/blocks/0/accessory: the first choice must equal one of the options',
    ],
    [
      'markdown past the sum of all blocks',
      message(...many(2, () => ({ type: 'markdown', text: long(7000) }))),
      '/blocks: at most 12000 characters in all markdown blocks, found 14000',
    ],
    [
      'tables past the sum of all cells',
      message({ type: 'table', rows: many(2, () => [{ type: 'raw_text', text: long(6000) }]) }),
      '/blocks: at most 10000 characters in all tables, found 12000',
    ],
    [
      'metadata without its payload',
      { text: 'x', metadata: { event_type: 'card' } },
      '/metadata: must be { event_type: text, event_payload: object }',
    ],
    [
      'a fault inside an attachment',
      { text: 'x', attachments: [{ blocks: [{ type: 'sektion' }] }] },
      '/attachments/0/blocks/0/type: must be one of',
    ],
  ])('with %s is faulty', (_, payload, fault) => {
    expect(checkMessage(payload)).toEqual([expect.stringContaining(fault)]);
  });
});

describe('a view', () => {
  test.each<[string, JsonObject, string]>([
    [
      'an input and no submit button',
      { type: 'modal', title: plain, blocks: [input] },
      '/submit: a modal with an input block needs a submit button',
    ],
    [
      'two elements in focus',
      { ...modal, blocks: many(2, () => ({ ...input, element: { ...field, focus_on_load: true } })) },
      '/blocks: at most 1 element with focus_on_load',
    ],
    [
      'a first text past its own limit',
      form({ ...input, element: { ...field, max_length: 3, initial_value: 'four' } }),
      '/blocks/0/element/initial_value: at most 3 characters by its own max_length, found 4',
    ],
    ['no title', { type: 'modal', blocks: [] }, '/: lacks "title"'],
    ['a title in mrkdwn', { ...modal, title: mrkdwn }, '/title/type: must be "plain_text", found "mrkdwn"'],
    [
      'more than 250,000 bytes',
      { ...modal, blocks: many(90, () => ({ type: 'section', text: { ...mrkdwn, text: long(2900) } })) },
      '/: at most 250000 bytes in a view',
    ],
  ])('with %s is faulty', (_, view, fault) => {
    expect(checkView(view)).toEqual([expect.stringContaining(fault)]);
  });
});

test.each<[string, string, JsonObject, string]>([
  [
    "a channel's name in capitals",
    'conversations.create',
    { name: 'INC-1' },
    '/name: a channel\'s name is of a-z, 0-9, "-" and "_"',
  ],
  [
    'a bookmark that is no web address',
    'bookmarks.add',
    { title: 'x', link: 'javascript:alert(1)' },
    "/link: a bookmark's link starts with http:// or https://",
  ],
])('%s is faulty', (_, method, args, fault) => {
  expect(checkArguments(method, args)).toEqual([expect.stringContaining(fault)]);
});

test.each([
  ['a usage that was not escaped', '`/incident resolve <summary>`', 1],
  ['a script', 'it said <script>alert(1)</script>', 2],
  [
    'mentions and links',
    '<@U0BOB> <#C0OPS|ops> <!date^1^{time}|now> <https://example.com|docs> <mailto:a@example.com>',
    0,
  ],
  ['what is escaped', '1 &lt; 2', 0],
])('finds angle brackets that Slack would take for markup: %s', (_, words, faults) => {
  expect(checkMessage({ text: words })).toHaveLength(faults);
  const section = { type: 'section', text: { type: 'mrkdwn', text: words } };
  expect(checkMessage({ text: 'said', blocks: [section] })).toHaveLength(faults);
  expect(checkView({ ...modal, blocks: [section] })).toHaveLength(faults);
});
