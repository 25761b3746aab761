/** What this page is, and what of Slack it does not do. */
import { h, iconButton } from './dom.js';
import { store } from './store.js';

const DOES = [
  'Everything you do is sent to the app as Slack would send it: signed, to the same address, with the same three seconds to answer.',
  'What the app posts comes through Slack’s Web API, played by the emulate package, and is drawn from the real blocks.',
  'Each browser tab can act as somebody else: open two side by side.',
];
const DOES_NOT = [
  'A moved clock: Slack’s own ids keep the real time; the page shows when a message was written by the moved clock.',
  'Search, huddles, canvases, lists, workflows, files by drag and drop, user groups and Slack Connect.',
  'Notifications, threads you follow, saved items, statuses and profiles.',
  'Rate limits: the real Slack allows about one message a second per channel.',
  'Block Kit’s limits: Slack refuses a message that is too long; this page shows it.',
  'Scheduled messages are accepted and never sent. Commands in threads are refused, as in Slack.',
  'Data tables, and rich text in inputs, are not drawn.',
];

/** Opens the page's explanation. */
export function openAbout() {
  const dialog = h(
    'dialog',
    { class: 'modal about', 'aria-labelledby': 'about-title', on: { close: () => dialog.remove() } },
    h(
      'div',
      { class: 'modal-head' },
      h('h1', { id: 'about-title' }, 'This is a local demo, not Slack'),
      iconButton('close', 'Close', () => dialog.close(), { class: 'icon-button modal-close' }),
    ),
    h(
      'div',
      { class: 'modal-body', tabindex: '0' },
      h(
        'p',
        {},
        `${store.state.app.name} itself is real: the same code that serves a workspace. The workspace around it, ${store.state.workspace.name}, runs on this machine only, and nothing leaves it.`,
      ),
      h('h2', {}, 'How it works'),
      h(
        'ul',
        {},
        DOES.map((line) => h('li', {}, line)),
      ),
      h('h2', {}, 'What of Slack it does not do'),
      h(
        'ul',
        {},
        DOES_NOT.map((line) => h('li', {}, line)),
      ),
      h('h2', {}, 'What everybody sees'),
      h(
        'p',
        {},
        `${store.state.workspace.name} has a `,
        h('a', { href: '/status', target: '_blank', rel: 'noreferrer' }, 'status page'),
        '. In an incident’s channel, /incident public writes a note on it.',
      ),
      h('h2', {}, 'Keys'),
      h(
        'p',
        {},
        h('kbd', {}, 'Ctrl K'),
        ' jumps to a conversation, ',
        h('kbd', {}, '/'),
        ' at the start of a message lists commands, ',
        h('kbd', {}, '↑'),
        ' and ',
        h('kbd', {}, '↓'),
        ' walk through messages, ',
        h('kbd', {}, 'Esc'),
        ' closes what is open.',
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
