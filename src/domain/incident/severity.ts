/** The four severities, worst first: the order of this list is the order of urgency everywhere. */
export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** Reads a severity as people type it: "SEV2", "sev2", "SEV-2", "sev 2" or "2". Anything else is undefined. */
export function parseSeverity(text: string): Severity | undefined {
  const number = /^(?:sev[ -]?)?([1-4])$/i.exec(text.trim())?.[1];
  return SEVERITIES.find((severity) => severity === `SEV${number}`);
}
