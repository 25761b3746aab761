import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../blocks/message.ts';
import { pageList } from '../../blocks/page-lists.ts';
import { pageModal } from '../../blocks/page-modal.ts';
import { decideAcknowledge } from '../../src/domain/page/acknowledge.ts';
import { follow } from '../../src/domain/page/apply.ts';
import { endAttempt } from '../../src/domain/page/attempt.ts';
import { lookAtPage } from '../../src/domain/page/look.ts';
import type { Page } from '../../src/domain/page/page.ts';
import { bob, minutesLater } from '../support/incident-spec.ts';
import { aPage, NIGHT, pagingSpec, SYSTEM } from '../support/page-story.ts';
import { checkMessage, checkView } from '../support/slack-limits.ts';

const at = (minutes: number, actor: Parameters<typeof decideAcknowledge>[1]['actor'] = SYSTEM) => ({
  actor,
  now: minutesLater(minutes, NIGHT),
  spec: pagingSpec(),
});
const render = (page: Page, message: Parameters<typeof renderMessage>[0]) =>
  renderMessage(message, { incident: null, run: null, page, spec: pagingSpec() });
const written = (page: Page, message: Parameters<typeof renderMessage>[0]) => JSON.stringify(render(page, message));

/** A page whose every message failed, as long as it can get. */
function worst(): Page {
  const detail = '<!channel> '.repeat(200);
  let page = aPage(undefined, { title: '<!channel> *'.repeat(100), detail });
  for (let minute = 0; minute <= 45; minute += 5) {
    const { decision } = lookAtPage(page, at(minute));
    page = decision === null ? page : follow(page, 1, decision.events);
    for (const { id, outcome } of page.attempts) {
      const end = outcome === null ? endAttempt(page, { attempt: id, reached: id > 1, detail }, at(minute)) : null;
      page = end === null ? page : follow(page, 1, end.events);
    }
  }
  return page;
}

describe('the messages of a page', () => {
  it('name the user group while nobody is up, and nobody afterwards; a button to press, then a button to take the incident', () => {
    const page = aPage(undefined, { subject: { of: 'incident', incident: 7 } });
    const card = { type: 'page-card', page: 1 } as const;
    expect(render(page, card).text).toContain('<!subteam^S0PLATFORM>');
    expect(written(page, card)).toContain('page.acknowledge');
    const decided = decideAcknowledge(page, at(1, { kind: 'slack', user: bob }));
    const up = follow(page, 1, decided.ok ? decided.value.events : []);
    expect(render(up, card).text).toContain(`Acknowledged by <@${bob}>`);
    expect(written(up, card)).not.toContain('subteam');
    expect(written(up, card)).not.toContain('page.acknowledge');
    expect(written(up, { type: 'page-call', page: 1, attempt: 1 })).toContain('incident.take');
  });

  it('give the telephone numbers when somebody cannot be reached or nobody answers', () => {
    const page = worst();
    expect(page.status).toBe('exhausted');
    for (const type of ['page-unanswered', 'page-not-reached'] as const) {
      const message = type === 'page-unanswered' ? { type, page: 1 } : { type, page: 1, attempt: 1 };
      expect(written(page, message)).toContain('+33 1 23 45 67 89');
      expect(written(page, message)).toContain('Charlie: no number in the operations spec');
    }
  });

  it('keep within what Slack takes, and call nobody by words that people typed', () => {
    const page = worst();
    const messages = [
      { type: 'page-card', page: 1 },
      { type: 'page-call', page: 1, attempt: 1 },
      { type: 'page-not-reached', page: 1, attempt: 1 },
      { type: 'page-unanswered', page: 1 },
    ] as const;
    for (const message of messages) {
      const { text, blocks } = render(page, message);
      expect(checkMessage({ text, blocks })).toEqual([]);
      expect(JSON.stringify(blocks)).not.toContain('<!channel>');
    }
    const list = pageList([page, aPage()], Array(30).fill(page), pagingSpec());
    expect(checkMessage({ ...list })).toEqual([]);
    const form = pageModal('platform', 'Disk full', pagingSpec());
    expect(form === null ? ['no form'] : checkView({ ...form })).toEqual([]);
  });
});
