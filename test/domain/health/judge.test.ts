import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/domain/health/sample.ts';
import { aCheck, CheckStory, MINUTE } from '../../support/check-story.ts';

const letters: Record<string, Answer> = { o: 'ok', x: 'failing', u: 'could-not-tell' };

/** A check's answers a minute apart: o good, x bad, u nothing can be told. */
function told(story: CheckStory, answers: string): CheckStory {
  for (const letter of answers) story.next(letters[letter] ?? 'ok');
  return story;
}

describe('a check', () => {
  it.each([
    ['is well after its first good answer', 1, 1, 'o', ['ok']],
    ['fails at its first bad one', 1, 1, 'x', ['failing']],
    ['fails only when so many in a row are bad', 3, 1, 'oxxoxxx', ['ok', 'failing']],
    ['recovers only when so many in a row are good', 1, 3, 'xooxooo', ['failing', 'ok']],
    ['is not made worse by an answer that tells nothing', 2, 1, 'oxuo', ['ok']],
    ['fails although an answer between the bad ones told nothing', 2, 1, 'oxux', ['ok', 'failing']],
    ['is unknown while it cannot be asked, and known again', 2, 1, 'ouuuo', ['ok', 'unknown', 'ok']],
    ['may fail right after it could not be asked', 2, 1, 'uuxx', ['unknown', 'failing']],
    [
      'flaps when it fails a third time within the hour',
      1,
      1,
      'oxoxox',
      ['ok', 'failing', 'ok', 'failing', 'ok', 'flapping'],
    ],
  ])('%s', (_what, failAfter, recoverAfter, answers, path) => {
    expect(told(new CheckStory(aCheck({ failAfter, recoverAfter })), answers).path()).toEqual(path);
  });

  it('that flaps is well again when it was good for a quarter of an hour, and no sooner', () => {
    const story = told(new CheckStory(aCheck()), `oxoxox${'o'.repeat(15)}`);
    expect(story.state().status).toBe('flapping');
    expect(story.next('ok')).toBe('calmed-down');
  });

  it('that flaps and then stays bad fails, without another word', () => {
    const story = told(new CheckStory(aCheck()), `oxoxox${'x'.repeat(16)}`);
    expect(story.path().at(-1)).toBe('failing');
    expect(story.posts()).toHaveLength(2);
  });

  it('that fails worse than before is told anew, in a message of its own, and is not another failure', () => {
    const story = new CheckStory(aCheck());
    story.next('failing', 'checkout', 'SEV2');
    const { since } = story.state();
    for (let time = 0; time < 4; time += 1) expect(story.next('failing', 'checkout', 'SEV2')).toBe('nothing-new');
    expect(story.next('failing', 'checkout', 'SEV1')).toBe('got-worse');
    expect(story.events.at(-1)?.body).toMatchObject({ from: 'failing', to: 'failing', severity: 'SEV1', group: 2 });
    expect(story.state()).toMatchObject({ since, failures: [since], group: 2 });
    expect(story.posts()).toHaveLength(2);
    expect(story.next('failing', 'checkout', 'SEV2')).toBe('eased');
    expect(story.next('could-not-tell')).toBe('could-not-tell');
    expect(story.posts().filter(({ message }) => message.type === 'checks-failing')).toHaveLength(2);
  });

  it('that got milder can get worse again, also while it flaps', () => {
    const story = told(new CheckStory(aCheck({ severity: 'SEV3' })), 'xoxox');
    expect(story.state().status).toBe('flapping');
    expect(story.next('failing')).toBe('still-flapping');
    expect(story.next('failing', 'checkout', 'SEV1')).toBe('got-worse');
    expect(story.state()).toMatchObject({ status: 'flapping', severity: 'SEV1' });
    expect(story.next('failing', 'checkout', 'SEV1')).toBe('still-flapping');
  });

  it('that fails three times in a day does not flap', () => {
    const story = new CheckStory(aCheck());
    for (let time = 0; time < 3; time += 1) {
      told(story, 'xo');
      story.now = new Date(story.now.getTime() + 90 * MINUTE);
    }
    expect(story.path()).toEqual(['failing', 'ok', 'failing', 'ok', 'failing', 'ok']);
  });

  it.each([
    ['nothing-new', 'o', 'ok'],
    ['not-yet-often-enough', 'o', 'failing'],
    ['could-not-tell', 'ou', 'could-not-tell'],
    ['nothing-new', 'ouu', 'could-not-tell'],
  ] as const)('says %s where that is why', (reason, before, answer) => {
    expect(told(new CheckStory(aCheck({ failAfter: 2 })), before).next(answer)).toBe(reason);
  });
});

describe('what depends on something', () => {
  const checks = [
    aCheck({ key: 'db', title: 'Database answers', target: 'db' }),
    aCheck({ dependsOn: ['db'] }),
    aCheck({ key: 'shop', title: 'Shop answers', dependsOn: ['checkout'] }),
  ];
  const all = (answer: Answer) => ({ db: answer, checkout: answer, shop: answer });

  it('is held while that is down: one message, about the one that is to blame', () => {
    const story = new CheckStory(...checks);
    story.answers(all('ok'));
    story.answers(all('failing'));
    expect(story.state('db').status).toBe('failing');
    expect(story.state('checkout')).toMatchObject({ status: 'held', because: 'db' });
    expect(story.state('shop')).toMatchObject({ status: 'held', because: 'db' });
    expect(story.posts()).toHaveLength(1);
  });

  it('has that asked first when it was not asked since', () => {
    const story = new CheckStory(...checks);
    story.answers(all('ok'));
    expect(story.next('failing')).toBe('asks-dependencies-first');
    expect(story.answers({ db: 'failing' })).toBe('failed-in-a-row');
    expect(story.next('failing')).toBe('held-by-dependency');
    expect(story.next('failing')).toBe('still-held');
  });

  it('fails by itself when that is well, and when that never answers', () => {
    const story = new CheckStory(...checks);
    story.answers(all('ok'));
    story.next('failing');
    story.answers({ db: 'ok' });
    expect(story.next('failing')).toBe('failed-in-a-row');
    const silent = new CheckStory(...checks);
    silent.answers({ checkout: 'ok' });
    expect(told(silent, 'xx').state().status).toBe('ok');
    expect(silent.next('failing')).toBe('failed-in-a-row');
  });

  it('is looked at afresh when that is back, and told of if it fails even so', () => {
    const story = new CheckStory(...checks);
    story.answers(all('ok'));
    story.answers(all('failing'));
    expect(story.next('ok', 'db')).toBe('recovered');
    expect(story.state().reason).toBe('dependency-is-back');
    expect(story.pulse().bad).toBeNull();
    story.answers({ checkout: 'failing' });
    expect(story.path()).toEqual(['ok', 'held', 'unknown', 'failing']);
    story.answers({ shop: 'ok' });
    expect(story.path('shop')).toEqual(['ok', 'held', 'ok']);
  });
});

describe('telling', () => {
  it('is one message for everything that begins to fail at once, and one more later', () => {
    const keys = ['a', 'b', 'c', 'd'];
    const story = new CheckStory(...keys.map((key) => aCheck({ key })));
    story.answers({ a: 'failing', b: 'failing' });
    story.next('failing', 'c');
    expect(story.posts()).toHaveLength(1);
    expect(story.deliveries.at(-1)).toEqual({ kind: 'render', key: 'checks:1:card' });
    story.now = new Date(story.now.getTime() + 5 * MINUTE);
    story.answers({ d: 'failing' });
    expect(story.posts()).toHaveLength(2);
  });

  it('of what cannot be asked is once a day, apart', () => {
    const story = told(new CheckStory(aCheck()), 'uououo');
    expect(story.posts().map(({ message }) => message.type)).toEqual(['checks-unclear']);
    story.now = new Date(story.now.getTime() + 24 * 60 * MINUTE);
    told(story, 'u');
    expect(story.posts()).toHaveLength(2);
  });

  it('of every change goes to channels that watch', () => {
    const story = new CheckStory(aCheck());
    story.watching = ['C0WATCH'];
    told(story, 'ooxo');
    expect(story.posts().filter(({ to }) => to.to === 'channel' && to.channel === 'C0WATCH')).toHaveLength(3);
  });
});

const anyAnswers = fc.array(fc.constantFrom<Answer>('ok', 'failing', 'could-not-tell'), {
  maxLength: 240,
  size: 'max',
});
const anyRules = fc.record({ failAfter: fc.integer({ min: 1, max: 4 }), recoverAfter: fc.integer({ min: 1, max: 4 }) });

describe('whatever a check answers', () => {
  it('its state is the fold of its events, and judging it again changes nothing', () => {
    fc.assert(
      fc.property(anyAnswers, anyRules, (answers, rules) => {
        const story = new CheckStory(aCheck(rules));
        for (const answer of answers) {
          story.next(answer);
          const events = story.events.length;
          story.settle(['checkout']);
          expect(story.events).toHaveLength(events);
        }
        expect(story.fold() ?? story.state()).toEqual(story.state());
      }),
      { numRuns: 60 },
    );
  });

  it('people are told at most six times in any hour', () => {
    fc.assert(
      fc.property(anyAnswers, anyRules, (answers, rules) => {
        const story = new CheckStory(aCheck(rules));
        const posted: number[] = [];
        for (const answer of answers) {
          const before = story.posts().length;
          story.next(answer);
          if (story.posts().length > before) posted.push(story.now.getTime());
        }
        for (const from of posted) {
          expect(posted.filter((at) => at >= from && at < from + 60 * MINUTE).length).toBeLessThanOrEqual(6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('it never fails on fewer bad answers in a row than its rule, nor recovers on fewer good ones', () => {
    fc.assert(
      fc.property(anyAnswers, anyRules, (answers, rules) => {
        const story = new CheckStory(aCheck(rules));
        const decisive: Answer[] = [];
        for (const answer of answers) {
          const before = story.state().status;
          story.next(answer);
          if (answer !== 'could-not-tell') decisive.push(answer);
          const { status } = story.state();
          if (status === before) continue;
          if (status === 'failing')
            expect(decisive.slice(-rules.failAfter)).toEqual(Array(rules.failAfter).fill('failing'));
          if (status === 'ok' && before === 'failing') {
            expect(decisive.slice(-rules.recoverAfter)).toEqual(Array(rules.recoverAfter).fill('ok'));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
