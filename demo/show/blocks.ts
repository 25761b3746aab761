/**
 * Draws Block Kit for the page. What only shows something is drawn here, by `slack-blocks-to-jsx`; what a person can act on
 * (buttons, selects, inputs) is passed on as data, with its texts drawn, and the page builds the control. All HTML comes from
 * React, so no text of a user or of the app reaches the page unescaped.
 */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Block, MessageProps } from 'slack-blocks-to-jsx';
import { Message } from 'slack-blocks-to-jsx';
import type { BlockShape } from '../slack/elements.ts';
import { withIds } from '../slack/elements.ts';
import type { Directory } from '../slack/typed-text.ts';

/** A part of a message or a view, in the order shown. */
export type Piece =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'section'; readonly html: string; readonly blockId: string; readonly accessory: Dressed }
  | { readonly kind: 'actions'; readonly blockId: string; readonly elements: readonly Dressed[] }
  | {
      readonly kind: 'input';
      readonly blockId: string;
      readonly label: Dressed;
      readonly hint: Dressed;
      readonly optional: boolean;
      readonly dispatches: boolean;
      readonly element: Dressed;
    };

/** Any value of a block in which each text object has become `{ text, html }`. */
type Dressed = unknown;

type Hooks = NonNullable<MessageProps['hooks']>;

const DRAWN = new Set([
  ...['section', 'divider', 'image', 'context', 'header', 'rich_text', 'video', 'table', 'markdown', 'alert', 'card'],
  ...['carousel', 'container', 'plan', 'task_card', 'file', 'data_visualization'],
]);
const WRAPPER_START = '<div class="slack_blocks_to_jsx--blocks">';
const WRAPPER_END = '</div></div></div>';

export interface Drawing {
  blocks(blocks: readonly BlockShape[]): Piece[];
  /** A message without blocks: Slack's mrkdwn. */
  text(mrkdwn: string): Piece[];
  /** A line of mrkdwn, without a paragraph around it. */
  inline(mrkdwn: string): string;
}

/** Draws with the names people and channels have when a text is drawn. */
export function drawing(directory: () => Directory): Drawing {
  const dress = (value: unknown): Dressed => {
    if (Array.isArray(value)) return value.map(dress);
    if (typeof value !== 'object' || value === null) return value;
    const { type, text } = value as { type?: string; text?: unknown };
    if ((type === 'plain_text' || type === 'mrkdwn') && typeof text === 'string')
      return { type, text, html: inline({ type, text }, directory()) };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, dress(inner)]));
  };
  const html = (block: BlockShape): Piece => ({ kind: 'html', html: draw([bare(block)], directory()) });

  function piece(block: BlockShape): Piece {
    const blockId = block.block_id ?? '';
    if (block.type === 'input') {
      const { label, hint, optional = false, dispatch_action: dispatches, element } = block;
      return {
        kind: 'input',
        blockId,
        label: dress(label),
        hint: dress(hint),
        optional,
        dispatches: dispatches === true,
        element: dress(element),
      };
    }
    if (block.type === 'actions' || block.type === 'context_actions')
      return { kind: 'actions', blockId, elements: (block.elements ?? []).map(dress) };
    if (!DRAWN.has(block.type)) return notDrawn(block.type);
    if (block.type === 'section' && block.accessory && block.accessory.type !== 'image') {
      const { accessory, ...rest } = block;
      return { kind: 'section', html: draw([bare(rest)], directory()), blockId, accessory: dress(accessory) };
    }
    return html(block);
  }

  return {
    blocks: (blocks) => withIds(blocks).map((block) => safely(block.type, () => piece(block))),
    inline: (mrkdwn) => (mrkdwn ? inline({ type: 'mrkdwn', text: mrkdwn }, directory()) : ''),
    text: (mrkdwn) => [html({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } })],
  };
}

/** Where the page finds a picture that the app has put into Slack. */
const picturePath = (file: string): string => `/pictures/${encodeURIComponent(file)}`;

/** The library throws on a few cells of tables; one block must not take the rest of the message with it. */
function safely(type: string, attempt: () => Piece): Piece {
  try {
    return attempt();
  } catch {
    return notDrawn(type);
  }
}

function notDrawn(type: string): Piece {
  const says = createElement('p', { className: 'not-drawn' }, `The demo cannot draw this “${type}” block; Slack does.`);
  return { kind: 'html', html: renderToStaticMarkup(says) };
}

/** Slack drops the line breaks next to the fences of a code block. */
function fenced(mrkdwn: string): string {
  return mrkdwn.replaceAll(/```\n?([\s\S]*?)\n?```\n?/g, '```$1```');
}

/** Ids of blocks are ids of HTML elements to the library, and would repeat on the page. */
function bare({ block_id: _, ...block }: BlockShape): BlockShape {
  // The page's own heading is the first; a header in a message or a Home comes below it.
  if (block.type === 'header') return { level: 2, ...block };
  // The library knows pictures by their address only.
  const { slack_file: file } = block as { slack_file?: { id?: string } };
  if (block.type === 'image' && file?.id) return { ...block, image_url: picturePath(file.id) };
  const text = block['text'] as { type?: string; text?: string } | undefined;
  return text?.type === 'mrkdwn' ? { ...block, text: { ...text, text: fenced(text.text ?? '') } } : block;
}

function draw(blocks: readonly BlockShape[], directory: Directory): string {
  const markup = renderToStaticMarkup(
    createElement(Message, {
      blocks: blocks as unknown as Block[],
      name: '',
      logo: '',
      theme: 'light',
      withoutWrapper: true,
      data: { users: [...directory.users], channels: [...directory.channels] },
      hooks: hooks(directory),
    }),
  );
  const start = markup.indexOf(WRAPPER_START) + WRAPPER_START.length;
  return markup.slice(start, markup.length - WRAPPER_END.length);
}

/** A text object without the paragraph around it. */
function inline(text: { type: string; text: string }, directory: Directory): string {
  const markup = draw([{ type: 'section', text }], directory);
  const start = markup.indexOf('<p>');
  const end = markup.lastIndexOf('</p>');
  return start < 0 || end < start ? markup : markup.slice(start + '<p>'.length, end);
}

function hooks({ users, channels }: Directory): Hooks {
  const first = (id: string) => id.split('|')[0] ?? id;
  return {
    user: ({ id }) => {
      const person = users.find((user) => user.id === first(id));
      return createElement('span', { className: 'mention', 'data-user': first(id) }, `@${person?.name ?? first(id)}`);
    },
    channel: ({ id, name }) => {
      const channel = channels.find((one) => one.id === first(id));
      const label = `#${channel?.name ?? id.split('|')[1] ?? name}`;
      return createElement(
        'a',
        { className: 'channel-link', 'data-channel': first(id), href: `/archives/${first(id)}` },
        label,
      );
    },
    // A moment is shown in the reader's own zone, so the page words it.
    date: ({ timestamp, format, link, fallback }) => {
      const time = createElement('time', { 'data-at': timestamp, 'data-format': format }, fallback);
      return link ? createElement('a', { href: link, target: '_blank', rel: 'noreferrer' }, time) : time;
    },
    link: ({ href, children }) => createElement('a', { href, target: '_blank', rel: 'noreferrer' }, children),
  };
}
