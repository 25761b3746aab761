import { describe, expect, it } from 'vitest';
import { zoneProblem } from '../../../src/domain/time/zone.ts';

describe('a zone', () => {
  it.each(['Europe/Paris', 'UTC', 'Antarctica/Troll'])('%s is one', (zone) => {
    expect(zoneProblem(zone)).toBeUndefined();
  });

  it.each([
    ['Mars/Olympus', 'is "Mars/Olympus"; write a zone such as Europe/Paris or UTC'],
    ['Europe/Pris', 'is "Europe/Pris"; write a zone such as Europe/Paris or UTC; did you mean Europe/Paris?'],
    ['+02:00', 'is "+02:00"; write a zone such as Europe/Paris or UTC'],
  ])('%s is refused with a sentence', (zone, problem) => {
    expect(zoneProblem(zone)).toBe(problem);
  });
});
