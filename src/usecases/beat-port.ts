/** The unguessable ends of heartbeats' addresses. They follow from a secret and the check's key, so nothing is stored. */
export interface BeatTokens {
  /** Null when no secret is set: then no heartbeat can be called. */
  of(key: string): string | null;
  /** Which of these checks a token is for; compared in constant time. Null for none of them. */
  keyFor(token: string, keys: readonly string[]): string | null;
}
