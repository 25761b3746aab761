import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../src/domain/incident/apply.ts';
import { decideClose } from '../../../src/domain/incident/close.ts';
import type { Decided, Situation } from '../../../src/domain/incident/decision.ts';
import { decidePublish, decideWaive } from '../../../src/domain/incident/document.ts';
import { decideMitigate } from '../../../src/domain/incident/mitigate.ts';
import { decideNote } from '../../../src/domain/incident/note.ts';
import { decideChannelOpened } from '../../../src/domain/incident/open-channel.ts';
import { decidePin, decideUnpin } from '../../../src/domain/incident/pin.ts';
import { decideUpdate } from '../../../src/domain/incident/post-update.ts';
import { decideReopen } from '../../../src/domain/incident/reopen.ts';
import { decideResolve } from '../../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../../src/domain/incident/set-severity.ts';
import { SEVERITIES } from '../../../src/domain/incident/severity.ts';
import type { Incident } from '../../../src/domain/incident/state.ts';
import { faultsOf } from '../../support/incident-faults.ts';
import { alice, bob, charlie, minutesLater } from '../../support/incident-spec.ts';
import { declare, incidentOf, newStory, type Story, step } from '../../support/incident-story.ts';

type Move = { name: string; by: string; run: (incident: Incident, situation: Situation) => Decided };

const person = fc.constantFrom(alice, bob, charlie);
const text = fc.constantFrom('', '  ', 'Rolled back', '<!channel> & "x"');
const ts = fc.constantFrom('1795269000.000100', '1795269060.000200');

const move: fc.Arbitrary<Move> = fc
  .tuple(
    person,
    fc.oneof(
      fc.tuple(fc.constant('severity'), fc.constantFrom(...SEVERITIES)).map(([name, to]) => ({
        name: `${name} ${to}`,
        run: (incident: Incident, at: Situation) => decideSetSeverity(incident, { to, reason: '' }, at),
      })),
      person.map((owner) => ({
        name: `owner ${owner}`,
        run: (incident: Incident, at: Situation) => decideSetOwner(incident, { owner }, at),
      })),
      fc
        .tuple(fc.constantFrom('update', 'mitigate', 'resolve', 'reopen', 'note', 'waive'), text)
        .map(([name, words]) => ({
          name: `${name} "${words}"`,
          run: (incident: Incident, at: Situation) => withText(name, words, incident, at),
        })),
      fc.constantFrom('publish', 'close', 'channel').map((name) => ({
        name,
        run: (incident: Incident, at: Situation) => withoutText(name, incident, at),
      })),
      fc.tuple(fc.boolean(), ts, person).map(([on, message, by]) => ({
        name: `${on ? 'pin' : 'unpin'} ${message} ${by}`,
        run: (incident: Incident, at: Situation) => pinOrUnpin(on, message, by, incident, at),
      })),
    ),
  )
  .map(([by, { name, run }]) => ({ name, by, run }));

function withText(name: string, words: string, incident: Incident, at: Situation): Decided {
  if (name === 'update') return decideUpdate(incident, { text: words }, at);
  if (name === 'mitigate') return decideMitigate(incident, { text: words }, at);
  if (name === 'resolve') return decideResolve(incident, { summary: words }, at);
  if (name === 'reopen') return decideReopen(incident, { reason: words }, at);
  if (name === 'waive') return decideWaive(incident, { reason: words }, at);
  return decideNote(incident, { text: words, at: minutesLater(-20, at.now) }, at);
}

function withoutText(name: string, incident: Incident, at: Situation): Decided {
  if (name === 'publish') return decidePublish(incident, { link: null }, at);
  if (name === 'close') return decideClose(incident, at);
  return decideChannelOpened(incident, { id: 'C0INC1', name: 'inc-1-checkout' }, at);
}

function pinOrUnpin(on: boolean, message: string, by: string, incident: Incident, at: Situation): Decided {
  const where = { channel: 'C0OPS', ts: message };
  if (!on) return decideUnpin(incident, { ...where, by }, at);
  return decidePin(incident, { message: { ...where, author: bob, text: 'x', permalink: 'https://x/1' }, by }, at);
}

function play(
  severity: (typeof SEVERITIES)[number] | null,
  moves: readonly Move[],
  each: (story: Story) => void,
): Story {
  const story = newStory();
  declare(story, { severity });
  each(story);
  for (const { by, run } of moves) {
    story.now = minutesLater(7, story.now);
    story.actor = { kind: 'slack', user: by };
    step(story, run);
    each(story);
  }
  return story;
}

const stories = [fc.option(fc.constantFrom(...SEVERITIES)), fc.array(move, { maxLength: 40 })] as const;

describe('any sequence of commands', () => {
  it('leaves a state that equals the fold of its events, also through JSON', () => {
    fc.assert(
      fc.property(...stories, (severity, moves) => {
        const story = play(severity, moves, () => {});
        const fold = story.events.reduce<Incident | null>(apply, null);
        expect(story.incident).toEqual(fold);
        expect(JSON.parse(JSON.stringify(story.incident))).toEqual(fold);
        expect(fold?.version).toBe(story.events.length);
      }),
    );
  });

  it('never leaves an illegal state', () => {
    fc.assert(
      fc.property(...stories, (severity, moves) => {
        play(severity, moves, (story) => {
          expect(faultsOf(incidentOf(story))).toEqual([]);
        });
      }),
    );
  });
});
