import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether the header is `Bearer <secret>`, compared in constant time. Never, where no secret is set: an open hook would let
 * anybody wake the team.
 */
export function hasSecret(authorization: string | undefined, secret: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (given === undefined || secret === null) return false;
  return timingSafeEqual(digest(given), digest(secret));
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
