import type { OwnPart } from '../../domain/own/judge.ts';
import { stoppedBy } from '../../domain/own/working.ts';
import type { BeatSent, OwnReport } from '../own-port.ts';

export interface HeartbeatDeps {
  own(): Promise<OwnReport>;
  /** Never throws. */
  send(): Promise<BeatSent>;
}

/** Tells the world outside that this instance works, if it does: silence is what wakes somebody. */
export async function sendHeartbeat({
  own,
  send,
}: HeartbeatDeps): Promise<BeatSent | { readonly kind: 'held'; readonly by: OwnPart }> {
  const by = stoppedBy((await own()).health);
  return by === null ? send() : { kind: 'held', by };
}
