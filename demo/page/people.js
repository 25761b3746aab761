/** Faces and names. */
import { h } from './dom.js';
import { personOf, store } from './store.js';

const FACES = { U0ALICE: 'alice', U0BOB: 'bob', U0CHARLIE: 'charlie', USLACKBOT: 'slackbot' };

/** A person's picture, decorative: the name stands beside it or on its control. */
export function avatar(personId, size = 36) {
  const face = personId === store.state?.app.userId ? 'mainstay' : FACES[personId];
  const person = personOf(personId);
  if (face) return h('img', { class: 'avatar', src: `/page/img/${face}.svg`, width: size, height: size, alt: '' });
  return h(
    'span',
    { class: 'avatar avatar-letter', style: `width:${size}px;height:${size}px`, 'aria-hidden': 'true' },
    (person?.displayName ?? '?').charAt(0),
  );
}

export const nameOf = (personId) => personOf(personId)?.displayName ?? 'Somebody';

/** "You, Bob and Charlie" */
export function namesOf(ids) {
  const names = ids
    .map((id) => (id === store.state.me ? 'You' : nameOf(id)))
    .sort((a, b) => (a === 'You' ? -1 : b === 'You' ? 1 : 0));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The red count of mentions; "unread" is only said, as a bold name shows it. */
export function unreadMark(unread, mentions) {
  if (mentions === 0) return unread > 0 ? h('span', { class: 'said' }, 'unread') : null;
  const said = `${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`;
  return [h('span', { class: 'count', 'aria-hidden': 'true' }, String(mentions)), h('span', { class: 'said' }, said)];
}

/** How a conversation is called: "#general", or the other person. */
export function titleOf(channel) {
  return channel.kind === 'dm' ? (personOf(channel.partner)?.displayName ?? channel.name) : `#${channel.name}`;
}
