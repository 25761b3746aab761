import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excerptOf, keptOutput, keptSummary } from '../../../src/domain/duty/output.ts';

it('is kept without colours, cursor moves and other characters that steer a terminal', () => {
  expect(keptOutput('\u001b[1;31mred\u001b[0m\tend\r\n\u001b]0;title\u0007next\u202e\u0008')).toBe('red    end\nnext');
  expect(keptSummary(' one\nline \u001b[2J')).toBe('one line');
});

it('keeps the beginning and more of the end, in whole lines, and says how much is missing', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
  const kept = keptOutput(lines.join('\n'));
  const [head = '', mark = '', tail = ''] = kept.split(/\n(\[… \d+ characters left out …\])\n/);
  expect(lines.join('\n').startsWith(`${head}\n`)).toBe(true);
  expect(lines.join('\n').endsWith(`\n${tail}`)).toBe(true);
  expect(tail.length).toBeGreaterThan(2 * head.length);
  expect(head.length + tail.length + Number(/\d+/.exec(mark)?.[0])).toBe(lines.join('\n').length);
});

it('is never longer than it may be, whatever was written', () => {
  const text = fc.array(fc.string({ maxLength: 4_000 }), { maxLength: 8 }).map((parts) => parts.join('\n'));
  fc.assert(
    fc.property(text, (written) => {
      const kept = keptOutput(written);
      expect(kept.length).toBeLessThanOrEqual(10_060);
      const { excerpt, more } = excerptOf(kept);
      expect(excerpt.length).toBeLessThanOrEqual(960);
      expect(more).toBe(excerpt !== kept);
      expect(keptSummary(written).length).toBeLessThanOrEqual(300);
    }),
  );
});
