import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/domain/text/nearest.ts';

const verbs = ['declare', 'list', 'show', 'update', 'mitigate', 'resolve', 'close', 'reopen', 'timeline', 'note'];

describe('nearest', () => {
  it.each([
    ['decalre', 'declare', 'two letters swapped'],
    ['resolv', 'resolve', 'a letter missing'],
    ['closse', 'close', 'a letter too many'],
    ['tineline', 'timeline', 'a wrong letter'],
    ['RESOLVE', 'resolve', 'capitals'],
    ['lst', 'list', 'a short word with one slip'],
  ])('%s means %s: %s', (typed, meant) => {
    expect(nearest(typed, verbs)).toBe(meant);
  });

  it.each(['banana', 'x', '', '   ', 'incident'])('suggests nothing for %j rather than something wrong', (typed) => {
    expect(nearest(typed, verbs)).toBeUndefined();
  });

  it('takes the first listed among equally near words', () => {
    expect(nearest('sev5', ['sev1', 'sev2'])).toBe('sev1');
  });

  it('counts two swapped letters as one slip', () => {
    expect(nearest('edn', ['cancel', 'end'])).toBe('end');
  });

  it('never takes one whole word for another', () => {
    expect(nearest('b', ['a'])).toBeUndefined();
  });

  it('suggests nothing when nothing is allowed', () => {
    expect(nearest('declare', [])).toBeUndefined();
  });
});
