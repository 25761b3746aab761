import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_CHAIN, type SealedEvent, seal } from '../../../src/adapters/postgres/chain.ts';
import { digestOf, hashOf } from '../../../src/adapters/postgres/hash.ts';
import { alice, draft, storeHarness } from './store-harness.ts';

const subject = 'INC-1';
const chain = (bodies: readonly { kind: string }[]) =>
  seal(
    bodies.map((body) => ({ subject, draft: draft(body) })),
    new Map([[subject, EMPTY_CHAIN]]),
  );
const bodies = fc.array(
  fc.dictionary(fc.string(), fc.jsonValue()).map((said) => ({ ...said, kind: 'incident.noted' })),
  { minLength: 1, maxLength: 6 },
);

/** What a stranger checks, written down again: each event's hash, its digest, and that it names its predecessor. */
function verifies(events: readonly SealedEvent[]): boolean {
  return events.every(
    (event, index) =>
      event.seq === index + 1 &&
      event.prevHash === (events[index - 1]?.hash ?? '0'.repeat(64)) &&
      event.digest === digestOf(event.salt, event.body) &&
      event.hash === hashOf(event),
  );
}

describe('a chain', () => {
  it('verifies as it was sealed, and its head is its last event', () => {
    fc.assert(
      fc.property(bodies, (said) => {
        const { sealed, heads } = chain(said);
        expect(verifies(sealed)).toBe(true);
        expect(heads.get(subject)).toMatchObject({ seq: said.length, hash: sealed.at(-1)?.hash });
      }),
    );
  });

  it('does not verify when anything in any event is another', () => {
    const changes: ((event: SealedEvent) => Partial<SealedEvent>)[] = [
      () => ({ v: 2 }),
      () => ({ subject: 'INC-2' }),
      ({ occurredAt }) => ({ occurredAt: new Date(occurredAt.getTime() + 1) }),
      ({ recordedAt }) => ({ recordedAt: new Date(recordedAt.getTime() - 1) }),
      () => ({ actor: { kind: 'slack', user: 'UBOB' } }),
      () => ({ actor: { ...alice, kind: 'cli' } }),
      () => ({ kind: 'incident.updated' }),
      ({ salt }) => ({ salt: `${salt}0` }),
      () => ({ body: { kind: 'incident.noted', text: 'something else' } }),
      ({ digest }) => ({ digest: digest.replaceAll(/./g, '0') }),
      ({ hash }) => ({ hash: hash.replaceAll(/./g, '0') }),
      ({ seq }) => ({ seq: seq + 1 }),
    ];
    fc.assert(
      fc.property(bodies, fc.nat(), fc.constantFrom(...changes), (said, at, change) => {
        const { sealed } = chain(said);
        const victim = at % sealed.length;
        const altered = sealed.map((event, index) => (index === victim ? { ...event, ...change(event) } : event));
        expect(verifies(altered)).toBe(false);
      }),
    );
  });

  it('gives the same words another digest each time, so that erased words cannot be guessed from it', () => {
    const { sealed } = chain([{ kind: 'incident.noted' }, { kind: 'incident.noted' }]);
    expect(sealed[0]?.digest).not.toBe(sealed[1]?.digest);
  });

  it('cannot be written without having been locked', () => {
    expect(() => seal([{ subject, draft: draft({ kind: 'incident.noted' }) }], new Map())).toThrow(
      'The chain INC-1 should have been locked',
    );
  });
});

describe('PostgreSQL', () => {
  let harness: Awaited<ReturnType<typeof storeHarness>>;
  beforeAll(async () => {
    harness = await storeHarness();
  });
  afterAll(() => harness.close());

  it('gives back any body so that its digest is the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (said) => {
        const { sealed } = chain([{ ...said, kind: 'incident.noted' }]);
        const [event] = sealed;
        const { rows } = await harness.db.pool.query('select $1::jsonb as body', [JSON.stringify(event?.body)]);
        expect(digestOf(event?.salt ?? '', rows[0].body)).toBe(event?.digest);
      }),
    );
  });
});
