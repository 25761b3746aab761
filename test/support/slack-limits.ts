/**
 * Holds what the app sends to Slack against Slack's limits and shapes. A fault is `pointer: limit, what was found`, and no fault
 * is an empty list: `expect(checkMessage(card)).toEqual([])`. Lengths are counted in UTF-16 units, the strictest reading.
 */
import type { Limit } from './slack-limits-table.ts';
import { LIMITS } from './slack-limits-table.ts';
import { schemaFaults } from './slack-schema.ts';

type JsonObject = Record<string, unknown>;

const MARKDOWN_PER_PAYLOAD = 12_000;
const TABLE_CHARACTERS_PER_MESSAGE = 10_000;
const VIEW_BYTES = 250_000;

/** The faults of a message: arguments of chat.*, an answer to a command, or what is sent to a response_url. */
export function checkMessage(payload: JsonObject): string[] {
  const { blocks, attachments, text, metadata } = payload;
  const faults = [...limitFaults('message', payload), ...blocksFaults(blocks, '/blocks'), ...metadataFaults(metadata)];
  for (const [i, attachment] of list(attachments).entries()) {
    const at = `/attachments/${i}`;
    faults.push(...limitFaults('attachment', attachment, at), ...blocksFaults(attachment['blocks'], `${at}/blocks`));
  }
  const all = [...list(blocks), ...list(attachments).flatMap((attachment) => list(attachment['blocks']))];
  faults.push(...cumulativeFaults(all));
  const isDeletion = payload['delete_original'] === true;
  faults.push(...markupFaults('/text', text), ...mrkdwnFaults(all));
  const shows = list(blocks).length > 0 || list(attachments).length > 0 || Boolean(payload['markdown_text']);
  if (typeof text !== 'string' || text.trim() === '') {
    if (shows && !payload['markdown_text'])
      faults.push(
        '/text: must say in words what the blocks show (notifications and screen readers read it), found nothing',
      );
    if (!shows && !isDeletion) faults.push('/: a message needs text or blocks, found neither');
  }
  return faults;
}

/** Slack reads an angle bracket as the start of its own markup: one that begins no markup was meant as words, and not escaped. */
const NO_MARKUP = /<(?!@[UW]|#C|!|https?:\/\/|mailto:)[^<]{0,20}/g;

function markupFaults(at: string, text: unknown): string[] {
  const found = typeof text === 'string' ? (text.match(NO_MARKUP) ?? []) : [];
  return found.map((words) => `${at}: "<" that is no markup of Slack must be escaped, found ${words}`);
}

function mrkdwnFaults(blocks: readonly JsonObject[]): string[] {
  const texts = objects(blocks, '/blocks').filter(([, object]) => object['type'] === 'mrkdwn');
  return texts.flatMap(([at, { text }]) => markupFaults(`${at}/text`, text));
}

/** The faults of a modal or an App Home, as given to views.open, update, push and publish or to an acknowledgement. */
export function checkView(view: JsonObject): string[] {
  const kind = view['type'] === 'home' ? 'home' : 'modal';
  const blocks = list(view['blocks']);
  const faults = [
    ...schemaFaults(kind, view),
    ...limitFaults(kind, view),
    ...structureFaults(blocks, '/blocks'),
    ...cumulativeFaults(blocks),
    ...mrkdwnFaults(blocks),
  ];
  const bytes = Buffer.byteLength(JSON.stringify(view));
  if (bytes > VIEW_BYTES) faults.push(`/: at most ${VIEW_BYTES} bytes in a view, found ${bytes}`);
  const hasInput = blocks.some((block) => block['type'] === 'input');
  if (kind === 'modal' && hasInput && !view['submit'])
    faults.push('/submit: a modal with an input block needs a submit button, found none');
  const focused = objects(blocks).filter(([, object]) => object['focus_on_load'] === true);
  if (focused.length > 1)
    faults.push(`/blocks: at most 1 element with focus_on_load in a view, found ${focused.length}`);
  return faults;
}

/** The faults of a Web API method's own arguments: names, topics, links, numbers of people. Messages and views are checked apart. */
export function checkArguments(method: string, args: JsonObject): string[] {
  const named = typeof args['users'] === 'string' ? { ...args, users: args['users'].split(',') } : args;
  const faults = LIMITS.filter((limit) => limit.of.includes(method)).flatMap((limit) =>
    measure(limit, named, '', method),
  );
  const { name, link } = args;
  if ((method === 'conversations.create' || method === 'conversations.rename') && !/^[a-z0-9_-]*$/.test(String(name)))
    faults.push(`/name: a channel's name is of a-z, 0-9, "-" and "_", found ${JSON.stringify(name)}`);
  if (method.startsWith('bookmarks.') && link !== undefined && !/^https?:\/\//.test(String(link)))
    faults.push(`/link: a bookmark's link starts with http:// or https://, found ${JSON.stringify(link)}`);
  return faults;
}

function blocksFaults(blocks: unknown, at: string): string[] {
  if (blocks === undefined) return [];
  return [...schemaFaults('blocks', blocks, at), ...structureFaults(list(blocks), at)];
}

/** The rows of the table for one thing (`message`, `modal` ...) and for every block and element inside it. */
function limitFaults(kind: string, payload: JsonObject, at = ''): string[] {
  const own = LIMITS.filter((limit) => limit.of.includes(kind)).flatMap((limit) => measure(limit, payload, at, kind));
  const inside = objects(payload['blocks'], `${at}/blocks`).flatMap(([pointer, object]) => {
    const type = String(object['type']);
    return LIMITS.filter((limit) => limit.of.includes(type)).flatMap((limit) => measure(limit, object, pointer, type));
  });
  return [...own, ...inside];
}

function measure({ field, unit, min, max }: Limit, object: JsonObject, at: string, kind: string): string[] {
  return resolve(object, field.split('/'), at).flatMap(([pointer, found]) => {
    const size = sizeOf(found, unit);
    if (size === undefined || (size >= min && size <= max)) return [];
    const words = unit === 'value' ? '' : ` ${unit}`;
    const limit = size < min ? `at least ${min}${words}` : `at most ${max}${words}`;
    return [`${pointer}: ${limit} in ${field.replaceAll('/*', '')} of ${kind}, found ${size}`];
  });
}

function sizeOf(found: unknown, unit: Limit['unit']): number | undefined {
  if (unit === 'items') return Array.isArray(found) ? found.length : undefined;
  if (unit === 'value') return typeof found === 'number' ? found : undefined;
  const text = isObject(found) ? found['text'] : found;
  return typeof text === 'string' ? text.length : undefined;
}

function resolve(value: unknown, [head, ...rest]: readonly string[], at: string): [string, unknown][] {
  if (head === undefined) return [[at, value]];
  if (head === '*') return Array.isArray(value) ? value.flatMap((item, i) => resolve(item, rest, `${at}/${i}`)) : [];
  return isObject(value) && head in value ? resolve(value[head], rest, `${at}/${head}`) : [];
}

/** Rules between fields: ids that must be unique, a section that shows something, a first choice that is among the choices. */
function structureFaults(blocks: readonly JsonObject[], at: string): string[] {
  const faults = twice(blocks.map((block) => block['block_id'])).map(
    (id) => `${at}: each block_id once, found "${id}" twice`,
  );
  for (const [i, block] of blocks.entries()) {
    const pointer = `${at}/${i}`;
    const [nest, nested] = nestedBlocks(block);
    const inside = objects(nest ? { ...block, [nest]: [] } : block, pointer).slice(1);
    for (const id of twice(inside.map(([, element]) => element['action_id'])))
      faults.push(`${pointer}: each action_id once in a block, found "${id}" twice`);
    if (block['type'] === 'section' && !block['text'] && !block['fields'])
      faults.push(`${pointer}: a section needs text or fields, found neither`);
    faults.push(...inside.flatMap(([where, element]) => initialFaults(element, where)));
    faults.push(...structureFaults(nested, `${pointer}/${nest}`));
  }
  return faults;
}

/** The field of a block that holds further blocks, each a block of its own, and those blocks. */
function nestedBlocks(block: JsonObject): [string | undefined, JsonObject[]] {
  const nest = { carousel: 'elements', container: 'child_blocks' }[String(block['type'])];
  return nest ? [nest, list(block[nest])] : [undefined, []];
}

function initialFaults(element: JsonObject, at: string): string[] {
  const options = [
    ...list(element['options']),
    ...list(element['option_groups']).flatMap((group) => list(group['options'])),
  ];
  const known = options.map((option) => JSON.stringify(option));
  const initial = [
    ...list(element['initial_options']),
    ...(isObject(element['initial_option']) ? [element['initial_option']] : []),
  ];
  const faults = known.length === 0 ? [] : initial.filter((option) => !known.includes(JSON.stringify(option)));
  const { initial_value, max_length } = element;
  if (typeof initial_value === 'string' && typeof max_length === 'number' && initial_value.length > max_length)
    return [
      `${at}/initial_value: at most ${max_length} characters by its own max_length, found ${initial_value.length}`,
    ];
  return faults.map(
    (option) => `${at}: the first choice must equal one of the options, found ${JSON.stringify(option)}`,
  );
}

function cumulativeFaults(blocks: readonly JsonObject[]): string[] {
  const markdown = sum(
    blocks.filter((block) => block['type'] === 'markdown').map((block) => String(block['text']).length),
  );
  const tables = blocks.filter((block) => block['type'] === 'table' || block['type'] === 'data_table');
  const cells = sum(objects(tables).map(([, cell]) => (typeof cell['text'] === 'string' ? cell['text'].length : 0)));
  return [
    ...(markdown > MARKDOWN_PER_PAYLOAD
      ? [`/blocks: at most ${MARKDOWN_PER_PAYLOAD} characters in all markdown blocks, found ${markdown}`]
      : []),
    ...(cells > TABLE_CHARACTERS_PER_MESSAGE
      ? [`/blocks: at most ${TABLE_CHARACTERS_PER_MESSAGE} characters in all tables, found ${cells}`]
      : []),
  ];
}

function metadataFaults(metadata: unknown): string[] {
  if (metadata === undefined) return [];
  const { event_type, event_payload } = isObject(metadata) ? metadata : {};
  const isWhole = typeof event_type === 'string' && event_type !== '' && isObject(event_payload);
  return isWhole
    ? []
    : [`/metadata: must be { event_type: text, event_payload: object }, found ${JSON.stringify(metadata)}`];
}

/** Every object of a tree with its pointer, the outermost first. */
function objects(value: unknown, at = ''): [string, JsonObject][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => objects(item, `${at}/${i}`));
  if (!isObject(value)) return [];
  return [[at, value], ...Object.entries(value).flatMap(([key, inner]) => objects(inner, `${at}/${key}`))];
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const twice = (ids: readonly unknown[]): unknown[] => [
  ...new Set(ids.filter((id, i) => id !== undefined && ids.indexOf(id) !== i)),
];
