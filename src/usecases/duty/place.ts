import type { DutyRun } from '../../domain/duty/run.ts';
import type { DutyAction } from '../../domain/spec/action.ts';
import { reveal } from '../../domain/spec/secret.ts';
import type { OperationsSpec } from '../../domain/spec/types.ts';
import type { ConnectedTarget } from '../action-port.ts';
import type { Tx } from '../ports.ts';

/** An address may hold a password: whoever has the mark must not find it by trying many. */
const ROUNDS = 50_000;
const BITS = 256;

/** The target of the action as the spec has it; null where the action works on none, or where that is not connected. */
export function targetOf(action: DutyAction, { targets }: Pick<OperationsSpec, 'targets'>): ConnectedTarget | null {
  if (!('target' in action)) return null;
  const { target: key } = action;
  const target = targets[key];
  if (target === undefined || !('url' in target)) return null;
  const { kind, title = key, url, role } = target;
  return { key, kind, title, url, ...(role !== undefined && { role }) };
}

/** By what the place an action works on is known again, its address, kind and role, without a word of them. */
export async function markOf(target: ConnectedTarget, salt: string = crypto.randomUUID()): Promise<string> {
  const { kind, url, role = null } = target;
  const bytes = (text: string) => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey('raw', bytes(JSON.stringify([kind, reveal(url), role])), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(salt), iterations: ROUNDS };
  const mark = await crypto.subtle.deriveBits(how, key, BITS);
  return `${salt}.${Buffer.from(mark).toString('hex')}`;
}

/** What a run's situation says of earlier agreements, and of this one: see `RunSituation`. Only looked up where it matters. */
export async function agreements(
  tx: Pick<Tx, 'approvedPlaces'>,
  run: Pick<DutyRun, 'duty' | 'action' | 'approval'> & Partial<Pick<DutyRun, 'agreed' | 'attempt'>>,
  spec: OperationsSpec,
): Promise<{ readonly approvedBefore: boolean; readonly moved: boolean }> {
  const { duty, action, approval, agreed, attempt } = run;
  if (action === null || approval === null) return { approvedBefore: false, moved: false };
  const seen = agreed ?? (attempt?.mode === 'preview' ? attempt.finished : null);
  const moved = seen !== null && !(await isPlace(seen.place, action, spec));
  if (approval.of !== 'first run') return { approvedBefore: false, moved };
  for (const place of await tx.approvedPlaces(duty, action)) {
    if (await isPlace(place, action, spec)) return { approvedBefore: true, moved };
  }
  return { approvedBefore: false, moved };
}

/** Does this mark stand for what the action works on by this spec? An action without a target is its own place. */
async function isPlace(mark: string | null | undefined, action: DutyAction, spec: OperationsSpec): Promise<boolean> {
  if (!('target' in action)) return true;
  const target = targetOf(action, spec);
  const [salt] = mark?.split('.') ?? [];
  return target !== null && salt !== undefined && (await markOf(target, salt)) === mark;
}
