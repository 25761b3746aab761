/** Runs in every test file: a test after which the harness has noted a violation fails, whatever it asserted. */
import { afterEach } from 'vitest';
import { refuseViolations } from './violations.ts';

afterEach(refuseViolations);
