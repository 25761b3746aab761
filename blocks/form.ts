import type { Checkboxes, InputBlock, PlainTextOption, RadioButtons, StaticSelect } from '@slack/types';
import { z } from 'zod';
import { option, plainText } from './elements.ts';
import { plain, plainLine } from './escape.ts';

// Every field of every form: the block's id names the field, the element's id is always `value`. What a form refuses can
// so be shown at the field by its name.

const VALUE = 'value';
/** Longest text Slack takes in one field. */
const LONGEST = 3000;
/** Most choices in one menu, and their longest words. */
const MOST_OPTIONS = 100;
const OPTION_WORDS = 75;

export interface FieldWords {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
}

/** A field for text. `initial` is cut to what the field holds. */
export function textField(
  id: string,
  words: FieldWords,
  { initial = '', lines = 'many', optional = false }: { initial?: string; lines?: 'one' | 'many'; optional?: boolean },
): InputBlock {
  const longest = lines === 'one' ? 300 : LONGEST;
  return field(id, words, optional, {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline: lines === 'many',
    max_length: longest,
    ...(initial === '' ? {} : { initial_value: plain(initial, longest) }),
    ...(words.placeholder === undefined ? {} : { placeholder: plainText(words.placeholder) }),
  });
}

/** One choice of a menu. `initial` is the value chosen at first; a value that is not among the choices chooses none. */
export function choiceField(
  id: string,
  words: FieldWords,
  choices: readonly Choice[],
  { initial = null, optional = false }: { initial?: string | null; optional?: boolean },
): InputBlock {
  const select: StaticSelect = { type: 'static_select', action_id: VALUE, ...optionsOf(choices, initial) };
  return field(id, words, optional, {
    ...select,
    ...(words.placeholder === undefined ? {} : { placeholder: plainText(words.placeholder) }),
  });
}

/** One choice of a few, all of them in sight. */
export function radioField(
  id: string,
  words: FieldWords,
  choices: readonly Choice[],
  initial: string | null,
): InputBlock {
  const radio: RadioButtons = { type: 'radio_buttons', action_id: VALUE, ...optionsOf(choices, initial) };
  return field(id, words, false, radio);
}

/** Any number of at most ten choices; `initial` are the values chosen at first. None need be chosen. */
export function checkboxField(
  id: string,
  words: FieldWords,
  choices: readonly Choice[],
  initial: readonly string[],
): InputBlock {
  const { options } = optionsOf(choices, null);
  const chosen = options.filter(({ value = '' }) => initial.includes(value));
  const boxes: Checkboxes = {
    type: 'checkboxes',
    action_id: VALUE,
    options,
    ...(chosen.length === 0 ? {} : { initial_options: chosen }),
  };
  return field(id, words, true, boxes);
}

export function personField(id: string, words: FieldWords, initial: string | null): InputBlock {
  return field(id, words, false, {
    type: 'users_select',
    action_id: VALUE,
    ...(initial === null ? {} : { initial_user: initial }),
  });
}

/** A day and a time in the reader's own zone. */
export function timeField(id: string, words: FieldWords, initial: Date | null, optional = true): InputBlock {
  return field(id, words, optional, {
    type: 'datetimepicker',
    action_id: VALUE,
    ...(initial === null ? {} : { initial_date_time: Math.floor(initial.getTime() / 1000) }),
  });
}

export interface Choice {
  readonly value: string;
  readonly words: string;
  readonly description?: string;
}

function optionsOf(
  choices: readonly Choice[],
  initial: string | null,
): { options: PlainTextOption[]; initial_option?: PlainTextOption } {
  const options = choices.slice(0, MOST_OPTIONS).map(({ value, words, description }) => {
    const meaning = description === undefined ? undefined : plainLine(description, OPTION_WORDS);
    return option(value, plainLine(words, OPTION_WORDS), meaning);
  });
  const chosen = options.find((one) => one.value === initial);
  return { options, ...(chosen === undefined ? {} : { initial_option: chosen }) };
}

function field(id: string, words: FieldWords, optional: boolean, element: InputBlock['element']): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plainText(words.label),
    element,
    ...(optional ? { optional } : {}),
    ...(words.hint === undefined ? {} : { hint: plainText(plainLine(words.hint, 300)) }),
  };
}

const of = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ [VALUE]: z.object(shape) });

/** What a submitted field holds. An empty text is `''`, an empty choice null. */
export const submitted = {
  text: of({ value: z.string().nullish() }).transform(({ value }) => value.value?.trim() ?? ''),
  choice: of({ selected_option: z.object({ value: z.string() }).nullish() }).transform(
    ({ value }) => value.selected_option?.value ?? null,
  ),
  choices: of({ selected_options: z.array(z.object({ value: z.string() })).nullish() }).transform(
    ({ value }) => value.selected_options?.map((chosen) => chosen.value) ?? [],
  ),
  person: of({ selected_user: z.string() }).transform(({ value }) => value.selected_user),
  time: of({ selected_date_time: z.number().nullish() }).transform(({ value }) =>
    value.selected_date_time == null ? null : new Date(value.selected_date_time * 1000),
  ),
};
