/** Where one writes: messages, slash commands and threads. Drafts stay with their conversation and their author. */
import { completion } from './completion.js';
import { h, iconButton } from './dom.js';
import { EMOJI, pickEmoji } from './emoji.js';
import { avatar } from './people.js';
import { openMenu, toast } from './popover.js';
import { act, me, store } from './store.js';

const drafts = new Map();

/**
 * @param {{ channel: string, thread?: string, placeholder: string, onSent: () => void, onEscape?: () => void }} o
 */
export function composer({ channel, thread, placeholder, onSent, onEscape }) {
  const draftKey = `${me()} ${channel} ${thread ?? ''}`;
  const field = h('textarea', {
    rows: 1,
    placeholder,
    'aria-label': placeholder,
    maxlength: 40_000,
    value: drafts.get(draftKey) ?? '',
    on: { input: changed, keydown },
  });
  const complete = completion(field, { commands: true });
  const sendButton = iconButton('send', 'Send now', () => void send(), { class: 'icon-button send' });
  const broadcast = thread ? h('input', { type: 'checkbox' }) : null;
  const element = h(
    'div',
    { class: 'composer', data: { testid: thread ? 'thread-composer' : 'composer' } },
    complete.list,
    h(
      'div',
      { class: 'composer-box' },
      field,
      broadcast ? h('label', { class: 'broadcast' }, broadcast, 'Also send to the channel') : null,
      h(
        'div',
        { class: 'composer-tools' },
        iconButton('plus', 'Shortcuts', openShortcuts, { class: 'icon-button round', 'aria-haspopup': 'menu' }),
        iconButton('smile', 'Emoji', (event) => pickEmoji(event.currentTarget, (name) => insert(`${EMOJI[name]} `))),
        iconButton('at', 'Mention someone', () => insert('@')),
        iconButton('slash', 'Run a slash command', () => insert('/', true)),
        h(
          'span',
          { class: 'composer-hint', 'aria-hidden': 'true' },
          h('strong', {}, 'Shift + Enter'),
          ' for a new line',
        ),
        sendButton,
      ),
    ),
  );
  changed();
  return { element, field, put };

  function changed() {
    drafts.set(draftKey, field.value);
    field.style.height = 'auto';
    if (field.scrollHeight > 0) field.style.height = `${Math.min(field.scrollHeight, 240)}px`;
    sendButton.disabled = field.value.trim() === '';
    element.classList.toggle('has-text', field.value.trim() !== '');
  }

  function insert(text, atStart = false) {
    field.focus();
    if (atStart) field.setRangeText(text, 0, field.value.startsWith('/') ? 1 : 0, 'end');
    else {
      const needsSpace = text === '@' && /\S$/.test(field.value.slice(0, field.selectionStart));
      field.setRangeText(needsSpace ? ` ${text}` : text, field.selectionStart, field.selectionEnd, 'end');
    }
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Replaces what is written. */
  function put(text) {
    field.value = text;
    field.focus();
    changed();
  }

  function keydown(event) {
    if (event.isComposing || complete.key(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape') onEscape?.();
  }

  async function send() {
    const text = field.value;
    if (text.trim() === '') return;
    complete.hide();
    put('');
    onSent();
    const isCommand = text.startsWith('/');
    if (isCommand && thread) {
      toast(`${text.split(/\s/)[0]} cannot be used in threads. Use it in the channel, or a message shortcut here.`);
      return put(text);
    }
    const { error } = isCommand
      ? await act('command', { channel, text })
      : await act('say', { channel, text, ...(thread ? { thread, broadcast: broadcast.checked } : {}) });
    if (error) {
      toast(error);
      if (field.value === '') put(text);
    }
    return undefined;
  }

  function openShortcuts(event) {
    const shortcuts = store.state.shortcuts.filter(({ type }) => type === 'global');
    openMenu(
      event.currentTarget,
      [
        ...shortcuts.map(({ name, callbackId }) => ({
          label: name,
          image: avatar(store.state.app.userId, 20),
          hint: store.state.app.name,
          run: () => act('shortcut', { callbackId }).then(({ error }) => error && toast(error)),
        })),
        ...(shortcuts.length > 0 ? ['-'] : []),
        { label: 'Run a slash command', icon: 'slash', run: () => insert('/', true) },
      ],
      { label: 'Shortcuts', align: 'start' },
    );
  }
}
