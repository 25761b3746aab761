import { pageSubject } from '../../domain/event.ts';
import { isUnanswered, type Page, type PageAttempt } from '../../domain/page/page.ts';
import { reveal } from '../../domain/spec/secret.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { PageMessage, Pagers, Sent } from '../page-port.ts';
import type { PageDeps } from './change.ts';
import { recordAttempt } from './record.ts';

export interface AttemptDeps extends PageDeps {
  readonly pagers: Pagers;
}

/** What became of a job: `later` when it is to be tried again. */
export type AttemptMade =
  | { readonly outcome: 'sent' | 'given-up' | 'done-before' | 'pointless' }
  | { readonly outcome: 'later'; readonly detail: string };

/**
 * Sends one attempt of a page by e-mail or to its webhook, and writes down what became of it. A job that runs again after a crash
 * sends the same with the same key, unless its outcome is known.
 *
 * @param isLast whether an attempt that fails is given up
 */
export async function makeAttempt(
  deps: AttemptDeps,
  job: { readonly page: number; readonly attempt: number },
  isLast: boolean,
  over: AbortSignal,
): Promise<AttemptMade> {
  const page = await deps.store.page(job.page);
  const attempt = page?.attempts.find(({ id }) => id === job.attempt);
  if (page === null || attempt === undefined) throw new Error(`${pageSubject(job.page)} has no attempt ${job.attempt}`);
  if (attempt.outcome !== null) return { outcome: 'done-before' };
  const end = (reached: boolean, detail: string) => recordAttempt(deps, { ...job, reached, detail });
  // Nobody is woken for what somebody has taken meanwhile.
  if (attempt.action === 'trigger' && !isUnanswered(page)) {
    await end(false, 'Somebody had acknowledged before it was sent.');
    return { outcome: 'pointless' };
  }
  const sent = await send(deps, page, attempt, over);
  if (sent.outcome === 'sent') {
    await end(true, '');
    return { outcome: 'sent' };
  }
  if (sent.outcome === 'not-now' && !isLast) return { outcome: 'later', detail: sent.detail };
  const passing = sent.outcome === 'not-now' && { passing: true as const };
  await recordAttempt(deps, { ...job, reached: false, detail: sent.detail, ...passing });
  return { outcome: 'given-up' };
}

function send({ pagers, spec }: AttemptDeps, page: Page, attempt: PageAttempt, over: AbortSignal): Promise<Sent> {
  const contact = attempt.contact === null ? null : (page.contacts[attempt.contact] ?? null);
  const key = `${pageSubject(page.number)}/${attempt.id}`;
  const message: PageMessage = { key, action: attempt.action, page, contact, at: attempt.at };
  if (attempt.way === 'email') return mail(pagers, spec.current(), message, over);
  const webhook = spec.current().teams[page.team]?.paging?.webhook;
  if (webhook === undefined) return refused('The operations spec has no webhook for the team any more.');
  return pagers.post(message, webhook, over);
}

function mail(pagers: Pagers, spec: OperationsSpec, message: PageMessage, over: AbortSignal): Promise<Sent> {
  const key = message.contact?.key ?? null;
  const address = key === null ? undefined : spec.contacts[key]?.email;
  if (address === undefined) return refused('The operations spec has no e-mail address for them any more.');
  return pagers.mail(message, reveal(address), over);
}

async function refused(detail: string): Promise<Sent> {
  return { outcome: 'refused', detail };
}
