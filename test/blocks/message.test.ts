import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../blocks/message.ts';
import type { Message } from '../../src/domain/delivery.ts';
import { decideNote } from '../../src/domain/incident/note.ts';
import { decideUpdate } from '../../src/domain/incident/post-update.ts';
import type { Incident, IncidentStatus } from '../../src/domain/incident/state.ts';
import { summaryOf } from '../../src/domain/incident/summary.ts';
import { alice, bob, incidentSpec, minutesLater, now } from '../support/incident-spec.ts';
import { declare, incidentOf, newStory, step, storyAt } from '../support/incident-story.ts';
import { checkMessage } from '../support/slack-limits.ts';

const STATES: IncidentStatus[] = [
  'identified',
  'assessed',
  'assigned',
  'mitigating',
  'resolved',
  'documented',
  'closed',
];
const NASTY = '<!channel> <script>alert("x")</script> & '.repeat(80);
const at = now.toISOString();
const system = { kind: 'system', job: 'test' } as const;

const render = (message: Message, incident: Incident | null = null) =>
  renderMessage(message, { incident, run: null, spec: incidentSpec });
const card = (incident: Incident) => render({ type: 'incident-card', incident: 1 }, incident);
const announcement = (incident: Incident) => render({ type: 'incident-announcement', incident: 1 }, incident);
/** Everything that Slack reads as mrkdwn; plain text it shows as it is. */
const markupOf = (rendered: { text: string; blocks: unknown[] }) =>
  [rendered.text, ...(JSON.stringify(rendered.blocks).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [])].join(' ');
const shownBy = (rendered: { text: string; blocks: unknown[] }) => JSON.stringify(rendered);
const labelsOf = (rendered: { blocks: unknown[] }) =>
  (JSON.stringify(rendered.blocks).match(/"action_id":"[^"]+"/g) ?? []).map((found) => found.slice(13, -1));

/** Every kind of message there is, with the worst that people type. */
function everyMessage(): [string, Message][] {
  const story = storyAt('resolved');
  const summary = { ...summaryOf(incidentOf(story), story.actor, now), title: NASTY, resolution: NASTY };
  const pinned = { channel: 'C1', ts: '1.1', author: null, text: NASTY, permalink: 'https://acme.slack.com/p1' };
  const said: Message[] = [
    ...story.events.flatMap(({ body }) => (body === null ? [] : [eventMessage(body)])),
    eventMessage({ kind: 'incident.noted', text: NASTY }),
    eventMessage({ kind: 'incident.updated', text: NASTY, nextUpdateDueAt: null }),
    eventMessage({
      kind: 'incident.severity_set',
      from: 'SEV1',
      to: 'SEV4',
      reason: NASTY,
      nextUpdateDueAt: null,
      announcedIn: [],
    }),
    eventMessage({ kind: 'incident.owner_set', from: alice, to: bob }),
    eventMessage({ kind: 'incident.message_pinned', message: pinned, by: alice }),
    eventMessage({ kind: 'incident.message_unpinned', channel: 'C1', ts: '1.1', by: alice }),
    eventMessage({ kind: 'incident.reopened', reason: NASTY, nextUpdateDueAt: null }),
    eventMessage({ kind: 'incident.documented', how: 'published', link: 'https://example.com/?a=1&b=2' }),
    eventMessage({ kind: 'incident.documented', how: 'waived', reason: NASTY, approver: alice }),
    eventMessage({ kind: 'incident.closed' }),
    eventMessage({ kind: 'incident.channel_opened', channel: 'C1', name: 'inc-1' }),
    eventMessage({ kind: 'incident.update_overdue', dueAt: at, told: 'owner', nextCheckAt: at }),
    eventMessage({ kind: 'incident.postmortem_reminded', dueAt: at, stage: 'due' }),
    eventMessage({ kind: 'permission.refused', verb: 'incident.close', reason: 'not-listed' }),
    eventMessage({ kind: 'event.erased', seq: 3, reason: NASTY }),
    eventMessage({ kind: 'event.expired', throughSeq: 3, before: at }),
    { type: 'update-overdue', incident: 1, dueAt: at, audience: 'owner', owner: bob },
    { type: 'update-overdue', incident: 1, dueAt: at, audience: 'channel', owner: bob },
    { type: 'update-overdue', incident: 1, dueAt: at, audience: 'channel', owner: null },
    { type: 'resolution-summary', summary },
    {
      type: 'resolution-summary',
      summary: { ...summary, severity: null, severityMinutes: [], responders: [], owner: null },
    },
    ...(['half-time', 'due', 'overdue'] as const).map(
      (stage): Message => ({ type: 'postmortem-due', incident: 1, title: NASTY, dueAt: at, stage }),
    ),
    { type: 'undeliverable', what: NASTY, where: '#incidents', reason: 'is_archived', reference: 'abc123' },
    ...(['own.degraded', 'own.recovered'] as const).map(
      (kind): Message => ({
        type: 'own-health',
        event: { kind, part: 'disk', place: NASTY, status: 'failing', reason: 'no-room', detail: NASTY, since: at },
      }),
    ),
    { type: 'anchor', root: 'f'.repeat(64), heads: 12, at },
  ];
  return said.map((message) => [message.type === 'incident-event' ? message.event.kind : message.type, message]);
}

function eventMessage(event: Extract<Message, { type: 'incident-event' }>['event']): Message {
  return { type: 'incident-event', incident: 1, event, actor: { kind: 'slack', user: alice }, occurredAt: at };
}

/** What people mark in a title, and how it stands where the whole title is bold. */
const MARKED = 'Checkout is *down* `again';
const BOLD = 'Checkout is ∗down∗ ˋagain*';

describe('every message', () => {
  it.each<[string, Message]>([
    [
      'a declaration',
      eventMessage({
        kind: 'incident.declared',
        number: 1,
        title: MARKED,
        category: null,
        service: null,
        description: '',
        origin: null,
        announcedIn: [],
      }),
    ],
    ['what was not delivered', { type: 'undeliverable', what: MARKED, where: '#a', reason: 'x', reference: 'abc123' }],
    ['a reminder of an update', { type: 'update-overdue', incident: 1, dueAt: at, audience: 'owner', owner: bob }],
    ['a reminder of a post-mortem', { type: 'postmortem-due', incident: 1, title: MARKED, dueAt: at, stage: 'due' }],
  ])('%s shows the title in bold from end to end', (_what, message) => {
    expect(shownBy(render(message, { ...incidentOf(storyAt('mitigating')), title: MARKED }))).toContain(BOLD);
  });

  it.each(everyMessage())('%s keeps to the limits of Slack and calls no channel', (_kind, message) => {
    const rendered = render(message, { ...incidentOf(storyAt('mitigating')), title: NASTY });
    expect(checkMessage({ ...rendered })).toEqual([]);
    expect(markupOf(rendered)).not.toMatch(/<!(?!date)|<script/);
  });

  it.each(STATES)('card and announcement of an %s incident keep to the limits, whatever was typed', (status) => {
    const story = newStory();
    declare(story, { title: NASTY, description: NASTY, category: 'System outage', service: 'checkout' });
    const { incident } = storyAt(status);
    const worst = {
      ...(incident as Incident),
      title: NASTY,
      description: NASTY,
      service: 'checkout',
      resolution: NASTY,
    };
    for (const rendered of [card(worst), announcement(worst), card(incidentOf(story))]) {
      expect(checkMessage({ ...rendered })).toEqual([]);
      expect(markupOf(rendered)).not.toMatch(/<!(?!date)|<script/);
    }
  });

  it('cuts a title of 3,000 characters with a visible mark', () => {
    const story = newStory();
    declare(story, { title: 'a'.repeat(3000) });
    const [header] = card(incidentOf(story)).blocks;
    expect(header).toMatchObject({ type: 'header', text: { text: expect.stringMatching(/^INC-1 a{143}…$/) } });
  });

  it('is never promised about an incident that is not there', () => {
    expect(() => render({ type: 'incident-card', incident: 1 })).toThrow(
      'incident-card was sent without what it shows',
    );
  });
});

describe('the card', () => {
  it.each([
    ['identified', 'incident.severity'],
    ['assessed', 'incident.take'],
    ['assigned', 'incident.mitigate'],
    ['mitigating', 'incident.resolve'],
    ['resolved', 'postmortem.draft'],
    ['documented', 'incident.close'],
    ['closed', 'postmortem.draft'],
  ] as const)('offers first what comes next: %s, %s', (status, next) => {
    expect(labelsOf(card(incidentOf(storyAt(status))))[0]).toBe(next);
  });

  it('offers nothing that the state refuses', () => {
    expect(labelsOf(card(incidentOf(storyAt('identified'))))).not.toContain('incident.mitigate');
    expect(labelsOf(card(incidentOf(storyAt('mitigating'))))).not.toContain('incident.mitigate');
    expect(labelsOf(card(incidentOf(storyAt('resolved'))))).not.toContain('incident.update');
    expect(labelsOf(card(incidentOf(storyAt('resolved'))))).not.toContain('incident.close');
  });

  it('offers to close a resolved incident that owes no post-mortem', () => {
    const incident = { ...incidentOf(storyAt('resolved')), postmortemDueAt: null };
    expect(labelsOf(card(incident))).toEqual([
      'incident.close',
      'postmortem.draft',
      'incident.reopen',
      'incident.timeline',
    ]);
  });

  it('carries the number of its incident in each button', () => {
    const values = shownBy(card(incidentOf(storyAt('mitigating')))).match(/"value":"[^"]*"/g);
    expect(new Set(values)).toEqual(new Set(['"value":"1"']));
  });

  it('shows the last update, and that the next one is overdue once somebody was told', () => {
    const story = storyAt('mitigating');
    step(story, (incident, situation) => decideUpdate(incident, { text: 'Half of the users are back' }, situation));
    const updated = incidentOf(story);
    const due = updated.nextUpdateDueAt ?? '';
    expect(shownBy(card(updated))).toContain('Half of the users are back');
    const unix = minutesLater(15).getTime() / 1000;
    expect(shownBy(card(updated))).toContain(`*Next update*\\ndue <!date^${unix}^`);
    const late = { ...updated, updateReminder: { dueAt: due, told: 'owner' as const, nextCheckAt: due } };
    expect(shownBy(card(late))).toContain(':warning: overdue since <!date^');
  });

  it('says by when somebody is expected to own it', () => {
    const expected = minutesLater(15).getTime() / 1000;
    expect(shownBy(card(incidentOf(storyAt('assessed'))))).toContain(`nobody yet, expected by <!date^${expected}^`);
  });
});

describe('a line in the channel', () => {
  const line = (message: Message) => render(message).text;

  it.each<[string, Parameters<typeof eventMessage>[0]]>([
    [
      'INC-1 :red_circle: Severity SEV3 :arrow_up: *SEV1* by <@U0ALICE>: Half of the users',
      {
        kind: 'incident.severity_set',
        from: 'SEV3',
        to: 'SEV1',
        reason: 'Half of the users',
        nextUpdateDueAt: null,
        announcedIn: [],
      },
    ],
    ['INC-1 :bust_in_silhouette: Owner is <@U0ALICE>', { kind: 'incident.owner_set', from: null, to: alice }],
    [
      'INC-1 :bust_in_silhouette: Owner <@U0ALICE> → <@U0BOB>, named by <@U0ALICE>',
      { kind: 'incident.owner_set', from: alice, to: bob },
    ],
    ['INC-1 :wrench: Mitigation started by <@U0ALICE>', { kind: 'incident.mitigation_started', text: '' }],
  ])('says %s', (expected, event) => {
    expect(line(eventMessage(event))).toBe(expected);
  });

  it('of a note says when it happened', () => {
    const story = storyAt('assigned');
    step(story, (incident, situation) =>
      decideNote(incident, { text: 'Saw a spike', at: minutesLater(-9) }, situation),
    );
    const [delivery] = story.deliveries;
    if (delivery?.kind !== 'post') throw new Error('a note is posted');
    expect(line(delivery.message)).toContain(`<!date^${minutesLater(-9).getTime() / 1000}^`);
  });

  it('names who is no Slack user by what they are', () => {
    const closed = { type: 'incident-event', incident: 1, event: { kind: 'incident.closed' }, occurredAt: at } as const;
    expect(line({ ...closed, actor: system })).toBe('INC-1 :lock: Closed by Mainstay');
    expect(line({ ...closed, actor: { kind: 'cli', user: 'root' } })).toContain('root (command line)');
  });
});
