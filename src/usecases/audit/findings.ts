import type { Fault } from '../../domain/audit/fault.ts';
import { ANCHOR_SUBJECT } from '../../domain/event.ts';

/** More than anybody reads; the rest is counted. */
const MOST = 100;

/** Collects the first fault of each chain; of the anchors all, as each of them is evidence of its own. */
export class Findings {
  readonly faults: Fault[] = [];
  further = 0;
  readonly #faulty = new Set<string>();

  add(fault: Fault | null): void {
    if (fault === null) return;
    if (fault.subject !== ANCHOR_SUBJECT && this.#faulty.has(fault.subject)) return;
    this.#faulty.add(fault.subject);
    if (this.faults.length < MOST) this.faults.push(fault);
    else this.further += 1;
  }

  /** What somebody else found, after what was found here. */
  addAll(later: Findings): void {
    for (const fault of later.faults) this.add(fault);
    this.further += later.further;
  }
}
