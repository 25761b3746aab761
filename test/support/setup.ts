/** Runs in every test file: a test after which the harness has noted a violation fails, whatever it asserted. */
import { afterEach } from 'vitest';
import { takeViolations } from './violations.ts';

afterEach(() => {
  const violations = takeViolations();
  if (violations.length > 0)
    throw new Error(`Not acceptable, though nothing asserted it:\n- ${violations.join('\n- ')}`);
});
