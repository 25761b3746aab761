/** The list of messages: days, authors, what is new. Elements of unchanged messages stay, so nothing under the cursor moves. */
import { h } from './dom.js';
import { appearance, drawMessage } from './message.js';
import { me } from './store.js';
import { dayOf, isSameDay } from './time.js';

const GROUP_SECONDS = 5 * 60;

/**
 * A list that can be shown again and again.
 * @param {{ label: string, inThread: boolean }} o
 */
export function messageList({ label, inThread }) {
  const kept = new Map();
  const inner = h('div', { class: 'messages-inner' });
  const scroller = h(
    'div',
    { class: 'messages', role: 'log', 'aria-label': label, tabindex: '0', on: { keydown: moveBetween } },
    inner,
  );
  let shown = { messages: [], newSince: null, lead: null };
  let isAtEnd = true;
  scroller.addEventListener('scroll', () => {
    isAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
  });
  new ResizeObserver(() => isAtEnd && toEnd()).observe(inner);
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };

  /** Shows messages, oldest first; `lead` stands above them. */
  function show(next) {
    shown = next;
    const { messages, newSince, lead } = next;
    const nodes = lead ? [lead] : [];
    let before;
    let isNewMarked = false;
    for (const message of messages) {
      const isNewDay = !before || !isSameDay(before.at, message.at);
      if (isNewDay && !inThread)
        nodes.push(
          h(
            'div',
            { class: 'day', role: 'separator', 'aria-label': dayOf(message.at) },
            h('span', {}, dayOf(message.at)),
          ),
        );
      const isFirstNew =
        !isNewMarked && newSince !== null && message.ts > newSince && message.user !== me() && !message.isPrivate;
      if (isFirstNew) {
        isNewMarked = true;
        nodes.push(
          h('div', { class: 'new-line', role: 'separator', 'aria-label': 'New messages' }, h('span', {}, 'New')),
        );
      }
      const isCompact = !isNewDay && !isFirstNew && continues(before, message);
      nodes.push(elementOf(message, { isCompact, inThread, redraw: () => show(shown) }));
      if (inThread && message === messages[0] && messages.length > 1)
        nodes.push(
          h(
            'div',
            { class: 'replies-line' },
            h('span', {}, `${messages.length - 1} ${messages.length === 2 ? 'reply' : 'replies'}`),
          ),
        );
      before = message;
    }
    for (const ts of kept.keys()) if (!messages.some((message) => message.ts === ts)) kept.delete(ts);
    replace(inner, nodes);
    if (isAtEnd) toEnd();
  }

  function elementOf(message, o) {
    const looks = appearance(message, o);
    const known = kept.get(message.ts);
    if (known?.looks === looks) return known.element;
    const element = drawMessage(message, o);
    if (known?.element.contains(document.activeElement)) {
      const key = document.activeElement.dataset.key;
      requestAnimationFrame(() =>
        (key && element.querySelector(`[data-key="${CSS.escape(key)}"]`)
          ? element.querySelector(`[data-key="${CSS.escape(key)}"]`)
          : element
        ).focus(),
      );
    }
    kept.set(message.ts, { looks, element });
    return element;
  }

  function moveBetween(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.target.closest('textarea, input, [role="menu"]')) return;
    const all = [...inner.querySelectorAll('.message')];
    const at = all.indexOf(event.target.closest('.message'));
    const to = at < 0 ? all.length - 1 : at + step;
    if (!all[to]) return;
    event.preventDefault();
    all[to].focus();
  }

  return {
    element: scroller,
    show,
    toEnd,
    isAtEnd: () => isAtEnd,
    stick: () => {
      isAtEnd = true;
    },
  };
}

/** A message of the same author soon after needs no second heading. */
function continues(before, message) {
  return (
    before !== undefined &&
    before.user === message.user &&
    before.username === message.username &&
    !before.subtype &&
    !message.subtype &&
    !before.isPrivate &&
    !message.isPrivate &&
    !message.broadcast &&
    Number.parseFloat(message.at) - Number.parseFloat(before.at) < GROUP_SECONDS
  );
}

/** Brings the children of an element to a list of nodes. What stays is not moved: moving would take the focus from it. */
function replace(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}
