import { describe, expect, it } from 'vitest';
import { cleaned, withoutControls } from '../../../src/domain/text/controls.ts';

describe('what was typed', () => {
  it.each([
    ['\u001b[31mred\u001b[0m \u0000\u0007\u007f\u009b2J', '[31mred[0m 2J'],
    ['\u202eno such \u2066order\u2069\u200e\u200f\u061c', 'no such order'],
    ['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
    ['  \u200e \u0007 ', ''],
  ])('%j loses what would steer a screen', (text, kept) => {
    expect(cleaned(text)).toBe(kept);
  });

  it.each(['הקופה לא עובדת', 'الدفع معطل', '👩\u200d🚒 and 🏳️\u200d🌈', 'می\u200cخواهم'])(
    '%s stays as it is',
    (text) => {
      expect(cleaned(text)).toBe(text);
    },
  );
});

it('leaves spaces and line ends alone where a text is only shown', () => {
  expect(withoutControls('  a\u001b\n\tb \n')).toBe('  a\n\tb \n');
});
