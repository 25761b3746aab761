/**
 * Slack's limits of lengths and counts, one a row. Sources: the reference of each block, element, view and method on
 * docs.slack.dev and the comments of @slack/types; where sources disagree (data_table) the smaller figure stands.
 * Not confirmed against a real workspace.
 */

/** What a limit counts: characters of a string or of a text object, items of a list, or the number itself. */
type Unit = 'characters' | 'items' | 'value';

/** One limit. `of` names block or element types, a Web API method, or `message`, `attachment`, `modal`, `home`; `field` is a path, `*` each item. */
export interface Limit {
  readonly of: readonly string[];
  readonly field: string;
  readonly unit: Unit;
  readonly min: number;
  readonly max: number;
}

const CHOICES = ['static_select', 'multi_static_select', 'radio_buttons', 'checkboxes', 'overflow'];
const STATIC_SELECTS = ['static_select', 'multi_static_select'];
const SELECTS = [
  ...STATIC_SELECTS,
  ...['external', 'users', 'conversations', 'channels'].flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`]),
];
const TEXT_INPUTS = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker'];
const ELEMENTS = [...SELECTS, ...TEXT_INPUTS, ...PICKERS, ...CHOICES, 'button', 'file_input'];
const BLOCKS = (
  'actions alert card carousel container context context_actions data_table divider file header image input ' +
  'rich_text section table task_card plan video'
).split(' ');
const POSTS = ['message', 'attachment'];
const VIEWS = ['modal', 'home'];

const limit =
  (unit: Unit) =>
  (of: readonly string[], field: string, max: number, min = 0): Limit => ({ of, field, unit, min, max });
const characters = limit('characters');
const items = limit('items');
const value = limit('value');

export const LIMITS: readonly Limit[] = [
  items(POSTS, 'blocks', 50),
  items(['message'], 'attachments', 100),
  characters(['message'], 'text', 4000),

  items(VIEWS, 'blocks', 100),
  characters(['modal'], 'title', 24, 1),
  characters(['modal'], 'submit', 24, 1),
  characters(['modal'], 'close', 24, 1),
  characters(VIEWS, 'callback_id', 255),
  characters(VIEWS, 'external_id', 255),
  characters(VIEWS, 'private_metadata', 3000),

  characters(BLOCKS, 'block_id', 255, 1),
  characters(['plain_text', 'mrkdwn'], 'text', 3000, 1),
  characters(['header'], 'text', 150, 1),
  characters(['section'], 'text', 3000, 1),
  items(['section'], 'fields', 10, 1),
  characters(['section'], 'fields/*', 2000, 1),
  items(['context'], 'elements', 10, 1),
  items(['actions'], 'elements', 25, 1),
  items(['context_actions'], 'elements', 5, 1),
  characters(['image'], 'image_url', 3000, 1),
  characters(['image'], 'alt_text', 2000),
  characters(['image'], 'title', 2000),
  characters(['input'], 'label', 2000, 1),
  characters(['input'], 'hint', 2000, 1),
  characters(['alert'], 'text', 200, 1),
  characters(['card'], 'title', 150),
  characters(['card'], 'subtitle', 150),
  characters(['card'], 'body', 200),
  items(['card'], 'actions', 3),
  items(['carousel'], 'elements', 10, 1),
  characters(['container'], 'title', 150),
  items(['container'], 'child_blocks', 10, 1),
  items(['table'], 'rows', 100, 1),
  items(['table', 'data_table'], 'rows/*', 20, 1),
  items(['table'], 'column_settings', 20),
  items(['data_table'], 'rows', 101, 1),
  value(['data_table'], 'page_size', 100, 1),
  characters(['raw_text'], 'text', 10_000, 1),

  characters(ELEMENTS, 'action_id', 255, 1),
  characters(ELEMENTS, 'placeholder', 150),
  characters(ELEMENTS, 'confirm/title', 100),
  characters(ELEMENTS, 'confirm/text', 300),
  characters(ELEMENTS, 'confirm/confirm', 30),
  characters(ELEMENTS, 'confirm/deny', 30),
  characters(['button'], 'text', 75, 1),
  characters(['button'], 'value', 2000),
  characters(['button'], 'url', 3000),
  characters(['button'], 'accessibility_label', 75),
  items(STATIC_SELECTS, 'options', 100, 1),
  items(STATIC_SELECTS, 'option_groups', 100, 1),
  items(STATIC_SELECTS, 'option_groups/*/options', 100, 1),
  characters(STATIC_SELECTS, 'option_groups/*/label', 75),
  items(['overflow'], 'options', 5, 1),
  items(['radio_buttons', 'checkboxes'], 'options', 10, 1),
  ...['options/*', 'option_groups/*/options/*'].flatMap((option) => [
    characters(CHOICES, `${option}/text`, 75, 1),
    characters(CHOICES, `${option}/value`, 150),
    characters(CHOICES, `${option}/description`, 75),
  ]),
  value(SELECTS, 'max_selected_items', 100, 1),
  value(['plain_text_input'], 'min_length', 3000),
  value(['plain_text_input'], 'max_length', 3000, 1),
  value(['file_input'], 'max_files', 10, 1),

  characters(['conversations.create', 'conversations.rename'], 'name', 80, 1),
  characters(['conversations.setTopic'], 'topic', 250),
  characters(['conversations.setPurpose'], 'purpose', 250),
  items(['conversations.invite'], 'users', 100, 1),
  items(['conversations.open'], 'users', 8, 1),
  characters(['bookmarks.add', 'bookmarks.edit'], 'title', 256, 1),
  characters(['bookmarks.add', 'bookmarks.edit'], 'link', 2048),
];
