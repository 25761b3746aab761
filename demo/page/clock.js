/** The demo's clock: the time it shows, the ways to move it, and a strip that says so wherever one looks while it is moved. */
import { h, icon } from './dom.js';
import { openPopover, toast } from './popover.js';
import { moveClock, store } from './store.js';
import { aheadWords, momentOf, workspaceNow } from './time.js';

const STEPS = [
  { step: 'now', label: 'Look now', hint: 'at what is due' },
  { step: 'hour', label: 'One hour on', hint: '+ 1 h' },
  { step: 'morning', label: 'To the next morning', hint: '9:00' },
  { step: 'week', label: 'Watch a week', hint: 'about a minute' },
];
const WAYS = { now: 'Looking', hour: 'An hour passes', morning: 'The night passes', week: 'A week passes' };
const TICK_MS = 5_000;

/** The clock in the bar at the top; it opens the ways to move it. `drawClock` sets it. */
export function clockButton() {
  const built = h(
    'button',
    {
      type: 'button',
      class: 'clock',
      'aria-haspopup': 'dialog',
      'aria-expanded': 'false',
      data: { key: 'clock' },
      on: { click: () => openTime(built) },
    },
    icon('clock', 16),
    h('span', { class: 'clock-text' }),
  );
  return built;
}

const text = h('span', { class: 'strip-text' });
const said = { way: h('strong'), now: h('span'), ahead: h('span', { class: 'strip-more' }) };
text.append(said.way, said.now, said.ahead);
const stop = h('button', { type: 'button', class: 'button small', on: { click: () => move('stop') } }, 'Stop');
const dot = h('span', { class: 'strip-dot' });

/** Sets the clock in the bar, and the strip that says whether and how far it is moved. Nothing that can be pressed is replaced. */
export function drawClock() {
  if (!store.state) return;
  const { ahead, step } = store.state.time;
  const now = momentOf(workspaceNow());
  const button = document.querySelector('#topbar .clock');
  button?.classList.toggle('moved', ahead > 0);
  button?.setAttribute('aria-label', `Time: ${now}. Move the clock`);
  button?.querySelector('.clock-text').replaceChildren(now);

  document.getElementById('app').dataset.moved = String(ahead > 0 || step !== null);
  const strip = document.getElementById('strip');
  if (!strip.contains(text)) strip.append(dot, text, stop);
  dot.classList.toggle('busy', step !== null);
  said.way.replaceChildren(step === null ? 'The clock is moved' : WAYS[step]);
  said.now.replaceChildren(`: it is ${now} here`);
  said.ahead.replaceChildren(`, ${aheadWords(ahead)} ahead of yours`);
  stop.hidden = step === null;
}

function openTime(anchor) {
  const isMoving = store.state.time.step !== null;
  const close = openPopover(
    anchor,
    h(
      'div',
      { class: 'time-box' },
      h('h2', {}, 'Time'),
      h('p', {}, `${store.state.app.name} lives by this clock. Move it on, and what falls due on the way happens.`),
      h(
        'div',
        { class: 'time-steps' },
        STEPS.map(({ step, label, hint }) =>
          h(
            'button',
            {
              type: 'button',
              class: 'time-step',
              disabled: isMoving,
              on: {
                click: () => {
                  close();
                  void move(step);
                },
              },
            },
            h('span', {}, label),
            h('span', { class: 'time-hint' }, hint),
          ),
        ),
      ),
      h(
        'p',
        { class: 'time-note' },
        'Only forward, and it stays moved, also after a restart. #ops, #team-payments and your Home show the most.',
      ),
    ),
    { label: 'Time', align: 'start', width: 300 },
  );
}

async function move(step) {
  const { error } = await moveClock(step);
  if (error) toast(error);
}

setInterval(drawClock, TICK_MS);
