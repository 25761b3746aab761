/** What one part of the installation is found to be. `remedy` says what to do and is there whenever something is wrong. */
export type Finding =
  | { readonly state: 'ok'; readonly detail: string }
  | { readonly state: 'skipped'; readonly detail: string }
  | { readonly state: 'warning' | 'failed'; readonly detail: string; readonly remedy: string };

/** One thing `doctor` looks at. */
export interface Probe {
  readonly name: string;
  look(): Promise<Finding>;
}

export interface DoctorReport {
  /** False when anything failed; warnings leave it true. */
  readonly healthy: boolean;
  readonly findings: readonly ({ readonly name: string } & Finding)[];
}

/**
 * Looks at every part and reports all of them, in the order given: one fault never hides another. A probe that itself
 * throws is a failed finding with the error's message.
 */
export async function doctor(probes: readonly Probe[]): Promise<DoctorReport> {
  const findings = await Promise.all(
    probes.map(async ({ name, look }) => {
      try {
        return { name, ...(await look()) };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { name, state: 'failed' as const, detail, remedy: 'Mend the error above, then run doctor again.' };
      }
    }),
  );
  return { healthy: findings.every((finding) => finding.state !== 'failed'), findings };
}
