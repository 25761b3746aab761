/** Editing one's own message in its place. */
import { h } from './dom.js';
import { toast } from './popover.js';
import { act, personOf } from './store.js';

const editing = new Set();

export const isEditing = (message) => editing.has(message.ts);

/** Turns a message into a field. */
export function startEditing(message, o) {
  editing.add(message.ts);
  o.redraw();
}

/** The field a message is edited in; Enter saves, Escape leaves it as it was. */
export function editor(message, o) {
  const stop = () => {
    editing.delete(message.ts);
    o.redraw();
  };
  const save = async () => {
    const { error } = await act('edit', { channel: message.channel, ts: message.ts, text: field.value });
    if (error) toast(error);
    stop();
  };
  const field = h('textarea', {
    class: 'field',
    rows: 2,
    'aria-label': 'Edit message',
    value: typed(message.text),
    on: {
      keydown: (event) => {
        if (event.key === 'Escape') stop();
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          void save();
        }
      },
    },
  });
  requestAnimationFrame(() => field.focus());
  return h(
    'div',
    { class: 'editor' },
    field,
    h(
      'div',
      { class: 'editor-buttons' },
      h('button', { type: 'button', class: 'button', on: { click: stop } }, 'Cancel'),
      h('button', { type: 'button', class: 'button primary', on: { click: save } }, 'Save'),
    ),
  );
}

/** A message's text as it was typed. */
function typed(text) {
  return text
    .replaceAll(/<@(\w+)(\|[^>]*)?>/g, (_, id) => `@${personOf(id)?.name ?? id}`)
    .replaceAll(/<#\w+\|([^>]*)>/g, '#$1')
    .replaceAll(/<!(\w+)>/g, '@$1')
    .replaceAll(/<(https?:[^>|]*)(\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
