import type { Delivery } from '../delivery.ts';
import type { Page, PageAttempt } from './page.ts';

/** The message in the team's channel, edited in place from then on. It names whom it concerns, which Slack tells them of. */
export function postPageCard(page: number, channel: string): Delivery {
  const to = { to: 'channel', channel } as const;
  return { kind: 'post', to, message: { type: 'page-card', page }, keep: `page:${page}:card` };
}

/** The message to whoever is called; each call is one of its own, because only a new message makes a sound. */
export function writeTo({ number }: Pick<Page, 'number'>, user: string, attempt: number): Delivery {
  return {
    kind: 'post',
    to: { to: 'user', user },
    message: { type: 'page-call', page: number, attempt },
    keep: `page:${number}:call:${attempt}`,
  };
}

export function showPageCard({ number }: Pick<Page, 'number'>): Delivery {
  return { kind: 'render', key: `page:${number}:card` };
}

/** Every message about it shows how it stands now. */
export function showPage(page: Pick<Page, 'number' | 'attempts'>): Delivery[] {
  const written = page.attempts.filter(({ way }) => way === 'dm');
  return [
    showPageCard(page),
    ...written.map(({ id }): Delivery => ({ kind: 'render', key: `page:${page.number}:call:${id}` })),
  ];
}

/** Everybody was called and nobody is up: whoever reads this has the telephone numbers. */
export function sayNobodyAnswers({ number, channel }: Pick<Page, 'number' | 'channel'>, operators: string): Delivery[] {
  return [...new Set([channel, operators])].map((one) => ({
    kind: 'post',
    to: { to: 'channel', channel: one },
    message: { type: 'page-unanswered', page: number },
  }));
}

/** Somebody could not be reached by this way. */
export function sayNotReached({ number, channel }: Pick<Page, 'number' | 'channel'>, { id }: PageAttempt): Delivery {
  const message = { type: 'page-not-reached', page: number, attempt: id } as const;
  return { kind: 'post', to: { to: 'channel', channel }, message };
}
