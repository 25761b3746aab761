/** The pane at the side: a message, its replies and where to reply. */
import { composer } from './composer.js';
import { fill, h, iconButton } from './dom.js';
import { messageList } from './messages.js';
import { closeThread } from './navigate.js';
import { titleOf } from './people.js';
import { channelOf, me, store, threadOf } from './store.js';

let pane;

export function drawThread(element) {
  const { thread } = store;
  element.hidden = !thread;
  document.getElementById('app').dataset.side = thread ? 'open' : 'closed';
  if (!thread) {
    pane = undefined;
    element.replaceChildren();
    return;
  }
  const key = `${me()} ${thread.channel} ${thread.ts}`;
  if (pane?.key !== key) {
    const channel = channelOf(thread.channel);
    const list = messageList({ label: 'Thread', inThread: true });
    const write =
      channel?.isMember && !channel.isArchived
        ? composer({
            ...thread,
            channel: thread.channel,
            thread: thread.ts,
            placeholder: 'Reply…',
            onSent: () => list.stick(),
            onEscape: closeThread,
          })
        : null;
    pane = { key, list };
    fill(
      element,
      h(
        'div',
        { class: 'side-head' },
        h('h2', {}, 'Thread'),
        h('span', {}, channel ? titleOf(channel) : ''),
        iconButton('close', 'Close thread', closeThread),
      ),
      list.element,
      write ? h('div', { class: 'pane-foot' }, write.element) : null,
    );
  }
  pane.list.show({ messages: threadOf(thread.channel, thread.ts), newSince: null, lead: null });
}
