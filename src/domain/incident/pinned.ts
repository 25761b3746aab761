import type { Incident } from './state.ts';

type Pins = Incident['pinned'];
type MessageId = { readonly channel: string; readonly ts: string };

/** Whose pushpins hold this message on the timeline; empty when it is not on it. */
export function holdersOf(pins: Pins, message: MessageId): readonly string[] {
  return pins.find((pin) => isSame(pin, message))?.by ?? [];
}

/** The pins after one more person pinned the message. */
export function withPin(pins: Pins, message: MessageId, by: string): Pins {
  const holders = holdersOf(pins, message);
  if (holders.includes(by)) return pins;
  const rest = pins.filter((pin) => !isSame(pin, message));
  return [...rest, { channel: message.channel, ts: message.ts, by: [...holders, by] }];
}

/** The pins after one person took theirs back; the message leaves the timeline with the last of them. */
export function withoutPin(pins: Pins, message: MessageId, by: string): Pins {
  return pins
    .map((pin) => (isSame(pin, message) ? { ...pin, by: pin.by.filter((holder) => holder !== by) } : pin))
    .filter((pin) => pin.by.length > 0);
}

function isSame(pin: MessageId, message: MessageId): boolean {
  return pin.channel === message.channel && pin.ts === message.ts;
}
