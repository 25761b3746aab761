import { describe, expect, it } from 'vitest';
import { calendarMessage, historyMessage, nextMessage } from '../../blocks/duty-lists.ts';
import { renderMessage } from '../../blocks/message.ts';
import { runHistory } from '../../blocks/run-history.ts';
import type { Message } from '../../src/domain/delivery.ts';
import type { RunEvent } from '../../src/domain/duty/events.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import { RUN_STATUSES } from '../../src/domain/duty/run.ts';
import { type RunMove, runRefusalFor } from '../../src/domain/duty/transitions.ts';
import type { CalendarEntry } from '../../src/domain/duty/upcoming.ts';
import type { StoredEvent } from '../../src/domain/event.ts';
import { aRun } from '../support/duty-story.ts';
import { alice, bob, charlie, incidentSpec, minutesLater, now } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> & '.repeat(80);
const at = now.toISOString();

/** What led to each state, with the worst that people type. */
const EVENTS: Record<DutyRun['status'], RunEvent[]> = {
  planned: [],
  due: [{ kind: 'run.due' }],
  late: [{ kind: 'run.due' }, { kind: 'run.late', nextTellAt: at }],
  done: [
    { kind: 'run.due' },
    {
      kind: 'run.done',
      late: true,
      evidence: [
        { kind: 'text', value: NASTY },
        { kind: 'link', value: `https://example.com/${'a'.repeat(3000)}` },
        ...Array.from({ length: 30 }, () => ({ kind: 'text' as const, value: NASTY })),
      ],
    },
  ],
  skipped: [{ kind: 'run.due' }, { kind: 'run.skipped', reason: NASTY }],
  missed: [{ kind: 'run.due' }, { kind: 'run.missed', asked: true }],
  failed: [{ kind: 'run.due' }, { kind: 'run.failed' }],
  waived: [{ kind: 'run.waived', of: null, reason: NASTY, approver: bob, until: at }],
  satisfied: [{ kind: 'run.satisfied', duty: 'yearly', occurrence: '2026-11-21T15:00' }],
};
const worst = {
  title: NASTY,
  description: NASTY,
  checklist: Array<string>(60).fill(NASTY),
  clauses: Array<string>(60).fill('004:L128'),
};
const ALSO: RunEvent[] = [
  { kind: 'run.cannot', reason: NASTY },
  { kind: 'run.snoozed', until: at },
  { kind: 'run.escalated', why: 'cannot', told: charlie, nextTellAt: null },
];

const render = (message: Message, run: DutyRun | null = null) =>
  renderMessage(message, { incident: null, run, spec: incidentSpec });
const card = (run: DutyRun) => render({ type: 'run-card', run: 1 }, run);
const announcement = (run: DutyRun) => render({ type: 'run-announcement', run: 1 }, run);
const shownBy = (rendered: object) => JSON.stringify(rendered);
const markupOf = (rendered: { text: string; blocks: readonly unknown[] }) =>
  [rendered.text, ...(shownBy(rendered.blocks).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [])].join(' ');
const buttonsOf = (rendered: { blocks: readonly unknown[] }) =>
  (shownBy(rendered.blocks).match(/"action_id":"[^"]+"/g) ?? []).map((found) => found.slice(13, -1));
const lines = (rendered: object) => shownBy(rendered).replaceAll('\\n', '\n');

function fits(rendered: ReturnType<typeof render>): void {
  expect(checkMessage({ ...rendered })).toEqual([]);
  expect(markupOf(rendered)).not.toMatch(/<!(?!date)|<script/);
}

describe('the card of a run', () => {
  it.each(RUN_STATUSES)('%s keeps to the limits of Slack, whatever was typed', (status) => {
    fits(card(aRun(worst, EVENTS[status])));
    fits(card(aRun(worst, [...ALSO, ...EVENTS[status]])));
    fits(announcement(aRun(worst, EVENTS[status])));
  });

  it.each(RUN_STATUSES)('%s offers nothing that its state refuses', (status) => {
    const run = aRun({}, EVENTS[status]);
    for (const id of buttonsOf(card(run))) expect(runRefusalFor(id.replace('run.', '') as RunMove, run)).toBeNull();
  });

  it('says what is asked, of whom, until when, and by which clause', () => {
    const shown = lines(card(aRun()));
    expect(shown).toContain('RUN-1 Backup verification');
    expect(shown).toContain('*Owner*\nPlatform');
    expect(shown).toContain(`*Due*\n<!date^${now.getTime() / 1000}^`);
    expect(shown).toContain(`in time until <!date^${minutesLater(240).getTime() / 1000}^`);
    expect(shown).toContain('*Taken by*\nnobody yet');
    expect(shown).toContain('*Evidence*\nrequired: words or a link');
    expect(shown).toContain(':white_large_square: Backups completed\n:white_large_square: Integrity checked');
    expect(shown).toContain('<https://example.com/backups|Runbook>  ·  preventive maintenance  ·  clause 004:L49');
  });

  it('offers to take it first, and once somebody has it to finish it', () => {
    const primary = (run: DutyRun) => /"action_id":"([^"]+)"[^}]*}[^}]*"style":"primary"/.exec(shownBy(card(run)))?.[1];
    expect(primary(aRun())).toBe('run.take');
    expect(primary(aRun({ takenBy: bob }))).toBe('run.done');
    expect(lines(card(aRun({ takenBy: bob })))).toContain(`*Taken by*\n<@${bob}>`);
  });

  it('has no checklist to open where there is none', () => {
    expect(buttonsOf(card(aRun()))).toContain('run.tick');
    expect(buttonsOf(card(aRun({ checklist: [] })))).not.toContain('run.tick');
  });

  it('shows which steps are ticked, who cannot, who was told and who comes back to it', () => {
    const run = aRun({}, [
      { kind: 'run.due' },
      { kind: 'run.ticked', items: [1] },
      { kind: 'run.cannot', reason: 'No access' },
      { kind: 'run.snoozed', until: at },
      { kind: 'run.escalated', why: 'cannot', told: charlie, nextTellAt: null },
    ]);
    const shown = lines(card(run));
    expect(shown).toContain(':white_large_square: Backups completed\n:white_check_mark: Integrity checked');
    expect(shown).toContain(`<@${alice}> cannot: No access`);
    expect(shown).toContain(`:bell: Told: <@${charlie}>`);
    expect(shown).toContain(`:zzz: <@${alice}> comes back to it`);
  });

  it('shows what proves that it was done', () => {
    const done: RunEvent = {
      kind: 'run.done',
      late: false,
      evidence: [
        { kind: 'text', value: 'All 12 backups are whole' },
        { kind: 'link', value: 'https://example.com/report' },
      ],
    };
    const shown = lines(card(aRun({}, [{ kind: 'run.due' }, done])));
    expect(shown).toContain(`Done by <@${alice}>`);
    expect(shown).toContain('*Evidence*\nAll 12 backups are whole\n<https://example.com/report>');
    expect(buttonsOf(card(aRun({}, [{ kind: 'run.due' }, done])))).toEqual([]);
  });

  it('that has ended says in a line how, and asks for nothing any more', () => {
    const ticked: RunEvent = { kind: 'run.ticked', items: [1] };
    const { blocks } = card(aRun({}, [{ kind: 'run.due' }, ticked, { kind: 'run.skipped', reason: 'Moved away' }]));
    expect(lines(blocks)).toMatch(/Skipped .*Moved away\nWas due <!date[^>]+>, Platform, 1 of 2 steps ticked/);
    expect(lines(blocks)).not.toContain('Backups completed');
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'context']);
  });
});

describe('what is said about a run', () => {
  const line = (event: RunEvent): Message => ({
    type: 'run-event',
    run: 1,
    title: NASTY,
    event,
    actor: { kind: 'slack', user: alice },
    occurredAt: at,
  });
  const contact = (why: 'late' | 'missed' | 'cannot', reason: string | null): Message => ({
    type: 'run-escalation',
    run: 1,
    title: NASTY,
    owner: 'platform',
    dueAt: at,
    why,
    reason,
  });
  const said: [string, Message][] = [
    ['that it is late', line({ kind: 'run.late', nextTellAt: null })],
    ['that it was missed', line({ kind: 'run.missed', asked: true })],
    ['that it was missed unasked', line({ kind: 'run.missed', asked: false })],
    ['that somebody cannot', line({ kind: 'run.cannot', reason: NASTY })],
    ['to a contact when it is late', contact('late', null)],
    ['to a contact when it was missed', contact('missed', null)],
    ['to a contact when somebody cannot', contact('cannot', NASTY)],
    ['to whom a snooze ends', { type: 'run-reminder', run: 1, title: NASTY, dueAt: at }],
    [
      'after an outage',
      {
        type: 'runs-missed',
        owner: 'platform',
        count: 40,
        runs: Array.from({ length: 10 }, (_, i) => ({ run: i + 1, title: NASTY, dueAt: at })),
      },
    ],
  ];

  it.each(said)('%s keeps to the limits of Slack and calls no channel', (_what, message) => {
    fits(render(message));
  });

  it('to a contact has the button that helps, but none for what is over', () => {
    expect(buttonsOf(render(contact('late', null)))).toEqual(['run.take', 'run.show']);
    expect(buttonsOf(render(contact('missed', null)))).toEqual(['run.show']);
  });

  it('beforehand says when it will be due, and later only what became of it', () => {
    expect(announcement(aRun({}, [])).text).toMatch(
      /^:calendar: \*RUN-1\* Backup verification will be due <!date.* Platform answers for it\.$/,
    );
    expect(announcement(aRun({ takenBy: bob }, [])).text).toContain(`<@${bob}> does it.`);
    expect(announcement(aRun({}, EVENTS.skipped)).text).toContain(`: skipped by <@${alice}>: @channel`);
    expect(buttonsOf(announcement(aRun({}, EVENTS.skipped)))).toEqual([]);
  });
});

describe('what falls due', () => {
  const entry = (duty: string, hour: number, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
    duty,
    title: duty,
    owner: 'platform',
    at: minutesLater(60 * hour),
    local: '',
    zone: 'UTC',
    ...more,
  });
  const asked = { to: minutesLater(60 * 24 * 7), owner: null };

  it('is a line each, in order; what happens all the time is one line', () => {
    const hourly = Array.from({ length: 168 }, (_, hour) => entry('Heartbeat', hour));
    const shown = lines(
      calendarMessage([...hourly, entry('Restore drill', 5), entry('Rotate keys', 9)], asked, incidentSpec),
    );
    expect(shown.indexOf('Restore drill')).toBeLessThan(shown.indexOf('Rotate keys'));
    expect(shown.match(/Heartbeat/g)).toHaveLength(1);
    expect(shown).toContain('*Heartbeat*  ·  Platform  ·  168 times');
  });

  it('keeps to one screen and says how many were left out', () => {
    const many = Array.from({ length: 100 }, (_, index) => entry(`d${index}`, index, { title: NASTY }));
    const message = calendarMessage(many, asked, incidentSpec);
    fits(message);
    expect(shownBy(message)).toContain('and 76 more.');
    const often = Array.from({ length: 400 }, (_, index) => entry(`d${index % 40}`, index, { title: NASTY }));
    fits(calendarMessage([...many, ...often], asked, incidentSpec));
    expect(shownBy(calendarMessage(often, asked, incidentSpec))).toContain('and 16 more.');
    const runs = Array.from({ length: 100 }, (_, index) => ({ ...aRun(worst), number: index + 1 }));
    fits(nextMessage({ open: runs, coming: many }, incidentSpec));
    const ended = Array.from({ length: 100 }, () => aRun(worst, EVENTS.done));
    fits(historyMessage(ended, NASTY, incidentSpec));
  });

  it('may be nothing, which is said in words', () => {
    expect(calendarMessage([], { ...asked, owner: 'platform' }, incidentSpec).text).toContain('nothing falls due');
    expect(nextMessage({ open: [], coming: [] }, incidentSpec).text).toBe(':white_check_mark: Nothing is open.');
    expect(historyMessage([], 'dba', incidentSpec).text).toContain('Nothing of dba has ended yet.');
  });
});

describe('what happened to one run', () => {
  it('is told in order, each with its place in the log, and what was erased is said to be', () => {
    const all: RunEvent[] = [
      { kind: 'run.announced' },
      { kind: 'run.due' },
      { kind: 'run.taken', from: bob, by: alice },
      { kind: 'run.ticked', items: [0] },
      { kind: 'run.reminded' },
      ...ALSO,
      ...EVENTS.done.slice(1),
      ...EVENTS.skipped.slice(1),
      ...EVENTS.missed.slice(1),
      { kind: 'run.missed', asked: false },
      { kind: 'run.escalated', why: 'late', told: null, nextTellAt: null },
      ...EVENTS.waived,
      { kind: 'run.waived', of: 3, reason: NASTY, approver: 'root', until: null },
      ...EVENTS.satisfied,
      { kind: 'permission.refused', verb: 'duty.skip', reason: 'not-listed' },
      { kind: 'event.erased', seq: 3, reason: NASTY },
      { kind: 'event.expired', throughSeq: 3, before: at },
    ];
    const stored = (body: RunEvent | null, index: number): StoredEvent<RunEvent> => ({
      subject: 'RUN-1',
      seq: index + 1,
      actor: { kind: 'slack', user: alice },
      kind: body?.kind ?? 'run.cannot',
      occurredAt: now,
      recordedAt: now,
      body,
    });
    const message = runHistory(aRun(), [null, ...all].map(stored));
    fits(message);
    const shown = lines(message);
    expect(shown).toContain(`:bust_in_silhouette: taken by <@${alice}>, from <@${bob}>  \`RUN-1#4\``);
    expect(shown).toContain('what `run.cannot` said was erased  `RUN-1#1`');
    const long = runHistory(aRun(), Array(300).fill({ kind: 'run.cannot', reason: NASTY }).map(stored));
    fits(long);
    expect(shownBy(long)).toContain('260 earlier left out');
  });
});
