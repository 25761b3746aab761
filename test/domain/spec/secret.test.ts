import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { reveal, Secret, secretsIn } from '../../../src/domain/spec/secret.ts';

describe('Secret', () => {
  const secret = new Secret('PAGER_PHONE', 'the-real-number');

  it.each([
    ['text', String(secret)],
    ['a template', `call ${secret}`],
    ['JSON', JSON.stringify({ phone: secret })],
    ['inspect', inspect({ phone: secret }, { depth: 5, showHidden: true })],
    ['its own properties', JSON.stringify(Object.entries(secret))],
  ])('shows only its name as %s', (_how, shown) => {
    expect(shown).not.toContain('the-real-number');
    expect(shown).toContain('PAGER_PHONE');
  });

  it('gives its value to the one who asks for it', () => {
    expect(secret.reveal()).toBe('the-real-number');
    expect(reveal(secret)).toBe('the-real-number');
    expect(reveal('plain')).toBe('plain');
  });

  it('is found wherever it is in a spec', () => {
    const spec = { contacts: { alice: { name: 'Alice', phone: secret, email: null }, list: [{ url: secret }] } };
    expect(secretsIn(spec)).toEqual(['the-real-number', 'the-real-number']);
    expect(secretsIn('plain')).toEqual([]);
  });

  it.each([
    ['postgresql://ops:p%40ss+word@db.example/app', 'p@ss+word'],
    ['redis://:only-a-password@cache.example:6379', 'only-a-password'],
    ['https://user:100%25@status.example/', '100%'],
  ])('brings the password in the address %s, which drivers quote on its own', (address, password) => {
    expect(secretsIn({ url: new Secret('TARGET_URL', address) })).toEqual([address, password]);
  });

  it('is itself only, when it is an address without a password', () => {
    const address = 'https://status.example/health';
    expect(secretsIn(new Secret('TARGET_URL', address))).toEqual([address]);
  });
});
