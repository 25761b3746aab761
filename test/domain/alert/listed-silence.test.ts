import { expect, it } from 'vitest';
import { listSilences } from '../../../src/domain/alert/listed-silence.ts';
import type { Silence } from '../../../src/domain/window/silence.ts';
import { minutesLater, now } from '../../support/incident-spec.ts';

const silence = (id: string, minutes: number, state: Silence['state'] = 'active'): Silence => ({
  id,
  state,
  matchers: [],
  startsAt: (state === 'pending' ? minutesLater(minutes) : now).toISOString(),
  endsAt: minutesLater(minutes + 60).toISOString(),
  createdBy: 'Bob',
  comment: '',
});

it('those that keep alerts quiet come first, the soonest to end first; then the idle ones, at last those to come; none twice', () => {
  const silences = [
    silence('later', 90, 'pending'),
    silence('gone', 1, 'expired'),
    silence('idle', 5),
    silence('sooner', 60, 'pending'),
    silence('long', 300),
    silence('short', 10),
  ];
  const quiet = [['long'], ['short', 'long'], []];
  const there = ['am-1', 'am-2'].map((target) => ({ target, silences, quiet }));
  const listed = listSilences(there, ({ id }) => (id === 'long' ? { kind: 'window', number: 3 } : null));
  expect(listed.map(({ id, alerts }) => `${id} ${alerts}`)).toEqual([
    'short 1',
    'long 2',
    'idle 0',
    'sooner 0',
    'later 0',
  ]);
  expect(listed[1]).toMatchObject({ targets: ['am-1', 'am-2'], of: { kind: 'window', number: 3 } });
});
