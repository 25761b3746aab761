import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, it } from 'vitest';
import { contentLine, textLine, utcTime } from '../../../src/domain/text/icalendar.ts';

const octets = (line: string) => Buffer.byteLength(line);
const lines = (text: string) => text.split('\r\n').slice(0, -1);

/** What another program reads in the summary of an event. */
function read(line: string): string {
  const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${line}END:VEVENT\r\nEND:VCALENDAR\r\n`;
  return String(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')?.getFirstPropertyValue('summary'));
}

it('is read by another program as it was written, whatever is in it', () => {
  const words = fc
    .array(fc.constantFrom(...'aé;,\\:"n \n', '漢', '🔧', '👩‍🔧'), { maxLength: 120 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(words, (text) => {
      const written = textLine('SUMMARY', text);
      expect(read(written)).toBe(text);
      expect(lines(written).filter((line) => octets(line) > 75)).toEqual([]);
    }),
  );
});

it('ends every line with CR LF, and begins each folded one with a space', () => {
  const written = textLine('SUMMARY', 'é'.repeat(100));
  expect(written.endsWith('\r\n')).toBe(true);
  expect(lines(written).map(octets)).toEqual([74, 75, 61]);
  expect(
    lines(written)
      .slice(1)
      .every((line) => line.startsWith(' ')),
  ).toBe(true);
});

it('keeps a line of 75 octets whole', () => {
  expect(lines(contentLine('URL', 'x'.repeat(71)))).toHaveLength(1);
  expect(lines(contentLine('URL', 'x'.repeat(72)))).toHaveLength(2);
});

it('lets nobody begin a line of their own', () => {
  expect(textLine('SUMMARY', 'Vacuum\r\nATTENDEE:mailto:a@example.com')).toBe(
    'SUMMARY:Vacuum\\nATTENDEE:mailto:a@example.com\r\n',
  );
  expect(textLine('SUMMARY', 'a\u001b[2Jb\u202ec')).toBe('SUMMARY:a[2Jbc\r\n');
});

it('escapes what RFC 5545 says, also where other programs would forgive it', () => {
  expect(textLine('SUMMARY', 'a,b;c\\d')).toBe('SUMMARY:a\\,b\\;c\\\\d\r\n');
});

it('writes an instant in UTC', () => {
  expect(utcTime(new Date('2026-03-18T10:00:00.123Z'))).toBe('20260318T100000Z');
});
