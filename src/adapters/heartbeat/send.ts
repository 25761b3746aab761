import type { BeatSent } from '../../usecases/own-port.ts';

/** Whoever listens answers at once; in milliseconds. */
const PATIENCE = 10_000;

/**
 * Calls the address once. Its path is a secret and is in no reason; an answer that is not 2xx was not heard, and neither
 * was one that sends us elsewhere.
 */
export async function callHeartbeat(url: string, signal: AbortSignal, patience = PATIENCE): Promise<BeatSent> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', signal: limit });
    await answer.body?.cancel();
    return answer.ok ? { kind: 'heard' } : { kind: 'unheard', reason: `It answered ${answer.status}.` };
  } catch (error) {
    return { kind: 'unheard', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'It did not answer in time.';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `It could not be reached${code}.`;
}
