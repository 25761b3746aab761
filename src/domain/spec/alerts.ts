import type { Severity } from '../incident/severity.ts';
import type { Clause } from './clause.ts';

/** What is done with alerts of other systems. */
export interface Alerts {
  /** The first rule that matches a group decides. */
  rules: AlertRule[];
}

/** Which groups of alerts it is about, and what Mainstay does with them. */
export interface AlertRule {
  key: string;
  /** Labels that all the group's alerts have, with exactly these values; none matches every group. */
  match: Record<string, string>;
  /** Key of the service they are about; absent: the one that the label `service` names. */
  service?: string;
  /** How bad an incident about them is. */
  severity?: Severity;
  /** Whether Mainstay declares the incident by itself; otherwise a button offers it. */
  declare: boolean;
  /** Where they are shown; absent: the channel of the service's team. */
  channel?: string;
  clause: Clause[];
  /** What was chosen where the source document is silent. */
  assumed?: string;
}
