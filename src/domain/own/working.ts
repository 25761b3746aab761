import type { OwnHealth, OwnPartName } from './judge.ts';

/** Without any of these nothing of what Mainstay is for gets done. A full disk or a wrong clock is told of by Mainstay itself. */
const NEEDED: readonly OwnPartName[] = ['database', 'slack', 'queue', 'work'];

/** The first part that keeps this instance from working; null while it really works, which is when the world outside may be told so. */
export function stoppedBy({ parts }: OwnHealth): OwnHealth['parts'][number] | null {
  return parts.find(({ name, status }) => NEEDED.includes(name) && status === 'failing') ?? null;
}
