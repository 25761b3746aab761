/** The card for somebody who is here for the first time. */
import { h, iconButton } from './dom.js';
import { store } from './store.js';

const SEEN = 'coach-seen';
const TRY = '/incident declare sev2 Checkout is down';

/** The card, or null when it was put away. `put` writes into the composer. */
export function coachCard(put) {
  if (localStorage.getItem(SEEN)) return null;
  const dismiss = () => {
    localStorage.setItem(SEEN, 'yes');
    for (const card of document.querySelectorAll('.coach')) card.remove();
  };
  return h(
    'section',
    { class: 'coach', 'aria-label': 'First steps' },
    h('div', { class: 'coach-glyph', 'aria-hidden': 'true' }, '👋'),
    h(
      'div',
      { class: 'coach-text' },
      h('strong', {}, `Meet ${store.state.app.name}.`),
      h('p', {}, 'Try: ', h('code', {}, TRY), '. Then act as Bob or Charlie, at the top right, and see what they see.'),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'button primary',
        on: {
          click: () => {
            put(TRY);
            dismiss();
          },
        },
      },
      'Put it in the composer',
    ),
    iconButton('close', 'Dismiss', dismiss),
  );
}
