/** A day of the calendar with what the rules of the oracle are about, counted on the fingers. */
interface PlainDay {
  readonly date: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** Days of its month. */
  readonly length: number;
  /** Days since 2005-01-01. */
  readonly count: number;
}

/** Every day of thirty years from 2005, the year Troll got its clock, to 2034. */
export const DAYS_BEGIN = Date.UTC(2005, 0, 1);
export const DAYS: readonly PlainDay[] = thirtyYears();

function thirtyYears(): PlainDay[] {
  const days: PlainDay[] = [];
  let weekday = 6; // 2005 began on a Saturday
  for (let year = 2005; year <= 2034; year++) {
    const leap = year % 4 === 0; // no century in between
    for (const [index, length] of [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].entries()) {
      for (let day = 1; day <= length; day++) {
        const date = `${year}-${String(index + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        days.push({ date, year, month: index + 1, day, weekday, length, count: days.length });
        weekday = (weekday + 1) % 7;
      }
    }
  }
  return days;
}

const everyDay = () => true;
const workday = ({ weekday }: PlainDay) => weekday >= 1 && weekday <= 5;
const last = ({ day, length }: PlainDay) => day === length;
const quarterEnd = (plain: PlainDay) => last(plain) && plain.month % 3 === 0;
const lastOfItsKind = ({ day, length }: PlainDay) => day + 7 > length;

/** Each form, and the days and times it means, found without any of the code that is tested. */
export const FORMS: [written: unknown, isOn: (day: PlainDay) => boolean, times: string[]][] = [
  [
    { every: 'day', at: ['00:00', '01:00', '01:30', '01:45', '02:00', '02:15', '02:30', '03:00', '09:00', '23:30'] },
    everyDay,
    ['00:00', '01:00', '01:30', '01:45', '02:00', '02:15', '02:30', '03:00', '09:00', '23:30'],
  ],
  [{ every: 'day', at: '02:30' }, ({ count }) => count >= 0, ['02:30']],
  [{ cron: '30 2,14 * * *' }, everyDay, ['02:30', '14:30']],
  [{ cron: '0,30 2 * * *' }, everyDay, ['02:00', '02:30']],
  [{ cron: '30 1,13 * * *' }, everyDay, ['01:30', '13:30']],
  [{ every: '8 hours' }, everyDay, ['00:00', '08:00', '16:00']],
  [{ every: 'weekday', at: '02:30' }, workday, ['02:30']],
  [{ every: 'week', on: ['sunday', 'monday'], at: '01:30' }, ({ weekday }) => weekday <= 1, ['01:30']],
  [{ every: 'month', on: 'first sunday', at: '02:00' }, ({ day, weekday }) => weekday === 0 && day <= 7, ['02:00']],
  [{ cron: '0 2 * * 0#1' }, ({ day, weekday }) => weekday === 0 && day <= 7, ['02:00']],
  [{ cron: '0 2 1-7 * SUN' }, ({ day, weekday }) => weekday === 0 && day <= 7, ['02:00']],
  [
    { every: 'month', on: 'third wednesday', at: '10:00' },
    ({ day, weekday }) => weekday === 3 && day > 14 && day <= 21,
    ['10:00'],
  ],
  [{ cron: '0 10 * * 3#3' }, ({ day, weekday }) => weekday === 3 && day > 14 && day <= 21, ['10:00']],
  [{ every: 'month', on: 'last friday', at: '16:00' }, (day) => day.weekday === 5 && lastOfItsKind(day), ['16:00']],
  [{ cron: '0 16 * * 5L' }, (day) => day.weekday === 5 && lastOfItsKind(day), ['16:00']],
  [{ every: 'month', on: 'last sunday', at: '02:30' }, (day) => day.weekday === 0 && lastOfItsKind(day), ['02:30']],
  [{ every: 'month', on: 'fifth monday', at: '09:00' }, ({ day, weekday }) => weekday === 1 && day > 28, ['09:00']],
  [{ every: 'month', on: [15, 'last day'], at: '02:30' }, (day) => day.day === 15 || last(day), ['02:30']],
  [{ every: 'quarter', on: 'last day', at: '17:00' }, quarterEnd, ['17:00']],
  [{ cron: '0 17 L 3,6,9,12 *' }, quarterEnd, ['17:00']],
  [
    { every: 'quarter', on: 'first monday', at: '09:00' },
    ({ day, weekday, month }) => weekday === 1 && day <= 7 && month % 3 === 1,
    ['09:00'],
  ],
  [
    { every: 'quarter', on: 'last friday', at: '09:00' },
    (day) => day.weekday === 5 && lastOfItsKind(day) && day.month % 3 === 0,
    ['09:00'],
  ],
  [{ every: 'year', on: '15 january', at: '09:00' }, ({ day, month }) => day === 15 && month === 1, ['09:00']],
  [{ every: 'year', on: '29 february', at: '09:00' }, ({ day, month }) => day === 29 && month === 2, ['09:00']],
  [
    { every: 'year', on: 'last sunday of march', at: '02:30' },
    (day) => day.weekday === 0 && day.month === 3 && lastOfItsKind(day),
    ['02:30'],
  ],
  [{ every: '90 days', from: '2005-01-01', at: '02:30' }, ({ count }) => count % 90 === 0, ['02:30']],
  [{ every: '2 weeks', from: '2005-01-02', at: '02:30' }, ({ count }) => count % 14 === 1, ['02:30']],
  [
    { cron: '0 2 LW * *' },
    (day) => workday(day) && (last(day) || (day.weekday === 5 && day.day + 2 >= day.length)),
    ['02:00'],
  ],
  [
    { cron: '0 2 15W * *' },
    ({ day, weekday }) =>
      (day === 15 && weekday >= 1 && weekday <= 5) || (day === 14 && weekday === 5) || (day === 16 && weekday === 1),
    ['02:00'],
  ],
];

/** A form with so many runs that the quick proof looks at them near clock changes only. */
export function isDaily([, isOn]: (typeof FORMS)[number]): boolean {
  return isOn === everyDay;
}
