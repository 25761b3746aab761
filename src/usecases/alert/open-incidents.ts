import type { Incident } from '../../domain/incident/state.ts';
import { isOpen } from '../../domain/incident/transitions.ts';
import type { Tx } from '../ports.ts';

/**
 * The newest open incident about each of these topics (`topicOf`), locked. One that ended before its lock was had is none: a group
 * would belong to what nobody works on any more, and nobody would be called.
 */
export async function openIncidents(tx: Tx, topics: readonly string[]): Promise<Map<string, Incident>> {
  const open = new Map<string, Incident>();
  let asked = topics;
  while (asked.length > 0) {
    const found = [...(await tx.openIncidentsAbout(asked))].sort(([, a], [, b]) => a - b);
    const ended: string[] = [];
    for (const [topic, number] of found) {
      const incident = await tx.incident(number);
      if (incident === null) continue;
      if (isOpen(incident)) open.set(topic, incident);
      else ended.push(topic);
    }
    asked = ended;
  }
  return open;
}
