/** Completion in a composer: slash commands at the start, `@people` and `#channels` anywhere. */
import { h, icon } from './dom.js';
import { avatar } from './people.js';
import { store } from './store.js';

let ids = 0;

/**
 * Adds a completion list to a textarea.
 * @param {HTMLTextAreaElement} field
 * @param {{ commands: boolean }} o whether slash commands can be used here
 */
export function completion(field, { commands }) {
  ids += 1;
  const id = `completion-${ids}`;
  const list = h('div', { class: 'completion', id, role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  let items = [];
  let active = 0;
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', id);

  field.addEventListener('input', refresh);
  field.addEventListener('click', refresh);
  let leaving;
  field.addEventListener('blur', () => {
    leaving = setTimeout(hide, 150);
  });
  // Who comes back at once has not left: the list they open now must stay.
  field.addEventListener('focus', () => clearTimeout(leaving));

  function refresh() {
    items = suggestions(field, commands);
    active = 0;
    if (items.length === 0) return hide();
    list.hidden = false;
    list.replaceChildren(
      h('div', { class: 'completion-title', 'aria-hidden': 'true' }, items[0].group),
      ...items.map((item, index) =>
        h(
          'div',
          {
            role: 'option',
            id: `${id}-${index}`,
            class: 'completion-item',
            'aria-selected': 'false',
            on: {
              pointerdown: (event) => {
                event.preventDefault();
                choose(item);
              },
              pointermove: () => mark(index),
            },
          },
          item.image(),
          h(
            'span',
            { class: 'completion-text' },
            h('strong', {}, item.title),
            item.usage ? h('span', { class: 'completion-usage' }, item.usage) : null,
          ),
          item.detail ? h('span', { class: 'completion-detail' }, item.detail) : null,
        ),
      ),
      h(
        'div',
        { class: 'completion-keys', 'aria-hidden': 'true' },
        h('kbd', {}, '↑↓'),
        ' to choose ',
        h('kbd', {}, 'Tab'),
        ' to take ',
        h('kbd', {}, 'Esc'),
        ' to close',
      ),
    );
    return mark(0);
  }

  function mark(index) {
    active = index;
    for (const [at, node] of [...list.querySelectorAll('[role="option"]')].entries())
      node.setAttribute('aria-selected', at === active ? 'true' : 'false');
    field.setAttribute('aria-activedescendant', `${id}-${active}`);
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  function hide() {
    list.hidden = true;
    items = [];
    field.removeAttribute('aria-activedescendant');
  }

  function choose(item) {
    const { selectionStart: end, value } = field;
    const start = end - item.typed.length;
    field.setRangeText(`${item.insert} `, start, end, 'end');
    if (value.charAt(end) === ' ') field.setRangeText('', field.selectionStart, field.selectionStart + 1, 'end');
    hide();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.focus();
  }

  /** Handles a key; whether it was used up. Enter sends a command that is typed out, and completes anything else. */
  function key(event) {
    if (list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((active + step + items.length) % items.length);
    else if (event.key === 'Escape') hide();
    else if (event.key === 'Tab') choose(items[active]);
    else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      items[active].typed.toLowerCase() !== items[active].insert.toLowerCase()
    )
      choose(items[active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
  return { list, key, hide };
}

function suggestions(field, withCommands) {
  const text = field.value.slice(0, field.selectionStart);
  const command = /^\/[\w-]*$/.exec(text)?.[0].toLowerCase();
  if (command && withCommands)
    return store.state.commands
      .filter((one) => one.command.startsWith(command))
      .map((one) => ({
        group: `Commands matching ${command}`,
        typed: command,
        insert: one.command,
        title: one.command,
        usage: one.usage,
        detail: one.description,
        image: () => avatar(store.state.app.userId, 20),
      }));
  const [, sign, word] = /(?:^|\s)([@#])([\w.-]*)$/.exec(text) ?? [];
  const typed = `${sign}${word}`;
  const starts = (name) => name.toLowerCase().startsWith(word.toLowerCase());
  if (sign === '@')
    return store.state.people
      .filter(({ name, realName, id }) => id !== 'USLACKBOT' && (starts(name) || starts(realName)))
      .map((person) => ({
        group: 'People',
        typed,
        insert: `@${person.name}`,
        title: person.displayName,
        usage: person.realName,
        detail: person.isBot ? 'App' : person.title,
        image: () => avatar(person.id, 20),
      }));
  if (sign === '#')
    return store.state.channels
      .filter(({ kind, name, isArchived }) => kind !== 'dm' && !isArchived && starts(name))
      .slice(0, 8)
      .map((channel) => ({
        group: 'Channels',
        typed,
        insert: `#${channel.name}`,
        title: channel.name,
        detail: channel.topic.text,
        image: () => icon(channel.kind === 'private' ? 'lock' : 'hash', 18),
      }));
  return [];
}
