/** Modals: the views an app opens. The form is kept here while it is filled in, and sent when it is submitted. */
import { control } from './controls.js';
import { fill, h, icon, iconButton } from './dom.js';
import { avatar } from './people.js';
import { drawPieces } from './pieces.js';
import { closePopover } from './popover.js';
import { act, store } from './store.js';

/** What was put into the fields of each view, by view id; it survives a switch to another person. */
const forms = new Map();
let dialog;
let dialogClose = () => {};
let shown = '';
let opener;

/** Shows the view on top of the person's stack, or none. */
export function drawModals() {
  const stack = store.state.modals;
  const top = stack.at(-1);
  for (const id of forms.keys())
    if (!stack.some((view) => view.id === id) && forms.get(id).owner === store.state.me) forms.delete(id);
  if (!top) {
    if (!dialog) return;
    closePopover();
    dialog.remove();
    dialog = undefined;
    shown = '';
    (opener?.isConnected ? opener : document.querySelector('#main .composer textarea'))?.focus();
    return;
  }
  const looks = `${store.state.me} ${top.id} ${top.hash}`;
  if (looks === shown) return;
  if (!dialog) opener = document.activeElement;
  const isSameView = shown.startsWith(`${store.state.me} ${top.id} `);
  shown = looks;
  show(top, stack.length, isSameView);
}

function show(view, depth, isSameView) {
  if (!forms.has(view.id)) forms.set(view.id, { owner: store.state.me, values: new Map(), errors: {}, trouble: '' });
  const form = forms.get(view.id);
  const focused = document.activeElement?.dataset?.key;
  if (!dialog) {
    dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (!closePopover()) void dialogClose();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
  const submitButton = view.submit
    ? h(
        'button',
        { type: 'button', class: 'button primary', data: { key: 'submit' }, on: { click: () => void submit() } },
        view.submit,
      )
    : null;
  const body = h('div', { class: 'modal-body', tabindex: '-1' });
  const trouble = h('div', { class: 'modal-trouble', role: 'alert' });
  fill(
    dialog,
    h(
      'div',
      { class: 'modal-head' },
      depth > 1 ? iconButton('back', 'Back', () => void close(false)) : avatar(store.state.app.userId, 24),
      h('h1', { id: 'modal-title' }, view.title),
      iconButton('close', 'Close', () => void close(true), { class: 'icon-button modal-close' }),
    ),
    body,
    trouble,
    h(
      'div',
      { class: 'modal-foot' },
      h('span', { class: 'modal-app' }, `${store.state.app.name} app`),
      h('button', { type: 'button', class: 'button', on: { click: () => void close(false) } }, view.close),
      submitButton,
    ),
  );
  dialogClose = () => close(false);
  const keyOf = (blockId, actionId) => `${blockId} ${actionId}`;
  const keep = {
    read: (blockId, actionId) => form.values.get(keyOf(blockId, actionId))?.value,
    write: (blockId, actionId, value) => form.values.set(keyOf(blockId, actionId), { blockId, actionId, value }),
  };
  const answers = () => [...form.values.values()];
  fill(body, drawPieces(view.pieces, { at: { view: view.id }, answers, keep, input }));
  showErrors();
  const again = isSameView && focused ? body.querySelector(`[data-key="${CSS.escape(focused)}"]`) : null;
  const first =
    again ??
    body.querySelector('[data-focus]') ??
    body.querySelector('.field, .select, input, textarea, button') ??
    submitButton;
  (first ?? body).focus();

  function input(piece) {
    const { blockId, element } = piece;
    const actionId = element.action_id;
    const id = `field-${blockId}`;
    const isGroup = ['radio_buttons', 'checkboxes'].includes(element.type);
    const isSelect = element.type.endsWith('_select');
    const built = control(element, {
      id: isSelect || isGroup ? undefined : id,
      label: piece.label.text,
      required: !piece.optional,
      value: keep.read(blockId, actionId),
      describedBy: `${id}-hint ${id}-error`,
      suggest: (query) => act('suggest', { at: { view: view.id }, blockId, actionId, query }),
      onEnter: () => void submit(),
      onChange: (value) => {
        keep.write(blockId, actionId, value);
        if (form.errors[blockId]) {
          delete form.errors[blockId];
          showErrors();
        }
        if (piece.dispatches) void act('act', { at: { view: view.id }, blockId, actionId, value, answers: answers() });
      },
    });
    const target = built.matches('input, textarea, button') ? built : built.querySelector('input, textarea, button');
    if (target) target.dataset.key = `${blockId} ${actionId}`;
    const label = [
      h('span', { html: piece.label.html }),
      piece.optional ? h('span', { class: 'optional' }, '(optional)') : null,
    ];
    return h(
      'div',
      { class: 'input', data: { block: blockId } },
      isSelect || isGroup
        ? h('div', { class: 'input-label' }, label)
        : h('label', { class: 'input-label', for: id }, label),
      built,
      h('div', { class: 'input-error', id: `${id}-error`, hidden: true }),
      piece.hint ? h('div', { class: 'input-hint', id: `${id}-hint`, html: piece.hint.html }) : null,
    );
  }

  function showErrors() {
    trouble.hidden = !form.trouble;
    trouble.replaceChildren(...(form.trouble ? [icon('info', 16), form.trouble] : []));
    for (const box of body.querySelectorAll('.input')) {
      const error = form.errors[box.dataset.block];
      const line = box.querySelector('.input-error');
      line.hidden = !error;
      line.replaceChildren(...(error ? [icon('info', 16), error] : []));
      box.classList.toggle('invalid', Boolean(error));
      box.querySelector('input, textarea, .select')?.setAttribute('aria-invalid', error ? 'true' : 'false');
    }
  }

  async function submit() {
    if (!submitButton || submitButton.getAttribute('aria-busy')) return;
    submitButton.setAttribute('aria-busy', 'true');
    const { errors, error } = await act('submit', { view: view.id, answers: answers() });
    submitButton.removeAttribute('aria-busy');
    form.errors = errors ?? {};
    form.trouble = error ?? '';
    if (errors)
      submitButton.animate([{ translate: '0' }, { translate: '-4px' }, { translate: '4px' }, { translate: '0' }], {
        duration: 180,
      });
    showErrors();
    body.querySelector('.input.invalid')?.querySelector('input, textarea, .select')?.focus();
  }

  async function close(all) {
    closePopover();
    await act('close', { view: view.id, all });
  }
}
