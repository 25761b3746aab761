import { describe, expect, it } from 'vitest';
import { decideClose } from '../../../src/domain/incident/close.ts';
import type { Decided, Situation } from '../../../src/domain/incident/decision.ts';
import { decidePublish, decideWaive } from '../../../src/domain/incident/document.ts';
import { decideMitigate } from '../../../src/domain/incident/mitigate.ts';
import { decideNote } from '../../../src/domain/incident/note.ts';
import { decidePin } from '../../../src/domain/incident/pin.ts';
import { decideUpdate } from '../../../src/domain/incident/post-update.ts';
import { decideReopen } from '../../../src/domain/incident/reopen.ts';
import { decideResolve } from '../../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../../src/domain/incident/set-severity.ts';
import type { Incident, IncidentStatus } from '../../../src/domain/incident/state.ts';
import { alice, bob } from '../../support/incident-spec.ts';
import { declare, incidentOf, newStory, type Story, step, storyAt } from '../../support/incident-story.ts';

const STATES = ['identified', 'assessed', 'assigned', 'mitigating', 'resolved', 'documented', 'closed'] as const;

const message = { channel: 'C0OPS', ts: '1795269000.000100', author: bob, text: 'Found it', permalink: 'https://x/p1' };

const MOVES: Record<string, (incident: Incident, situation: Situation) => Decided> = {
  'set-severity': (incident, at) => decideSetSeverity(incident, { to: 'SEV2', reason: '' }, at),
  'set-owner': (incident, at) => decideSetOwner(incident, { owner: alice }, at),
  update: (incident, at) => decideUpdate(incident, { text: 'Still looking' }, at),
  mitigate: (incident, at) => decideMitigate(incident, { text: '' }, at),
  resolve: (incident, at) => decideResolve(incident, { summary: 'Rolled back' }, at),
  reopen: (incident, at) => decideReopen(incident, { reason: 'It is back' }, at),
  publish: (incident, at) => decidePublish(incident, { link: null }, at),
  waive: (incident, at) => decideWaive(incident, { reason: 'A drill' }, at),
  close: (incident, at) => decideClose(incident, at),
  note: (incident, at) => decideNote(incident, { text: 'Saw a spike', at: null }, at),
  pin: (incident, at) => decidePin(incident, { message, by: alice }, at),
};

const DIRTY = 'Ch\u001b[2Keck\u202e out';
const CLEAN = 'Ch[2Keck out';

/** What each verb that takes words writes of them. */
const WORDS: Record<string, (story: Story) => Decided> = {
  declare: () => declare(newStory(), { title: DIRTY, description: DIRTY }),
  'set-severity': () =>
    step(storyAt('identified'), (incident, at) => decideSetSeverity(incident, { to: 'SEV2', reason: DIRTY }, at)),
  update: (story) => step(story, (incident, at) => decideUpdate(incident, { text: DIRTY }, at)),
  mitigate: () => step(storyAt('assigned'), (incident, at) => decideMitigate(incident, { text: DIRTY }, at)),
  resolve: (story) => step(story, (incident, at) => decideResolve(incident, { summary: DIRTY }, at)),
  reopen: () => step(storyAt('resolved'), (incident, at) => decideReopen(incident, { reason: DIRTY }, at)),
  waive: () => step(storyAt('resolved'), (incident, at) => decideWaive(incident, { reason: DIRTY }, at)),
  note: (story) => step(story, (incident, at) => decideNote(incident, { text: DIRTY, at: null }, at)),
  pin: (story) =>
    step(story, (incident, at) => decidePin(incident, { message: { ...message, text: DIRTY }, by: alice }, at)),
};

it.each(Object.entries(WORDS))('%s keeps no character that would steer a screen', (_verb, say) => {
  const decided = say(storyAt('mitigating'));
  if (!decided.ok) throw new Error(decided.refusal.message);
  const written = JSON.stringify(decided.value);
  expect(written).toContain(CLEAN);
  expect(written).not.toMatch(/\\u001b|\u202e/);
});

/** Where each move leads from each state of a SEV1, or why it does not. */
const EXPECTED: Record<string, readonly string[]> = {
  'set-severity': [
    'assessed',
    'assessed',
    'assigned',
    'mitigating',
    '!already-resolved',
    '!already-resolved',
    '!already-closed',
  ],
  'set-owner': [
    '!no-severity',
    'assigned',
    'assigned',
    'mitigating',
    'resolved',
    '!already-documented',
    '!already-closed',
  ],
  update: [
    'identified',
    'assessed',
    'assigned',
    'mitigating',
    '!already-resolved',
    '!already-resolved',
    '!already-closed',
  ],
  mitigate: [
    '!no-severity',
    '!no-owner',
    'mitigating',
    '!already-mitigating',
    '!already-resolved',
    '!already-resolved',
    '!already-closed',
  ],
  resolve: [
    'resolved',
    'resolved',
    'resolved',
    'resolved',
    '!already-resolved',
    '!already-resolved',
    '!already-closed',
  ],
  reopen: [
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    'mitigating',
    'mitigating',
    'mitigating',
  ],
  publish: [
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    'documented',
    '!already-documented',
    '!already-closed',
  ],
  waive: [
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    'documented',
    '!already-documented',
    '!already-closed',
  ],
  close: [
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    '!not-resolved',
    '!postmortem-missing',
    'closed',
    '!already-closed',
  ],
  note: ['identified', 'assessed', 'assigned', 'mitigating', 'resolved', 'documented', '!already-closed'],
  pin: ['identified', 'assessed', 'assigned', 'mitigating', 'resolved', 'documented', '!already-closed'],
};

const cells = Object.entries(EXPECTED).flatMap(([move, answers]) =>
  STATES.map((status, index) => [move, status, answers[index] ?? ''] as const),
);

describe("the incident's life", () => {
  it.each(cells)('%s of an %s incident: %s', (move, status, expected) => {
    const story = storyAt(status);
    const before = incidentOf(story);
    const decided = step(story, MOVES[move] as (typeof MOVES)[string]);
    const answer = decided.ok ? incidentOf(story).status : `!${decided.refusal.code}`;
    expect(answer).toBe(expected);
    if (!decided.ok) expect(story.incident).toBe(before);
  });

  it('goes straight on to assessed when it is declared with a severity', () => {
    const story = newStory();
    declare(story, { severity: 'SEV2' });
    expect(incidentOf(story)).toMatchObject({ status: 'assessed', severity: 'SEV2', version: 2 });
  });

  it('closes a resolved incident whose severity needs no post-mortem', () => {
    const story = newStory();
    declare(story, { severity: 'SEV4' });
    step(story, MOVES['resolve'] as (typeof MOVES)[string]);
    step(story, decideClose);
    expect(incidentOf(story).status).toBe('closed');
  });

  it('tells an engineer at three in the morning exactly what to type', () => {
    const sentence = (status: IncidentStatus, move: string) => {
      const decided = step(storyAt(status), MOVES[move] as (typeof MOVES)[string]);
      return decided.ok ? '' : decided.refusal.message;
    };
    expect(sentence('assessed', 'mitigate')).toBe(
      'INC-1 has no owner yet. Type `/owner INC-1 me` (or `/owner INC-1 @somebody`), then `/incident mitigate INC-1`.',
    );
    expect(sentence('identified', 'mitigate')).toBe(
      'INC-1 has no severity yet. Type `/severity INC-1 SEV2` (SEV1 is the worst, SEV4 the mildest), then `/owner INC-1 me`, then `/incident mitigate INC-1`.',
    );
    expect(sentence('identified', 'set-owner')).toContain('then `/owner INC-1 me`.');
    expect(sentence('resolved', 'resolve')).toContain('`/incident reopen INC-1 <reason>`');
    expect(sentence('resolved', 'close')).toContain('`/postmortem waive INC-1 <reason>`');
  });

  it.each(cells.filter(([, , answer]) => answer.startsWith('!')))(
    'the refusal to %s an %s incident names it and says what would be right',
    (move, status) => {
      const decided = step(storyAt(status), MOVES[move] as (typeof MOVES)[string]);
      expect(decided.ok ? '' : decided.refusal.message).toMatch(/^INC-1 .+\.$/);
    },
  );
});
