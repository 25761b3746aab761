/** Builds elements. Text is always text; HTML comes only from the server's renderer, which escapes. */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `on` (listeners), `data`, `html` (drawn by the server), `ref`
 * @param {...any} children strings, nodes, arrays; false and null are left out
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener);
    else if (name === 'data') Object.assign(element.dataset, value);
    else if (name === 'html') element.innerHTML = value;
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === undefined || child === null || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child);
  }
}

/** Replaces what is in an element, keeping the focus on the control with the same `data-key`. */
export function fill(element, ...children) {
  const active = document.activeElement;
  const key = element.contains(active) ? active.dataset.key : undefined;
  element.replaceChildren();
  append(element, children);
  if (key) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

const PATHS = {
  hash: 'M7.5 3 6 17M13.5 3 12 17M3.5 7.5h13.3M3 12.5h13.3',
  lock: 'M5.5 9h9v7.5h-9zM7 9V6.5a3 3 0 0 1 6 0V9',
  plus: 'M10 4v12M4 10h12',
  close: 'm5 5 10 10M15 5 5 15',
  send: 'M3 4.2v4.3L11 10l-8 1.5v4.3L17.5 10z',
  smile:
    'M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5M6.7 11.6c.7 1.5 1.9 2.2 3.3 2.2s2.6-.7 3.3-2.2M7.4 8v.1M12.6 8v.1',
  thread: 'M3.5 4.5h13v9h-7l-3.6 3v-3H3.5zM6.8 7.7h6.4M6.8 10.4h4.2',
  more: 'M10 4.6v.1M10 9.95v.1M10 15.3v.1',
  pin: 'm12.2 3 4.8 4.8-1.6.9-.6 4-2.2 1.2-6.5-6.5L7.3 5.2l4-.6zM8.6 11.4 3.5 16.5',
  link: 'M8.3 11.7a3 3 0 0 0 4.3 0l2.9-2.9a3 3 0 0 0-4.3-4.3L10 5.7M11.7 8.3a3 3 0 0 0-4.3 0l-2.9 2.9a3 3 0 0 0 4.3 4.3l1.2-1.2',
  edit: 'm4 16 .6-3.2L13.2 4l2.8 2.8-8.8 8.6z',
  trash: 'M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5',
  bolt: 'M11 2.8 4.8 11h4.4l-.6 6.2L15.2 9h-4.4z',
  at: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6M13 7v4c0 2.3 4 2.3 4-1.2A7 7 0 1 0 13.6 16',
  clock: 'M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5M10 6v4.2l2.8 1.9',
  search: 'M8.7 3.5a5.2 5.2 0 1 0 0 10.4 5.2 5.2 0 0 0 0-10.4M12.6 12.6l4 4',
  home: 'm3.5 9 6.5-5.5L16.5 9v7.5h-4.3v-4.6H7.8v4.6H3.5z',
  info: 'M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5M10 9v5M10 6.2v.1',
  people:
    'M7.6 4a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4M2.6 16c.4-3 2.2-4.6 5-4.6s4.6 1.6 5 4.6M13 5.2a2.3 2.3 0 0 1 0 4.4M14.6 12c1.6.5 2.5 1.8 2.8 4',
  caret: 'm5.5 8 4.5 4.5L14.5 8',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  check: 'm4.5 10.5 3.6 3.6 7.4-8',
  eye: 'M2.5 10S5.3 4.9 10 4.9 17.5 10 17.5 10 14.7 15.1 10 15.1 2.5 10 2.5 10M10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4',
  unread: 'M3.5 5h13v10h-13zM3.8 5.5 10 10.4l6.2-4.9',
  slash: 'M12.7 4 7.3 16',
  chat: 'M3.5 4.5h13v9h-7l-3.6 3v-3H3.5z',
};

/** A line icon in the colour of the text around it. Decorative: the control it stands in has a name. */
export function icon(name, size = 20) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const attributes = {
    viewBox: '0 0 20 20',
    width: size,
    height: size,
    'aria-hidden': 'true',
    class: 'icon',
    'stroke-width': '1.6',
  };
  if (name === 'more') attributes['stroke-width'] = '2.6';
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, String(value));
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A square button with an icon; its name is its tooltip too. */
export function iconButton(name, label, onClick, props = {}) {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: onClick }, ...props },
    icon(name, 18),
  );
}
