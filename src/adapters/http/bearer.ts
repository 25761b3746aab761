import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header presents this token; compared in constant time, whatever its length. */
export function presents(header: string | undefined, token: string): boolean {
  const [, found = ''] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(found), digest(token));
}
