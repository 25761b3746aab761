/**
 * Message ids. Slack's are seconds, a dot and a number that grows within the second; the emulator counts from 000001 in each
 * process. What the demo writes into the store itself (private answers) gets an id between the emulator's last and its next,
 * so that it sorts where it happened.
 */
import type { Emulator } from './emulator.ts';

/** A source of message ids that never repeats one of the emulator's. `now` gives milliseconds. */
export function messageIds(emulator: Emulator, now: () => number): () => string {
  let last = '0.000000';
  let count = 0;
  emulator.onChange(({ table, after }) => {
    if (table === 'messages' && after && after.ts > last) last = after.ts;
  });
  return () => {
    const second = String(Math.floor(now() / 1000));
    const base = last.startsWith(`${second}.`) ? last : `${second}.000000`;
    count += 1;
    return `${base}${String(count).padStart(5, '0')}`;
  };
}
