import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BeatTokens } from '../../usecases/beat-port.ts';

/** Of 32 bytes: 192 bits as 32 letters, which is beyond guessing and still fits a line. */
const LENGTH = 32;

/** @param secret `HOOK_SECRET`; another one makes other addresses */
export function beatTokens(secret: string | null): BeatTokens {
  const known = new Map<string, string>();
  const tokenOf = (key: string): string | null => {
    if (secret === null) return null;
    const token =
      known.get(key) ?? createHmac('sha256', secret).update(`beat:${key}`).digest('base64url').slice(0, LENGTH);
    known.set(key, token);
    return token;
  };
  return {
    of: tokenOf,
    keyFor: (token, keys) => {
      const given = Buffer.from(token);
      let found: string | null = null;
      // Every one is compared, so that the time says nothing about which was right.
      for (const key of keys) {
        const own = Buffer.from(tokenOf(key) ?? '');
        if (own.length === given.length && own.length > 0 && timingSafeEqual(own, given)) found = key;
      }
      return found;
    },
  };
}
