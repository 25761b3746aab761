/** Times as Slack words them, in the reader's own zone and language. A ts is seconds, a dot and a counter. */

let ahead = 0;
/** Says by how many milliseconds the workspace's clock is ahead of this browser's. */
export function setAhead(milliseconds) {
  ahead = milliseconds;
}
/** The time in the workspace. */
export const workspaceNow = () => new Date(Date.now() + ahead);

const dateOf = (ts) => new Date(Number.parseFloat(ts) * 1000);
const word = (options) => {
  const format = new Intl.DateTimeFormat(undefined, options);
  return (date) => format.format(date);
};
const clock = word({ hour: 'numeric', minute: '2-digit' });
const weekday = word({ weekday: 'long', month: 'long', day: 'numeric' });
const full = word({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});
const short = word({ month: 'short', day: 'numeric', year: 'numeric' });
const long = word({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
const numeric = word({ year: 'numeric', month: '2-digit', day: '2-digit' });
const moment = word({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const seconds = word({ hour: 'numeric', minute: '2-digit', second: '2-digit' });

const dayNumber = (date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / 86_400_000);

/** "Sat, Nov 28, 3:04 PM" */
export const momentOf = (date) => moment(date);
/** Changes at midnight, when "today" becomes "yesterday". */
export const today = () => dayNumber(workspaceNow());
/** "6 d 3 h" */
export function aheadWords(milliseconds) {
  // A day and more is said to the hour.
  const exact = milliseconds / 60_000;
  const minutes = exact < 1440 ? Math.round(exact) : Math.round(exact / 60) * 60;
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes < 1440 ? minutes % 60 : 0, 'min'],
  ];
  const words = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return words.join(' ') || 'less than a minute';
}

export const timeOf = (ts) => clock(dateOf(ts));
export const fullTimeOf = (ts) => full(dateOf(ts));
export const isSameDay = (a, b) => dayNumber(dateOf(a)) === dayNumber(dateOf(b));

/** "Today", "Yesterday" or the day's name. */
export function dayOf(ts) {
  const date = dateOf(ts);
  return relative(date) ?? weekday(date);
}

/** How long ago the last reply was. */
export function agoOf(ts) {
  const minutes = Math.round((workspaceNow().getTime() - dateOf(ts).getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  if (minutes < 24 * 60) return `today at ${timeOf(ts)}`;
  return `${dayOf(ts)} at ${timeOf(ts)}`;
}

function relative(date) {
  const days = today() - dayNumber(date);
  return { 0: 'Today', 1: 'Yesterday', '-1': 'Tomorrow' }[days];
}

const TOKENS = {
  date: (d) => long(d),
  date_num: (d) => numeric(d),
  date_slash: (d) => numeric(d),
  date_long: (d) => long(d),
  date_short: (d) => short(d),
  date_pretty: (d) => relative(d)?.toLowerCase() ?? long(d),
  date_long_pretty: (d) => relative(d)?.toLowerCase() ?? long(d),
  date_short_pretty: (d) => relative(d)?.toLowerCase() ?? short(d),
  time: (d) => clock(d),
  time_secs: (d) => seconds(d),
  ago: (d) => agoOf(String(d.getTime() / 1000)),
};

/** Words the moments the renderer left to the reader's zone (`<!date^...>`). */
export function wordTimes(root) {
  for (const element of root.querySelectorAll('time[data-at]')) {
    const date = dateOf(element.dataset.at);
    if (Number.isNaN(date.getTime())) continue;
    const text = element.dataset.format.replaceAll(/\{(\w+)\}/g, (whole, token) => TOKENS[token]?.(date) ?? whole);
    element.textContent = startsLine(element) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
    element.dateTime = date.toISOString();
    element.title = full(date);
  }
}

/** Whether an element is the first on its line: "Today at 9:00", but "due today at 9:00". */
function startsLine(element) {
  const range = document.createRange();
  range.setStart(element.closest('p') ?? element.parentElement, 0);
  range.setEndBefore(element);
  return /(^|\n)\W*$/.test(range.toString());
}
