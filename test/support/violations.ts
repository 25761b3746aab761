/**
 * What the harness saw and Slack (or the house rules) would not accept. `test/support/setup.ts` fails the test after which
 * something stands here, so no test need ask; a test of the harness itself takes what it provoked.
 */
const seen: string[] = [];

/** Notes that something unacceptable happened; a whole sentence with the place. */
export function reportViolations(sentences: readonly string[]): void {
  seen.push(...sentences);
}

/** Everything noted since it was last asked, and forgets it. */
export function takeViolations(): string[] {
  return seen.splice(0);
}

/** @throws with everything noted since it was last asked, if anything was. */
export function refuseViolations(): void {
  const violations = takeViolations();
  if (violations.length > 0)
    throw new Error(`Not acceptable, though nothing asserted it:\n- ${violations.join('\n- ')}`);
}
