/** The emoji of the picker, by Slack's names, and the picker. Any other name is drawn by the server. */
import { h } from './dom.js';
import { openPopover } from './popover.js';

export const EMOJI = Object.fromEntries(
  (
    'pushpin 📌|eyes 👀|white_check_mark ✅|rotating_light 🚨|fire 🔥|tada 🎉|thumbsup 👍|thumbsdown 👎|raised_hands 🙌|pray 🙏|' +
    'clap 👏|wave 👋|ok_hand 👌|muscle 💪|rocket 🚀|warning ⚠️|x ❌|heavy_plus_sign ➕|question ❓|exclamation ❗|bulb 💡|' +
    'memo 📝|mag 🔍|wrench 🔧|hammer 🔨|gear ⚙️|lock 🔒|key 🔑|bell 🔔|hourglass ⌛|alarm_clock ⏰|calendar 📅|' +
    'chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|package 📦|floppy_disk 💾|link 🔗|paperclip 📎|' +
    'red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|green_heart 💚|heart ❤️|' +
    'smile 😄|slightly_smiling_face 🙂|thinking_face 🤔|sweat_smile 😅|sob 😭|facepalm 🤦|hear_no_evil 🙉|see_no_evil 🙈|coffee ☕|pizza 🍕'
  )
    .split('|')
    .map((pair) => pair.split(' ')),
);

export const QUICK = ['pushpin', 'eyes', 'white_check_mark'];

/** Opens the picker at a control; calls back with the name chosen. */
export function pickEmoji(anchor, onPick) {
  const grid = h('div', { class: 'emoji-grid', role: 'group', 'aria-label': 'Emoji' });
  const show = (query) =>
    grid.replaceChildren(
      ...Object.entries(EMOJI)
        .filter(([name]) => name.includes(query))
        .map(([name, glyph]) =>
          h(
            'button',
            {
              type: 'button',
              'aria-label': name.replaceAll('_', ' '),
              title: `:${name}:`,
              on: { click: () => choose(name) },
            },
            glyph,
          ),
        ),
    );
  const search = h('input', {
    type: 'search',
    placeholder: 'Search emoji',
    'aria-label': 'Search emoji',
    on: {
      input: () => show(search.value.trim().toLowerCase()),
      keydown: (event) => {
        if (event.key === 'Enter') grid.querySelector('button')?.click();
      },
    },
  });
  show('');
  const close = openPopover(anchor, h('div', { class: 'emoji-picker' }, search, grid), {
    label: 'Pick an emoji',
    focus: search,
  });
  function choose(name) {
    close();
    onPick(name);
  }
}
