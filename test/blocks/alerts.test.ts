import { describe, expect, it } from 'vitest';
import { alertCard } from '../../blocks/alert-card.ts';
import { ALERTS_PER_PAGE, alertList } from '../../blocks/alert-list.ts';
import { alertFires, alertStorm, alertsAgain, alertsClear } from '../../blocks/alert-messages.ts';
import { alertMuteModal } from '../../blocks/alert-mute-modal.ts';
import { alertSilenceModal, readAlertSilenceModal } from '../../blocks/alert-silence-modal.ts';
import type { GroupSilence } from '../../src/domain/alert/group.ts';
import { alertGroup, alertSpec } from '../support/alert-story.ts';
import { alice, minutesLater, now } from '../support/incident-spec.ts';
import { checkMessage, checkView } from '../support/slack-limits.ts';

const NASTY = '<!channel> *bold* <script>alert("x")</script> & '.repeat(80);
const shown = (rendered: { blocks: unknown[] }) => JSON.stringify(rendered.blocks);
const nasty = alertGroup({
  title: NASTY,
  summary: NASTY,
  samples: Array.from({ length: 5 }, () => ({ name: NASTY, summary: NASTY, startsAt: now.toISOString(), url: '' })),
  runbook: `https://example.com/${'r'.repeat(680)}`,
  dashboard: `https://example.com/${'d'.repeat(680)}`,
  url: `https://example.com/${'u'.repeat(680)}`,
  firing: 9_999,
  truncated: 500,
  acknowledged: { by: { kind: 'slack', user: alice }, at: now.toISOString() },
  muted: { by: { kind: 'slack', user: alice }, until: minutesLater(60).toISOString(), reason: NASTY },
  incident: 7,
});

const silence: GroupSilence = {
  by: { kind: 'slack', user: alice },
  at: now.toISOString(),
  name: 'Alice',
  until: minutesLater(60).toISOString(),
  comment: 'The disk is replaced',
  matchers: [],
  ended: null,
  targets: { pager: { id: 's1', until: minutesLater(60).toISOString(), problem: null } },
};

describe('the card of a group of alerts', () => {
  it('says how bad, whose, how many, since when, which, and where to look', () => {
    const card = shown(alertCard(alertGroup(), alertSpec));
    for (const words of [
      'ALERT-3 HighLatency',
      ':large_orange_circle: 12 firing, 3 resolved, since <!date^',
      'SEV2 · Degraded performance',
      '*Service*\\nProduct search',
      '*Owner*\\nPlatform',
      'p99 above 2 s',
      '• instance host-1  ·  3.1 s',
      'and 11 more',
      '<https://example.com/runbook|Runbook>',
      '<https://example.com/d/search|Dashboard>',
      'told by <https://prometheus.example.com/graph|Alertmanager>',
    ]) {
      expect(card).toContain(words);
    }
  });

  it('that is clear says after how long, and lists nothing any more', () => {
    const over = { status: 'resolved', resolvedAt: minutesLater(12).toISOString(), firing: 0, samples: [] } as const;
    const card = shown(alertCard(alertGroup(over), alertSpec));
    expect(card).toContain(':white_check_mark: clear since');
    expect(card).toContain('after 12 min');
    expect(card).not.toContain('•');
  });

  it('offers what can still be done, and nothing else', () => {
    const ids = (more: Parameters<typeof alertGroup>[0]) =>
      (shown(alertCard(alertGroup(more), alertSpec)).match(/"action_id":"[^"]+"/g) ?? []).map((id) => id.slice(13, -1));
    const { muted, acknowledged } = nasty;
    expect(ids({})).toEqual(['alert.acknowledge', 'alert.declare', 'alert.mute']);
    expect(ids({ acknowledged, incident: 7 })).toEqual(['incident.show', 'alert.mute']);
    expect(ids({ status: 'resolved' })).toEqual([]);
    expect(ids({ status: 'resolved', muted })).toEqual(['alert.unmute']);
  });

  it('offers to silence what an Alertmanager of the spec tells of, and to end that', () => {
    const spec = { ...alertSpec, targets: { pager: { kind: 'alertmanager' as const, url: 'http://pager:9093' } } };
    const ids = (more: Parameters<typeof alertGroup>[0]) =>
      (shown(alertCard(alertGroup(more), spec)).match(/alert\.[a-z-]*silence/g) ?? []).join();
    expect(ids({})).toBe('alert.silence');
    expect(ids({ source: 'grafana' })).toBe('');
    expect(ids({ status: 'resolved' })).toBe('');
    expect(ids({ silence })).toBe('alert.end-silence');
    expect(ids({ silence, status: 'resolved' })).toBe('alert.end-silence');
    expect(ids({ silence: { ...silence, ended: { by: silence.by, at: silence.at } } })).toBe('');
  });

  it('says until when it is silenced and by whom, and what is not as it should be', () => {
    const words = (more: Partial<GroupSilence>) =>
      shown(alertCard(alertGroup({ silence: { ...silence, ...more } }), alertSpec));
    expect(words({})).toMatch(
      /:no_bell: silenced in Alertmanager until <!date\^[^>]*> by <@U0ALICE>: The disk is replaced/,
    );
    expect(words({ targets: { pager: { id: null, until: null, problem: null } } })).toContain(
      'to be silenced in Alertmanager until',
    );
    const away = words({ targets: { pager: { id: null, until: null, problem: 'it cannot be reached' } } });
    expect(away).toContain(
      ':warning: Not silenced as it should be in pager: it cannot be reached. It is tried again each minute.',
    );
    const ended = words({ ended: { by: silence.by, at: silence.at } });
    expect(ended).toContain(':bell: the silence was ended by <@U0ALICE>');
    const long = alertCard({ ...nasty, silence: { ...silence, comment: NASTY } }, alertSpec);
    expect(checkMessage({ ...long })).toEqual([]);
  });

  it('says that alerts have ended while silenced', () => {
    expect(shown(alertCard(alertGroup({ unseen: 1 }), alertSpec))).toContain(
      'One alert has ended while silenced: Alertmanager has it no more',
    );
    expect(shown(alertCard(alertGroup({ unseen: 2 }), alertSpec))).toContain('2 alerts have ended while silenced');
  });

  it('holds whatever a source sends, and calls nobody', () => {
    const card = alertCard(nasty, alertSpec);
    expect(checkMessage({ ...card })).toEqual([]);
    expect(shown(card)).not.toMatch(/<!channel>/);
  });
});

describe('the message of groups that began together', () => {
  it('is one screen, however many there are', () => {
    const worst = Array.from({ length: 10 }, (_, n) => ({ ...nasty, number: n + 1 }));
    const message = alertStorm({ firing: 9_990, resolved: 5, alerts: 12_000, worst });
    expect(checkMessage({ ...message })).toEqual([]);
    expect(message.text).toContain('9990 of 9995 groups of alerts fire');
    expect(shown(message)).toContain('and 9985 more groups');
    expect(shown(message)).not.toContain('<!channel>');
  });

  it('says when all are clear', () => {
    const message = alertStorm({ firing: 0, resolved: 3, alerts: 0, worst: [] });
    expect(message.text).toContain('All 3 groups of alerts that began together are clear');
  });
});

it('a line says that a group fires again', () => {
  const line = alertFires({ type: 'alert-fires', alert: 3, title: NASTY, firing: 2, why: 'again' });
  expect(checkMessage({ ...line })).toEqual([]);
  expect(line.text).toMatch(/\*ALERT-3\* .* fires again: 2 firing$/);
});

describe('in the channel of an incident', () => {
  it('it is proposed, and not done, that it is over', () => {
    const message = alertsClear({ type: 'alerts-clear', incident: 7, groups: 2 });
    expect(checkMessage({ ...message })).toEqual([]);
    expect(shown(message)).toContain('All 2 groups of alerts of this incident are clear.* Is it over?');
    expect(shown(message)).toContain('"action_id":"incident.resolve"');
  });

  it('alerts that fire again are named, with a way to reopen what was resolved', () => {
    const again = (open: boolean) => alertsAgain({ type: 'alerts-again', incident: 7, names: NASTY, firing: 2, open });
    expect(checkMessage({ ...again(false) })).toEqual([]);
    expect(again(false).text).toContain('fire again after INC-7 was resolved');
    expect(shown(again(false))).toContain('"action_id":"incident.reopen"');
    expect(shown(again(true))).not.toContain('action_id');
  });
});

describe('/ops alerts', () => {
  it('is a screen at a time, and says when nothing fires', () => {
    const groups = Array.from({ length: ALERTS_PER_PAGE }, (_, n) => ({ ...nasty, number: n + 1 }));
    const first = alertList({ groups, page: 1, firing: 10_000, alerts: 12_345 });
    expect(checkMessage({ ...first })).toEqual([]);
    expect(first.text).toBe('*Alerts*: 10000 groups fire, 12345 alerts in all  ·  page 1 of 834');
    expect(shown(first)).toContain('"value":"2"');
    expect(alertList({ groups: [], page: 1, firing: 0, alerts: 0 }).text).toContain('No alert fires');
  });
});

describe('the form of a silence', () => {
  const matchers = (count: number, value: string) =>
    Array.from({ length: count }, (_, n) => ({ name: `label_${n}`, value, isRegex: false }));
  const offered = {
    group: nasty,
    matchers: matchers(20, '<!channel> & x'),
    targets: ['pager'],
    matched: 3,
    others: [],
    away: [],
  };

  it('shows what it matches and how many alerts that are, and carries exactly that', () => {
    const modal = alertSilenceModal({
      ...offered,
      matchers: [...matchers(1, 'x'), { name: 'env', value: '', isRegex: false }],
    });
    if (modal === null) throw new Error('it is too long');
    const words = JSON.stringify(modal.blocks);
    expect(words).toContain('• label_0 = x\\n• env _without this label_');
    expect(words).toContain(':mag: That is 3 alerts now, all of this group.');
    expect(words).toContain('In *pager* this silences every alert with all of these labels:');
    expect(JSON.stringify(alertSilenceModal({ ...offered, matched: 1 }))).toContain('one alert now, of this group.');
    const values = {
      length: { value: { selected_option: { value: '1d' } } },
      comment: { value: { value: 'Being moved' } },
    };
    expect(readAlertSilenceModal({ private_metadata: modal.private_metadata ?? '', state: { values } })).toEqual({
      number: 3,
      matchers: [...matchers(1, 'x'), { name: 'env', value: '', isRegex: false }],
      targets: ['pager'],
      length: 86_400_000,
      comment: 'Being moved',
    });
  });

  it('warns of alerts that are not of the group, holds whatever labels say, and calls nobody', () => {
    const modal = alertSilenceModal({ ...offered, others: [NASTY, 'B', 'C', 'D'] });
    expect(checkView({ ...modal })).toEqual([]);
    expect(JSON.stringify(modal?.blocks)).not.toContain('<!channel>');
    expect(JSON.stringify(modal?.blocks)).toContain('and 8 more labels');
    expect(JSON.stringify(modal?.blocks)).toContain('*4 of them not of this group*');
  });

  it('names the Alertmanagers that could not be asked, in which nothing is silenced', () => {
    expect(JSON.stringify(alertSilenceModal(offered))).not.toContain('could not be asked');
    const away = { target: 'pager-2', problem: 'it cannot be reached' };
    const words = JSON.stringify(alertSilenceModal({ ...offered, away: [away] }));
    expect(words).toContain('Nothing is silenced where it is not known what fires: pager-2 could not be asked');
    const nastyModal = alertSilenceModal({
      ...offered,
      away: Array.from({ length: 20 }, () => ({ ...away, target: NASTY })),
    });
    expect(checkView({ ...nastyModal })).toEqual([]);
    expect(JSON.stringify(nastyModal?.blocks)).not.toContain('<!channel>');
  });

  it('is not shown where it could not carry all that is matched', () => {
    expect(alertSilenceModal({ ...offered, matchers: matchers(40, 'x'.repeat(100)) })).toBeNull();
  });
});

it('the form of a mute holds whatever its group is called', () => {
  expect(checkView({ ...alertMuteModal(nasty, minutesLater(60)) })).toEqual([]);
});
