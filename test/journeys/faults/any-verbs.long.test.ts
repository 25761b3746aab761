import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stories, storyteller } from './any-verbs.ts';

let room: Awaited<ReturnType<typeof storyteller>>;
beforeAll(async () => {
  room = await storyteller();
});
afterAll(() => room.close());

const STORIES = 250;

it('any sequence of verbs, several at a time and some again, leaves the fold of its events, and never an illegal state', async () => {
  await fc.assert(fc.asyncProperty(stories, room.tell), { numRuns: STORIES });
  expect(room.told()).toBe(STORIES);
});
