/**
 * The controls of Block Kit. Each is built from the element's own data and says what was chosen; whether that is sent at once
 * (a message, an `actions` block) or kept until the form is submitted is the caller's affair.
 */
import { h, icon } from './dom.js';
import { confirm, openMenu } from './popover.js';
import { selectControl } from './select.js';

let names = 0;

/**
 * @param {any} element the element, texts dressed as `{ text, html }`
 * @param {{ label: string, value?: any, required?: boolean, describedBy?: string, id?: string, onChange: (value: any) => any, onEnter?: () => void, suggest?: (query: string) => Promise<any> }} o
 * @returns {HTMLElement}
 */
export function control(element, o) {
  const build = BUILDERS[element.type] ?? (element.type.endsWith('_select') ? selectControl_ : unknown);
  const built = build(element, {
    ...o,
    value: o.value === undefined ? initialValue(element) : o.value,
    onChange: confirmed(element, o.onChange),
  });
  const target = built.matches?.('input, textarea, button') ? built : built.querySelector('input, textarea, button');
  if (o.describedBy) target?.setAttribute('aria-describedby', o.describedBy);
  if (element.focus_on_load) target?.setAttribute('data-focus', '');
  return built;
}

/** What an element holds before anybody touches it; undefined when it holds nothing. */
export function initialValue(element) {
  const options = element.initial_options?.map(({ value }) => value);
  const isExternal = element.type.endsWith('external_select');
  const one = isExternal ? element.initial_option : element.initial_option?.value;
  const first = [
    element.initial_value,
    isExternal ? element.initial_options : options,
    one,
    element.initial_user,
    element.initial_users,
    element.initial_channel,
    element.initial_channels,
    element.initial_conversation,
    element.initial_conversations,
    element.initial_date,
    element.initial_time,
    element.initial_date_time,
  ].find((value) => value !== undefined);
  return first ?? null;
}

function confirmed(element, onChange) {
  if (!element.confirm) return onChange;
  const { title, text, confirm: yes, deny: no, style } = element.confirm;
  return async (value) => {
    const agreed = await confirm({
      title: title.text,
      html: text.html,
      confirm: yes.text,
      deny: no.text,
      danger: style === 'danger',
    });
    if (agreed) await onChange(value);
  };
}

function button(element, { onChange }) {
  const label = h('span', { html: element.text.html });
  const built = h(
    element.url ? 'a' : 'button',
    {
      class: `button ${element.style ?? ''}`,
      ...(element.url ? { href: element.url, target: '_blank', rel: 'noreferrer' } : { type: 'button' }),
      'aria-label': element.accessibility_label,
      on: {
        click: async () => {
          if (built.getAttribute('aria-busy')) return;
          const busy = setTimeout(() => built.setAttribute('aria-busy', 'true'), 150);
          await onChange(null);
          clearTimeout(busy);
          built.removeAttribute('aria-busy');
        },
      },
    },
    label,
  );
  return built;
}

function overflow(element, { label, onChange }) {
  const built = h(
    'button',
    {
      type: 'button',
      class: 'button overflow',
      'aria-label': label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      on: { click: open },
    },
    icon('more', 18),
  );
  function open() {
    openMenu(
      built,
      element.options.map((option) => ({
        html: option.text.html,
        run: () => {
          if (option.url) window.open(option.url, '_blank', 'noreferrer');
          void onChange(option.value);
        },
      })),
      { label },
    );
  }
  return built;
}

function textInput(element, { label, value, required, onChange, onEnter, id }) {
  const type = { email_text_input: 'email', url_text_input: 'url', number_input: 'text' }[element.type] ?? 'text';
  const lines = element.multiline === true;
  return h(lines ? 'textarea' : 'input', {
    ...(lines ? { rows: 4 } : { type }),
    ...(element.type === 'number_input' ? { inputmode: 'decimal' } : {}),
    class: 'field',
    id,
    'aria-label': id ? null : label,
    'aria-required': required ? 'true' : null,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    autocomplete: 'off',
    value: value ?? '',
    on: {
      input: (event) => onChange(event.target.value),
      keydown: (event) => {
        if (event.key !== 'Enter' || event.isComposing) return;
        if (lines && !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        onEnter?.();
      },
    },
  });
}

function moment(type) {
  return (_element, { label, value, required, onChange, id }) => {
    const isBoth = type === 'datetime-local';
    const toField = (given) => (isBoth && given ? localMinute(given) : (given ?? ''));
    const fromField = (given) => (given === '' ? null : isBoth ? Math.floor(new Date(given).getTime() / 1000) : given);
    return h('input', {
      type,
      class: 'field moment',
      id,
      'aria-label': id ? null : label,
      'aria-required': required ? 'true' : null,
      value: toField(value),
      on: { change: (event) => onChange(fromField(event.target.value)) },
    });
  };
}

function localMinute(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function choices(type) {
  return (element, { label, value, onChange }) => {
    names += 1;
    const isMany = type === 'checkbox';
    let chosen = isMany ? (value ?? []) : value;
    const set = (event, option) => {
      if (isMany)
        chosen = event.target.checked ? [...chosen, option.value] : chosen.filter((one) => one !== option.value);
      else chosen = option.value;
      void onChange(chosen);
    };
    return h(
      'div',
      { class: 'choices', role: isMany ? 'group' : 'radiogroup', 'aria-label': label },
      element.options.map((option) =>
        h(
          'label',
          { class: 'choice' },
          h('input', {
            type,
            name: `choice-${names}`,
            checked: isMany ? chosen.includes(option.value) : chosen === option.value,
            on: { change: (event) => set(event, option) },
          }),
          h(
            'span',
            {},
            h('span', { class: 'choice-label', html: option.text.html }),
            option.description ? h('span', { class: 'choice-detail', html: option.description.html }) : null,
          ),
        ),
      ),
    );
  };
}

const selectControl_ = (element, { label, value, onChange, suggest }) =>
  selectControl({ element, label, value, onChange, suggest });
const image = (element) => h('img', { class: 'accessory-image', src: element.image_url, alt: element.alt_text });
const unknown = (element) =>
  h('span', { class: 'not-drawn' }, `The demo cannot draw this “${element.type}”; Slack does.`);

const BUILDERS = {
  button,
  overflow,
  image,
  workflow_button: unknown,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: moment('date'),
  timepicker: moment('time'),
  datetimepicker: moment('datetime-local'),
  radio_buttons: choices('radio'),
  checkboxes: choices('checkbox'),
};
