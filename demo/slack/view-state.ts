/**
 * What the Slack client holds of a form: the value of every field, in the shape Slack sends as `state.values`, and the faults
 * for which the client itself would refuse to send the form. Pure. Source: docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
 */
import type { Answer, BlockShape, ElementShape, PlacedElement } from './elements.ts';
import { elementState, heldBy, initialAnswer, placedElements } from './elements.ts';

/** `state.values`: block id, then action id, then the field's value. */
export type StateValues = Record<string, Record<string, Record<string, unknown>>>;

/**
 * The `state.values` of a set of blocks: what was filled in at first, overridden by the person's answers, which are keyed by
 * block_id or action_id. Buttons and overflow menus hold no state.
 * @throws when an answer names no field, or several, or is not one the field can hold: a person could not have given it.
 */
export function stateValues(blocks: readonly BlockShape[], answers: Readonly<Record<string, Answer>>): StateValues {
  const fields = placedElements(blocks).filter(
    ({ element }) => element.type !== 'button' && element.type !== 'overflow',
  );
  for (const key of Object.keys(answers)) {
    const named = fields.filter((field) => isNamed(field, key));
    if (named.length === 1) continue;
    const known =
      fields.map(({ blockId, element }) => `${blockId}/${element.action_id}`).join(', ') || 'no field at all';
    throw new Error(
      `${named.length === 0 ? 'No field is' : 'Several fields are'} named "${key}"; the blocks have ${known}.`,
    );
  }
  const values: StateValues = {};
  for (const field of fields) {
    const [key, twin] = Object.keys(answers).filter((name) => isNamed(field, name));
    if (twin !== undefined) throw new Error(`"${key}" and "${twin}" are the same field; answer it once.`);
    const answer = key === undefined ? initialAnswer(field.element) : (answers[key] ?? null);
    const entry = { [field.element.action_id ?? '']: elementState(field.element, answer) };
    values[field.blockId] = { ...values[field.blockId], ...entry };
  }
  return values;
}

/**
 * The faults for which the Slack client keeps a form instead of sending it, by block id: a required field left empty, text
 * outside its length, a number outside its range, too many choices.
 */
export function formFaults(blocks: readonly BlockShape[], state: StateValues): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { blockId, element, required } of placedElements(blocks)) {
    const value = heldBy(element, state[blockId]?.[element.action_id ?? '']);
    const fault = isEmpty(value) ? required && 'Please complete this required field.' : valueFault(element, value);
    if (fault) faults[blockId] = fault;
  }
  return faults;
}

function valueFault(element: ElementShape, value: unknown): string | undefined {
  const {
    min_length = 0,
    max_length = Number.POSITIVE_INFINITY,
    max_selected_items = Number.POSITIVE_INFINITY,
  } = element;
  if (Array.isArray(value)) {
    return value.length > max_selected_items ? `Please choose at most ${max_selected_items}.` : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (element.type === 'number_input') return numberFault(element, value);
  if (value.length < min_length) return `Please enter at least ${min_length} characters.`;
  if (value.length > max_length) return `Please enter at most ${max_length} characters.`;
  return undefined;
}

function numberFault(element: ElementShape, value: string): string | undefined {
  const number = Number(value);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter at most ${element.max_value}.`;
  return undefined;
}

const isNamed = ({ blockId, element }: PlacedElement, key: string): boolean =>
  blockId === key || element.action_id === key;
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
