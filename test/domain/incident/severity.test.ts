import { describe, expect, it } from 'vitest';
import { parseSeverity, SEVERITIES } from '../../../src/domain/incident/severity.ts';

describe('parseSeverity', () => {
  it.each(['SEV2', 'sev2', 'Sev2', 'SEV-2', 'sev 2', '2', ' sev2 '])('reads %j as SEV2', (text) => {
    expect(parseSeverity(text)).toBe('SEV2');
  });

  it.each(['SEV0', 'SEV5', 'sev', '', 'sev22', '12', 'P1', 'severity 2', 'sev--2', '2nd'])(
    'does not read %j',
    (text) => {
      expect(parseSeverity(text)).toBeUndefined();
    },
  );

  it('reads every severity back from its own name', () => {
    expect(SEVERITIES.map(parseSeverity)).toEqual([...SEVERITIES]);
  });
});
