import type { KnownBlock } from '@slack/types';
import type { UptimeGlance } from '../src/domain/uptime/report.ts';
import { context, header, section } from './elements.ts';
import { glanceLine } from './uptime-overview.ts';

/** App Home has other things to say. */
const MOST = 4;

/** Uptime at a glance: what is left of the budgets, the least first. Nothing where the spec promises none. */
export function uptimeAtAGlance(glances: readonly UptimeGlance[]): KnownBlock[] {
  if (glances.length === 0) return [];
  const left = glances.length - MOST;
  const rest = [...(left > 0 ? [`and ${left} more`] : []), '`/ops uptime` shows month, quarter and year'];
  return [header('Uptime'), section(glances.slice(0, MOST).map(glanceLine).join('\n')), context(rest.join('  ·  '))];
}
