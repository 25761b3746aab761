import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';

/** A message's words and its blocks; `text` is what notifications and screen readers say. */
export interface Rendered {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export function plainText(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: true };
}

/** Text that is already mrkdwn: people's words in it went through `escape.ts`. */
function markup(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text) };
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: markup(text) };
}

/** Up to ten short facts in two columns. */
export function fields(facts: readonly string[]): SectionBlock {
  return { type: 'section', fields: facts.map(markup) };
}

export function context(...lines: readonly string[]): ContextBlock {
  return { type: 'context', elements: lines.map(markup) };
}

export function button(actionId: string, text: string, value: string, style?: 'primary' | 'danger'): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plainText(text),
    value,
    ...(style === undefined ? {} : { style }),
  };
}

export function actions(...buttons: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: [...buttons] };
}

/** One choice of a menu; `description` says what it means. */
export function option(value: string, text: string, description?: string): PlainTextOption {
  return {
    value,
    text: plainText(text),
    ...(description === undefined ? {} : { description: plainText(description) }),
  };
}
