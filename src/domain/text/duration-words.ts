const MINUTE = 60_000;

/** A length of time as a person says it, to the minute: "2 d 3 h", "1 h 32 min", "5 min", "less than a minute". */
export function durationWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1) return 'less than a minute';
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [part(days, 'd'), part(hours, 'h'), days > 0 ? '' : part(minutes % 60, 'min')];
  return parts.filter((written) => written !== '').join(' ');
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}`;
}
