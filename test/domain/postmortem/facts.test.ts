import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../../src/domain/incident/timeline.ts';
import type { PostmortemFacts } from '../../../src/domain/postmortem/facts.ts';
import { alice, bob, charlie, minutesLater } from '../../support/incident-spec.ts';
import { declare, newStory, storyAt } from '../../support/incident-story.ts';
import { draftOf, wholeStory } from '../../support/postmortem-story.ts';

const MINUTE = 60_000;
const story = wholeStory();
const { facts } = draftOf(story);

/** The kind of event that a fact says it comes from. */
function kindAt(cite: string): string | undefined {
  return story.events.find((event) => `INC-1#${event.seq}` === cite)?.kind;
}

const periods = (of: PostmortemFacts) =>
  of.severityPeriods.map(({ severity, from, to }) => [
    severity,
    minutesAfter(from),
    to === null ? null : minutesAfter(to.at),
  ]);
const minutesAfter = (instant: Date) => (instant.getTime() - minutesLater(0).getTime()) / MINUTE;

describe('the facts of a post-mortem', () => {
  it('have the minutes at each severity, without the time it stood resolved', () => {
    expect(periods(facts)).toEqual([
      ['SEV3', 0, 4],
      ['SEV1', 4, 60],
      ['SEV1', 90, 100],
    ]);
  });

  it('have a window of impact from each beginning to each end', () => {
    expect(facts.impact.map(({ from, to }) => [minutesAfter(from), to && minutesAfter(to.at)])).toEqual([
      [0, 60],
      [90, 100],
    ]);
  });

  it('have the times to acknowledge, mitigate and resolve', () => {
    expect(facts.acknowledged).toMatchObject({ after: 6 * MINUTE, owner: bob, by: { user: alice } });
    expect(facts.mitigated).toMatchObject({ after: 25 * MINUTE });
    expect(facts.resolved).toMatchObject({ after: 100 * MINUTE, summary: 'Cache emptied' });
  });

  it('have the responders in order of appearance', () => {
    expect(facts.responders.map(({ user }) => user)).toEqual([alice, bob, charlie]);
  });

  it('cite the event that says so', () => {
    expect([
      kindAt(facts.declared.cite),
      ...facts.severityPeriods.map(({ cite }) => kindAt(cite)),
      ...facts.severityPeriods.map(({ to }) => kindAt(to?.cite ?? '')),
      kindAt(facts.acknowledged?.cite ?? ''),
      kindAt(facts.mitigated?.cite ?? ''),
      kindAt(facts.resolved?.cite ?? ''),
      kindAt(facts.overdueUpdates[0]?.cite ?? ''),
    ]).toEqual([
      'incident.declared',
      'incident.severity_set',
      'incident.severity_set',
      'incident.reopened',
      'incident.severity_set',
      'incident.resolved',
      'incident.resolved',
      'incident.owner_set',
      'incident.mitigation_started',
      'incident.resolved',
      'incident.update_overdue',
    ]);
    for (const entry of facts.timeline) expect(kindAt(entry.cite)).toBe(entry.event.kind);
    expect(facts.upTo).toBe(`INC-1#${story.events.length}`);
  });

  it('end at the clock for what is still running', () => {
    const open = draftOf(storyAt('mitigating'), 30).facts;
    expect(open.impact).toMatchObject([{ to: null }]);
    expect(open.resolved).toBeNull();
  });

  it('do not call it an acknowledgement when an owner was named after the end', () => {
    const late = newStory();
    declare(late, { severity: 'SEV2' });
    const { events } = wholeStory();
    const resolved = events.find((event) => event.kind === 'incident.resolved');
    const named = events.find((event) => event.kind === 'incident.owner_set');
    if (resolved === undefined || named === undefined) throw new Error('the story has both');
    late.events.push({ ...resolved, seq: 3 }, { ...named, seq: 4, occurredAt: minutesLater(70) });
    expect(draftOf(late).facts.acknowledged).toBeNull();
  });
});

describe('the timeline', () => {
  const told = facts.timeline.map(({ event, at }) => `${minutesAfter(at)} ${event.kind.replace('incident.', '')}`);

  it('is in the order in which things happened, pinned messages at the time they were posted', () => {
    expect(told).toEqual([
      '-9 noted',
      '0 declared',
      '0 severity_set',
      '4 severity_set',
      '6 owner_set',
      '18 message_pinned',
      '20 updated',
      '25 mitigation_started',
      '60 resolved',
      '90 reopened',
      '100 resolved',
    ]);
  });

  it('shows a message once however many pinned it, and not at all once the last took it back', () => {
    const pinned = facts.timeline.flatMap(({ event }) =>
      event.kind === 'incident.message_pinned' ? event.message.text : [],
    );
    expect(pinned).toEqual(['It is the cache']);
    const byAlice = story.events.find(({ kind }) => kind === 'incident.message_unpinned');
    if (byAlice?.body?.kind !== 'incident.message_unpinned') throw new Error('the story has one');
    const cache = story.events.find(({ kind }) => kind === 'incident.message_pinned');
    const ts = cache?.body?.kind === 'incident.message_pinned' ? cache.body.message.ts : '';
    const takenBack = (by: string, seq: number) => ({
      ...byAlice,
      seq,
      body: { ...byAlice.body, ts, by } as typeof byAlice.body,
    });
    const shown = (events: typeof story.events) =>
      timelineOf(events).some(({ event }) => event.kind === 'incident.message_pinned');
    expect(shown([...story.events, takenBack(alice, 90)])).toBe(true);
    expect(shown([...story.events, takenBack(alice, 90), takenBack(bob, 91)])).toBe(false);
  });

  it('keeps the shape of what was erased by law, without its words', () => {
    const erased = story.events.map((event) => (event.kind === 'incident.noted' ? { ...event, body: null } : event));
    expect(timelineOf(erased)[0]).toMatchObject({ event: { kind: 'incident.noted', text: '[erased]' } });
  });
});
