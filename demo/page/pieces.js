/** Puts the parts of a message or a view on the page: drawn HTML as it is, controls built and wired. */
import { control } from './controls.js';
import { h } from './dom.js';
import { goTo, goToAddress } from './navigate.js';
import { toast } from './popover.js';
import { act, me } from './store.js';
import { wordTimes } from './time.js';

/**
 * @param {any[]} pieces
 * @param {{ at: any, answers?: () => any[], input?: (piece: any) => HTMLElement }} o
 *   `at` says where the controls stand; `answers` what else the form holds; `input` builds an input block
 */
export function drawPieces(pieces, { at, answers = () => [], input, keep }) {
  return pieces.map((piece) => {
    if (piece.kind === 'html') return drawn(piece.html);
    if (piece.kind === 'input') return input?.(piece) ?? null;
    const wired = (element) => wire(piece.blockId, element);
    if (piece.kind === 'section')
      return h(
        'div',
        { class: 'section-row' },
        drawn(piece.html),
        h('div', { class: 'accessory' }, wired(piece.accessory)),
      );
    return h('div', { class: 'actions-row' }, piece.elements.map(wired));
  });

  function wire(blockId, element) {
    const actionId = element.action_id;
    return control(element, {
      label:
        element.placeholder?.text ??
        element.accessibility_label ??
        { overflow: 'More actions' }[element.type] ??
        'Choose',
      value: keep?.read(blockId, actionId),
      suggest: (query) => act('suggest', { at, blockId, actionId, query }),
      onChange: async (value) => {
        if (element.type !== 'button' && element.type !== 'overflow') keep?.write(blockId, actionId, value);
        const { error } = await act('act', { at, blockId, actionId, value, answers: answers() });
        if (error) toast(error);
      },
    });
  }
}

function drawn(html) {
  const element = h('div', { class: 'blocks', html });
  wordTimes(element);
  for (const mention of element.querySelectorAll('.mention'))
    mention.classList.toggle('me', mention.dataset.user === me());
  for (const image of element.querySelectorAll('img')) image.loading = 'lazy';
  return element;
}

/** Links that stay in the workspace: channels, and permalinks of messages. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.dataset.channel) {
    event.preventDefault();
    goTo({ kind: 'channel', id: link.dataset.channel });
  } else if (link.origin === location.origin && link.pathname.startsWith('/archives/')) {
    event.preventDefault();
    goToAddress(link.href);
  }
});
