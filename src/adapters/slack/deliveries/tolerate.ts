import { refusalCode, slackFault } from '../fault.ts';

/**
 * Does a step the rest can do without: a refusal becomes a remark, unless it says that the thing was done already. Other
 * errors are thrown, so that the step is tried again.
 *
 * @param fine Slack's words for "that is so already"
 */
export async function tolerate(
  what: string,
  step: () => Promise<unknown>,
  fine: readonly string[] = [],
): Promise<string | null> {
  try {
    await step();
    return null;
  } catch (error) {
    const fault = slackFault(error);
    if (fault?.kind !== 'refused') throw error;
    return fine.includes(refusalCode(error) ?? '') ? null : `${what}: ${fault.reason}`;
  }
}

/** One remark of several; null when there is none. */
export function remarksOf(remarks: readonly (string | null)[]): string | null {
  const said = remarks.filter((remark) => remark !== null);
  return said.length === 0 ? null : said.join(' ');
}
