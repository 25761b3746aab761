import { describe, expect, it } from 'vitest';
import { alertCard } from '../../blocks/alert-card.ts';
import { ALERTS_PER_PAGE, alertList } from '../../blocks/alert-list.ts';
import { alertFires, alertStorm, alertsAgain, alertsClear } from '../../blocks/alert-messages.ts';
import { alertMuteModal } from '../../blocks/alert-mute-modal.ts';
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

it('the form of a mute holds whatever its group is called', () => {
  expect(checkView({ ...alertMuteModal(nasty, minutesLater(60)) })).toEqual([]);
});
