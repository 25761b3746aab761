import { nearest } from '../text/nearest.ts';

/**
 * What is wrong with a zone as the spec writes it, or undefined; finishes a sentence that begins with the place in the
 * file. A fixed offset such as +02:00 is refused: it is wrong for half of the year.
 */
export function zoneProblem(zone: string): string | undefined {
  if (isZoneName(zone)) return undefined;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return `is "${zone}"; write a zone such as Europe/Paris or UTC${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

function isZoneName(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false; // RangeError is how Intl says that there is no such zone
  }
}
