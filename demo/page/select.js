/** Select menus: a button that opens a searchable list. Static, people, channel, conversation and external selects, one or many. */
import { h, icon } from './dom.js';
import { avatar } from './people.js';
import { openPopover } from './popover.js';
import { store } from './store.js';

let ids = 0;

/**
 * @param {{ element: any, label: string, value: any, onChange: (value: any) => void, suggest?: (query: string) => Promise<any> }} o
 *   `value` and what `onChange` gets: an option's value or an id; an option object for external selects; lists of them for multi selects
 */
export function selectControl({ element, label, value: initial, onChange, suggest }) {
  const isMulti = element.type.startsWith('multi_');
  const isExternal = element.type.endsWith('external_select');
  let value = isMulti ? (initial ?? []) : (initial ?? null);
  const text = h('span', { class: 'select-text' });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'select',
      role: 'combobox',
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-label': label,
      on: { click: open, keydown: openByKey },
    },
    text,
    icon('caret', 16),
  );
  show();
  return button;

  function show() {
    const chosen = (isMulti ? value : value === null ? [] : [value]).map(optionOf);
    text.classList.toggle('placeholder', chosen.length === 0);
    if (chosen.length === 0)
      text.replaceChildren(element.placeholder?.text ?? (isMulti ? 'Select some…' : 'Select an option'));
    else if (isMulti)
      text.replaceChildren(...chosen.map((one) => h('span', { class: 'chip' }, one.image?.(18), labelOf(one))));
    else text.replaceChildren(...[chosen[0].image?.(20), labelOf(chosen[0])].filter(Boolean));
  }

  function optionOf(one) {
    if (isExternal) return plain(one);
    return allOptions(element).find((option) => option.value === one) ?? { value: one, text: String(one) };
  }

  function openByKey(event) {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    open();
  }

  function open() {
    ids += 1;
    const listId = `options-${ids}`;
    const list = h('div', {
      role: 'listbox',
      id: listId,
      class: 'options',
      'aria-label': label,
      'aria-multiselectable': isMulti ? 'true' : null,
    });
    let shown = [];
    let active = 0;
    const input = h('input', {
      type: 'text',
      class: 'options-search',
      role: 'combobox',
      'aria-label': `Search ${label}`,
      'aria-controls': listId,
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      placeholder: isExternal ? 'Type to search' : 'Search',
      on: { input: () => void refresh(), keydown },
    });
    const close = openPopover(button, h('div', { class: 'options-box' }, input, list), {
      label: `${label}: options`,
      focus: input,
      width: Math.max(button.offsetWidth, 240),
    });
    void refresh();

    async function refresh() {
      const query = input.value.trim();
      if (isExternal) {
        if (query.length < (element.min_query_length ?? 3))
          return draw([], `Type at least ${element.min_query_length ?? 3} characters`);
        const answer = await suggest(query);
        if (query !== input.value.trim()) return undefined;
        return draw((answer.options ?? []).map(plain), answer.error ?? 'No results');
      }
      const found = allOptions(element).filter((option) =>
        `${option.text} ${option.detail ?? ''}`.toLowerCase().includes(query.toLowerCase()),
      );
      return draw(found, 'No results');
    }

    function draw(options, empty) {
      shown = options;
      active = Math.max(
        0,
        options.findIndex((option) => isChosen(option)),
      );
      list.replaceChildren(
        ...(options.length === 0
          ? [h('div', { class: 'options-empty' }, empty)]
          : options.map((option, index) => row(option, index))),
      );
      mark();
    }

    function row(option, index) {
      return h(
        'div',
        {
          role: 'option',
          id: `${listId}-${index}`,
          class: 'option',
          'aria-selected': isChosen(option) ? 'true' : 'false',
          on: {
            pointerdown: (event) => event.preventDefault(),
            click: () => choose(option),
            pointermove: () => mark(index),
          },
        },
        option.image?.(20),
        h(
          'span',
          { class: 'option-text' },
          labelOf(option),
          option.detail ? h('span', { class: 'option-detail', html: option.detailHtml }) : null,
        ),
        isChosen(option) ? icon('check', 16) : null,
      );
    }

    function mark(index = active) {
      active = index;
      for (const [at, node] of [...list.querySelectorAll('.option')].entries())
        node.classList.toggle('active', at === active);
      const node = list.querySelector('.option.active');
      if (node) input.setAttribute('aria-activedescendant', node.id);
      node?.scrollIntoView({ block: 'nearest' });
    }

    function keydown(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        mark((active + step + shown.length) % Math.max(shown.length, 1));
      } else if (event.key === 'Enter' || event.key === 'Tab') {
        if (shown[active]) {
          event.preventDefault();
          choose(shown[active]);
        }
      } else if (event.key === 'Backspace' && input.value === '' && isMulti) {
        value = value.slice(0, -1);
        commit();
      }
    }

    function isChosen(option) {
      return (isMulti ? value : [value]).some((one) => (isExternal ? one?.value : one) === option.value);
    }

    function choose(option) {
      const given = isExternal ? option.given : option.value;
      if (!isMulti) {
        value = given;
        close();
        return commit();
      }
      value = isChosen(option)
        ? value.filter((one) => (isExternal ? one.value : one) !== option.value)
        : [...value, given];
      commit();
      return draw(shown, '');
    }

    function commit() {
      show();
      onChange(value);
    }
  }
}

const labelOf = (option) =>
  h('span', { class: 'option-label', ...(option.html ? { html: option.html } : {}) }, option.html ? null : option.text);

/** An option of the app, as the list shows it. */
function plain(option) {
  const { text, description, value } = option;
  return {
    value,
    text: text.text,
    html: text.html,
    detail: description?.text,
    detailHtml: description?.html,
    given: { text: { type: 'plain_text', text: text.text }, value },
  };
}

function allOptions(element) {
  if (element.type.endsWith('users_select'))
    return store.state.people
      .filter(({ id }) => id !== 'USLACKBOT')
      .map((person) => ({ value: person.id, text: person.realName, image: (size) => avatar(person.id, size) }));
  if (element.type.endsWith('channels_select')) return channels(({ kind }) => kind === 'channel');
  if (element.type.endsWith('conversations_select')) return channels(({ kind }) => kind !== 'dm');
  const groups = element.option_groups?.flatMap(({ options }) => options) ?? [];
  return [...(element.options ?? []), ...groups].map(plain);
}

const channels = (filter) =>
  store.state.channels
    .filter((channel) => filter(channel) && !channel.isArchived)
    .map(({ id, name, kind }) => ({
      value: id,
      text: name,
      image: () => icon(kind === 'private' ? 'lock' : 'hash', 16),
    }));
