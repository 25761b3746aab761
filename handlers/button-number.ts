import type { ActionCall } from './registry.ts';

/**
 * The number that one of our own buttons carries.
 *
 * @param whose "run's", for the fault that says a button of ours is wrong
 */
export function buttonNumber({ value }: Pick<ActionCall, 'value'>, whose: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new Error(`the button carries "${value}", no ${whose} number`);
  }
  return number;
}
