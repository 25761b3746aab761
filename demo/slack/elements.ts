/**
 * The interactive elements of Block Kit as the Slack client sees them: which there are in a set of blocks, what each holds at
 * first, and how what a person puts into one is sent. Pure. Source: docs.slack.dev/reference/block-kit/block-elements.
 */

/** One choice of a select, of radio buttons or of checkboxes. */
interface OptionShape {
  readonly text: { readonly type: string; readonly text: string };
  readonly value?: string;
  readonly [field: string]: unknown;
}

/** An interactive element, with the fields the client reads. */
export interface ElementShape {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: unknown;
  readonly value?: string;
  readonly style?: string;
  readonly url?: string;
  readonly placeholder?: unknown;
  readonly options?: readonly OptionShape[];
  readonly option_groups?: readonly { readonly options: readonly OptionShape[] }[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly max_selected_items?: number;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly is_decimal_allowed?: boolean;
  readonly initial_value?: unknown;
  readonly initial_option?: OptionShape;
  readonly initial_options?: readonly OptionShape[];
  readonly initial_user?: string;
  readonly initial_users?: readonly string[];
  readonly initial_channel?: string;
  readonly initial_channels?: readonly string[];
  readonly initial_conversation?: string;
  readonly initial_conversations?: readonly string[];
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_date_time?: number;
  readonly [field: string]: unknown;
}

/** A block, with the fields that may hold elements. */
export interface BlockShape {
  readonly type: string;
  readonly block_id?: string;
  readonly optional?: boolean;
  readonly element?: ElementShape;
  readonly elements?: readonly ElementShape[];
  readonly accessory?: ElementShape;
  readonly [field: string]: unknown;
}

/**
 * What a person put into a field: text, a date, a user id or an option's value as a string; epoch seconds for a date-and-time;
 * several for a multi select or checkboxes; an option object where the app serves the options; null for emptied.
 */
export type Answer = string | number | OptionShape | readonly string[] | readonly OptionShape[] | null;

/** An element of a set of blocks, with the id of the block it stands in and, for an input block, whether it may stay empty. */
export interface PlacedElement {
  readonly blockId: string;
  readonly element: ElementShape;
  readonly required: boolean;
}

type Reading = 'text' | 'number' | 'option' | 'options' | 'ids' | 'rich_text' | 'files';

/** Per element type: the name of its value in `state.values`, the field that fills it at first, and how an answer is read. */
const FIELDS: Readonly<Record<string, { readonly value: string; readonly initial: string; readonly reads: Reading }>> =
  {
    plain_text_input: { value: 'value', initial: 'initial_value', reads: 'text' },
    email_text_input: { value: 'value', initial: 'initial_value', reads: 'text' },
    url_text_input: { value: 'value', initial: 'initial_value', reads: 'text' },
    number_input: { value: 'value', initial: 'initial_value', reads: 'text' },
    rich_text_input: { value: 'rich_text_value', initial: 'initial_value', reads: 'rich_text' },
    datepicker: { value: 'selected_date', initial: 'initial_date', reads: 'text' },
    timepicker: { value: 'selected_time', initial: 'initial_time', reads: 'text' },
    datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time', reads: 'number' },
    static_select: { value: 'selected_option', initial: 'initial_option', reads: 'option' },
    external_select: { value: 'selected_option', initial: 'initial_option', reads: 'option' },
    radio_buttons: { value: 'selected_option', initial: 'initial_option', reads: 'option' },
    overflow: { value: 'selected_option', initial: 'initial_option', reads: 'option' },
    users_select: { value: 'selected_user', initial: 'initial_user', reads: 'text' },
    channels_select: { value: 'selected_channel', initial: 'initial_channel', reads: 'text' },
    conversations_select: { value: 'selected_conversation', initial: 'initial_conversation', reads: 'text' },
    checkboxes: { value: 'selected_options', initial: 'initial_options', reads: 'options' },
    multi_static_select: { value: 'selected_options', initial: 'initial_options', reads: 'options' },
    multi_external_select: { value: 'selected_options', initial: 'initial_options', reads: 'options' },
    multi_users_select: { value: 'selected_users', initial: 'initial_users', reads: 'ids' },
    multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', reads: 'ids' },
    multi_conversations_select: { value: 'selected_conversations', initial: 'initial_conversations', reads: 'ids' },
    file_input: { value: 'files', initial: 'initial_files', reads: 'files' },
  };

/**
 * The blocks with the ids Slack gives to those that have none (its own are random; these are their position, so that the same
 * blocks always get the same ids).
 */
export function withIds(blocks: readonly BlockShape[]): BlockShape[] {
  return blocks.map((block, b) => {
    const block_id = block.block_id ?? `b${b}`;
    const named = (element: ElementShape, e: number): ElementShape =>
      isInteractive(element) ? { ...element, action_id: element.action_id ?? `${block_id}-a${e}` } : element;
    return {
      ...block,
      block_id,
      ...(block.element ? { element: named(block.element, 0) } : {}),
      ...(block.accessory ? { accessory: named(block.accessory, 0) } : {}),
      ...(block.elements ? { elements: block.elements.map(named) } : {}),
    };
  });
}

/** Every element a person can act on, in the order shown. */
export function placedElements(blocks: readonly BlockShape[]): PlacedElement[] {
  return withIds(blocks).flatMap((block) => {
    const elements = [block.element, block.accessory, ...(block.elements ?? [])];
    return elements
      .filter((element) => element !== undefined)
      .filter(isInteractive)
      .map((element) => ({
        blockId: block.block_id ?? '',
        element,
        required: block.type === 'input' && block.optional !== true,
      }));
  });
}

/** The value of one field in the shape of `state.values`. @throws when the field cannot hold the answer. */
export function elementState(element: ElementShape, answer: Answer): Record<string, unknown> {
  const field = FIELDS[element.type];
  if (!field) throw new Error(`A ${element.type} holds no value in Slack's state.`);
  return { type: element.type, [field.value]: read(element, field.reads, answer) };
}

/** What a field's entry in `state.values` holds; undefined for an element without state, such as a button. */
export function heldBy(element: ElementShape, entry: Readonly<Record<string, unknown>> | undefined): unknown {
  const field = FIELDS[element.type];
  return field && entry?.[field.value];
}

/** What the element holds before anybody touches it. */
export function initialAnswer(element: ElementShape): Answer {
  const field = FIELDS[element.type];
  const initial = field && element[field.initial];
  return (initial ?? null) as Answer;
}

function read(element: ElementShape, reads: Reading, answer: Answer): unknown {
  const empty = answer === null || answer === '';
  switch (reads) {
    case 'files':
      if (!empty) throw new Error('A file_input cannot be filled here: the workspace holds no files.');
      return [];
    case 'options':
      return empty ? [] : list(element, answer).map((one) => chosen(element, one));
    case 'ids':
      return empty ? [] : list(element, answer);
    case 'option':
      return empty ? null : chosen(element, answer);
    case 'number':
      if (!empty && typeof answer !== 'number') throw mismatch(element, 'a number of seconds', answer);
      return empty ? null : answer;
    case 'rich_text':
      return empty ? null : typeof answer === 'string' ? richText(answer) : answer;
    case 'text':
      if (!empty && typeof answer !== 'string') throw mismatch(element, 'a string', answer);
      return empty ? null : answer;
  }
}

function chosen(element: ElementShape, answer: Answer): OptionShape {
  const options = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const value = isOption(answer) ? answer.value : answer;
  const found = options.find((option) => option.value === value);
  if (found) return found;
  if (element.type.endsWith('external_select') && isOption(answer)) return answer;
  const known = options.map((option) => option.value).join(', ') || 'none of its own';
  throw new Error(`${element.action_id} has no option "${String(value)}"; its options are ${known}.`);
}

function list(element: ElementShape, answer: Answer): readonly (string | OptionShape)[] {
  if (Array.isArray(answer)) return answer;
  throw mismatch(element, 'a list', answer);
}

function mismatch(element: ElementShape, wanted: string, answer: Answer): Error {
  return new Error(`${element.action_id} is a ${element.type} and takes ${wanted}, not ${JSON.stringify(answer)}.`);
}

/** One entry of `actions`: the element as the person left it. `answer` is what was chosen; a button takes none. */
export function elementAction(o: {
  element: ElementShape;
  blockId: string;
  answer?: Answer;
  actionTs: string;
}): Record<string, unknown> {
  const { element, blockId, answer, actionTs } = o;
  const base = { action_id: element.action_id, block_id: blockId, action_ts: actionTs };
  if (element.type === 'button') {
    const { text, value, style, url } = element;
    return { ...base, type: 'button', text, ...defined({ value, style, url }) };
  }
  const { placeholder, initial_option, initial_options, initial_user, initial_channel, initial_conversation } = element;
  return {
    ...base,
    ...elementState(element, answer ?? null),
    ...defined({
      placeholder,
      initial_option,
      initial_options,
      initial_user,
      initial_channel,
      initial_conversation,
    }),
  };
}

const isOption = (answer: Answer): answer is OptionShape =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer);
const isInteractive = (element: ElementShape): boolean => element.type === 'button' || element.type in FIELDS;
const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** Leaves out what is undefined: Slack omits a field rather than sending null for it. */
export function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
