import { describe, expect, it } from 'vitest';
import { SILENCES_PER_PAGE, silenceList } from '../../blocks/silence-list.ts';
import type { ListedSilence } from '../../src/domain/alert/listed-silence.ts';
import { minutesLater, now } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> *bold* <script>alert("x")</script> & '.repeat(80);
const shown = (rendered: { blocks: unknown[] }) => JSON.stringify(rendered.blocks);
const silence = (more: Partial<ListedSilence> = {}): ListedSilence => ({
  id: '0b5e0f3a-0000-4000-8000-000000000000',
  state: 'active',
  matchers: [
    { name: 'alertname', value: 'Slow', isRegex: false, isEqual: true },
    { name: 'env', value: '', isRegex: false },
    { name: 'pod', value: 'web-.*', isRegex: true, isEqual: false },
  ],
  startsAt: now.toISOString(),
  endsAt: minutesLater(60).toISOString(),
  createdBy: 'Charlie',
  comment: 'The disk is replaced',
  targets: ['pager'],
  alerts: 3,
  of: null,
  ...more,
});
const list = (...silences: ListedSilence[]) => silenceList({ silences, away: [], connected: 1, page: 1 });

describe('/ops silences', () => {
  it('says of each until when, by whom, what it matches and why, how many alerts that are, and ends it after asking', () => {
    const message = list(silence(), silence({ state: 'pending', alerts: 0 }));
    expect(message.text).toBe(':no_bell: *Silences in Alertmanager*: 1 under way  ·  1 to come');
    const words = shown(message);
    expect(words).toMatch(
      /:no_bell: until <!date\^[^>]*>, \*3 alerts\* {2}· {2}Charlie {2}· {2}pager\\nalertname = Slow, env = \\"\\", pod !~ web-\.\*\\n>The disk is replaced/,
    );
    expect(words).toMatch(/:hourglass: from <!date\^[^>]*> until <!date/);
    expect(words).toContain('"value":"pager 0b5e0f3a-0000-4000-8000-000000000000"');
    expect(words).toContain('The 3 alerts that it keeps quiet are told of again. Charlie opened it.');
    expect(checkMessage({ ...message })).toEqual([]);
  });

  it("names what it is kept for; a window's ends with the window", () => {
    const comment = 'Being moved (ALERT-4, asked in Slack 2026-11-21T14:00:00.000Z)';
    const ofAlerts = shown(list(silence({ of: { kind: 'alert', number: 4 }, comment })));
    expect(ofAlerts).toContain('Charlie  ·  ALERT-4');
    expect(ofAlerts).toContain('>Being moved"');
    const ofWindow = shown(list(silence({ of: { kind: 'window', number: 3 } })));
    expect(ofWindow).toContain('WIN-3');
    expect(ofWindow).not.toContain('ops.expire-silence');
  });

  it('is one screen, whatever people wrote and however many there are', () => {
    const matchers = Array.from({ length: 30 }, () => ({ name: NASTY, value: NASTY, isRegex: false }));
    const nasty = silence({ createdBy: NASTY, comment: NASTY, matchers, targets: [NASTY] });
    const many = Array.from({ length: SILENCES_PER_PAGE + 5 }, () => ({ ...nasty, targets: ['pager'] }));
    const message = silenceList({ silences: many, away: [{ target: NASTY, problem: NASTY }], connected: 2, page: 1 });
    expect(checkMessage({ ...message })).toEqual([]);
    expect(shown(message)).not.toContain('<!channel>');
    expect(shown(message)).toContain('and 5 more: `/ops silences 2`');
    expect(
      shown(silenceList({ silences: many, away: [], connected: 1, page: 2 })).match(/ops\.expire-silence/g),
    ).toHaveLength(5);
  });

  it('says when nothing is silenced, when that is not known, and when there is no Alertmanager', () => {
    expect(list().text).toBe(':bell: Nothing is silenced in Alertmanager.');
    const away = silenceList({
      silences: [],
      away: [{ target: 'pager', problem: 'it cannot be reached' }],
      connected: 1,
      page: 1,
    });
    expect(away.text).toBe(':warning: What is silenced is not known.');
    expect(shown(away)).toContain(':warning: pager could not be asked: it cannot be reached');
    expect(silenceList({ silences: [], away: [], connected: 0, page: 1 }).text).toContain('names no Alertmanager');
  });
});
