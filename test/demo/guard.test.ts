import { describe, expect, it } from 'vitest';
import { refusal } from '../../demo/server/guard.ts';

const page = { port: 3000, writes: true };
const own = { host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' };

describe('the page server', () => {
  it('lets its own page read and write', () => {
    expect(refusal(own, page)).toBeUndefined();
    expect(refusal({ host: 'localhost:3000', origin: 'http://localhost:3000' }, page)).toBeUndefined();
    expect(refusal({ host: '127.0.0.1:3000' }, { port: 3000, writes: false })).toBeUndefined();
  });

  it.each([
    [
      'a name that was made to resolve to this machine',
      { host: 'evil.example:3000', origin: 'http://evil.example:3000' },
    ],
    ['no Host at all', { origin: own.origin }],
    ['another port', { host: '127.0.0.1:3001', origin: 'http://127.0.0.1:3001' }],
    ['another page', { ...own, origin: 'https://evil.example' }],
    ['another page of this machine', { ...own, origin: 'http://127.0.0.1:8080' }],
    ['a page without an address', { ...own, origin: 'null' }],
    ['what the browser says came from another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['a write without an Origin', { host: own.host }],
  ])('refuses %s', (_, headers) => {
    expect(refusal(headers, page)).toEqual(expect.stringMatching(/\.$/));
  });
});
