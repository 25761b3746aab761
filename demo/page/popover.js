/** Things that open beside a control: menus, lists, pickers. One is open at a time; Escape and a click elsewhere close it. */
import { h, icon } from './dom.js';

let current;

/**
 * Opens content beside an anchor, inside the modal the anchor stands in, if any.
 * @returns {() => void} closes it
 */
export function openPopover(anchor, content, { label, focus, align = 'start', width, onClose } = {}) {
  current?.close(false);
  const box = h('div', { class: 'popover', popover: 'manual', role: 'dialog', 'aria-label': label }, content);
  if (width) box.style.width = `${width}px`;
  (anchor.closest('dialog') ?? document.body).append(box);
  box.showPopover();
  const place = () => position(box, anchor, align);
  place();
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close(false);
  };
  const keys = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  };
  const observer = new ResizeObserver(place);
  observer.observe(box);
  document.addEventListener('pointerdown', outside, true);
  box.addEventListener('keydown', keys);
  window.addEventListener('resize', place);
  const before = document.activeElement;
  anchor.setAttribute('aria-expanded', 'true');
  (focus ?? box.querySelector('button, input, [tabindex]'))?.focus();

  function close(refocus = true) {
    if (current !== handle) return;
    current = undefined;
    observer.disconnect();
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('resize', place);
    anchor.setAttribute('aria-expanded', 'false');
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    onClose?.();
    if (refocus && hadFocus) (anchor.isConnected ? anchor : before)?.focus?.();
  }
  const handle = { close };
  current = handle;
  return close;
}

/** Closes what is open beside a control; whether anything was. */
export function closePopover() {
  const wasOpen = current !== undefined;
  current?.close(true);
  return wasOpen;
}

function position(box, anchor, align) {
  // What it stands beside may have been drawn anew; then it stays where it is.
  if (!anchor.isConnected) return;
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const space = 8;
  const below = at.bottom + 4 + height <= window.innerHeight - space;
  const top = below ? at.bottom + 4 : Math.max(space, at.top - 4 - height);
  const left = align === 'end' ? at.right - width : at.left;
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(space, Math.min(left, window.innerWidth - width - space))}px`;
}

/**
 * Opens a menu. Items: `{ label, icon?, image?, hint?, danger?, run }` or `'-'` for a line.
 */
export function openMenu(anchor, items, { label, align = 'end' } = {}) {
  let close = () => {};
  const list = h(
    'div',
    { role: 'menu', 'aria-label': label, class: 'menu', on: { keydown: moveFocus } },
    items.map((item) =>
      item === '-'
        ? h('div', { role: 'separator', class: 'menu-line' })
        : h(
            'button',
            {
              type: 'button',
              role: 'menuitem',
              class: item.danger ? 'menu-item danger' : 'menu-item',
              on: {
                click: () => {
                  close();
                  item.run();
                },
              },
            },
            item.image ?? (item.icon ? icon(item.icon, 18) : null),
            h(
              'span',
              { class: 'menu-label', ...(item.html ? { html: item.html } : {}) },
              item.html ? null : item.label,
            ),
            item.hint ? h('span', { class: 'menu-hint' }, item.hint) : null,
          ),
    ),
  );
  close = openPopover(anchor, list, { label, align });
}

function moveFocus(event) {
  const items = [...event.currentTarget.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at((to + items.length) % items.length)?.focus();
}

/** A short line at the bottom of the window. */
export function toast(text) {
  const line = h('div', { class: 'toast' }, text);
  document.getElementById('toasts').append(line);
  setTimeout(() => line.remove(), 6000);
}

/** Asks before something is done, as Slack's confirm dialog does. Resolves to whether the person agreed. */
export function confirm({ title, html, text, confirm: yes, deny: no, danger }) {
  return new Promise((resolve) => {
    const dialog = h(
      'dialog',
      { class: 'confirm', 'aria-labelledby': 'confirm-title', on: { close: () => done(false) } },
      h('h2', { id: 'confirm-title' }, title),
      h('div', { class: 'confirm-text', ...(html ? { html } : {}) }, html ? null : text),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { type: 'button', class: 'button', on: { click: () => done(false) } }, no),
        h(
          'button',
          {
            type: 'button',
            class: danger ? 'button danger' : 'button primary',
            autofocus: true,
            on: { click: () => done(true) },
          },
          yes,
        ),
      ),
    );
    function done(agreed) {
      resolve(agreed);
      dialog.remove();
    }
    document.body.append(dialog);
    dialog.showModal();
  });
}
