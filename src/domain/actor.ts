/** Who did something: a union of kinds, never a bare name and never guessed (DESIGN section 4). */
export type Actor =
  | { kind: 'slack'; user: string }
  | { kind: 'cli'; user: string }
  | { kind: 'system'; job: string }
  | { kind: 'webhook'; source: string };

/** The Slack user behind an actor, or null when none stands behind it. */
export function slackUser(actor: Actor): string | null {
  return actor.kind === 'slack' ? actor.user : null;
}
