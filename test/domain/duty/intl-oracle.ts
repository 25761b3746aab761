/**
 * The clock of a zone read off Intl.DateTimeFormat alone: slow, without arithmetic of our own about gaps and repeated
 * hours. A local time happens at the first minute whose reading is that time or later; only within three hours of the
 * guess are minutes visited, and only on days near a clock change.
 */
export class IntlClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #readings = new Map<number, string>();

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  /** "2026-03-18 10:00", which is how Swedes write it. */
  reading(instant: number): string {
    const known = this.#readings.get(instant);
    if (known !== undefined) return known;
    const read = this.#format.format(instant);
    this.#readings.set(instant, read);
    return read;
  }

  /** The instant of a local time such as "2026-03-18 10:00". */
  instantOf(wanted: string): number {
    const asUtc = utc(wanted);
    const [before, after] = this.#offsetsAround(asUtc);
    if (before === after) return asUtc - before;
    const last = asUtc - Math.min(before, after) + 3 * HOUR;
    for (let instant = asUtc - Math.max(before, after) - 3 * HOUR; instant <= last; instant += MINUTE) {
      if (this.reading(instant) >= wanted) return instant;
    }
    throw new Error(`no clock shows ${wanted} or later within three hours of it`);
  }

  /** The instants, to the minute, at which the clock is changed. */
  changes(from: number, to: number): number[] {
    const changes: number[] = [];
    for (let day = from; day < to; day += DAY) {
      if (this.#offset(day) === this.#offset(day + DAY)) continue;
      let instant = day;
      while (this.#offset(instant) === this.#offset(day)) instant += MINUTE;
      changes.push(instant);
    }
    return changes;
  }

  #offsetsAround(asUtc: number): [number, number] {
    const midnight = Math.floor(asUtc / DAY) * DAY;
    return [this.#offset(midnight - DAY), this.#offset(midnight + 2 * DAY)];
  }

  #offset(instant: number): number {
    return utc(this.reading(instant)) - instant;
  }
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

function utc(wall: string): number {
  return Date.parse(`${wall.replace(' ', 'T')}Z`);
}
