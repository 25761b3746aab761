import { describe, expect, it } from 'vitest';
import { alertCard } from '../../blocks/alert-card.ts';
import { alertRecurred, alertStorm } from '../../blocks/alert-messages.ts';
import { alertGroup, alertSpec } from '../support/alert-story.ts';
import { alice, minutesLater, now } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

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
  const line = alertRecurred({ type: 'alert-recurred', alert: 3, title: NASTY, firing: 2 });
  expect(checkMessage({ ...line })).toEqual([]);
  expect(line.text).toMatch(/\*ALERT-3\* .* fires again: 2 firing$/);
});
