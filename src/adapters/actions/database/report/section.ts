import { withoutControls } from '../../../../domain/text/controls.ts';
import { oneLine } from '../../../../domain/text/text-table.ts';
import { fault, Stopped } from '../session.ts';

/** One part of a report. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** What of it belongs into the one line above the report; null where nothing does. */
  readonly remark: string | null;
  /** False where the server has not got it, or does not let us look; the line says why. */
  readonly available: boolean;
}

export function section(title: string, lines: readonly string[], remark: string | null = null): Section {
  return { title, lines: lines.map(onOneLine), remark, available: true };
}

/** With the blanks that keep columns apart. */
const onOneLine = (line: string) => withoutControls(line.replaceAll(/[\r\n\t]+/g, ' ')).trimEnd();

/** A part that cannot be told here, and why. It is never left out and never taken for good. */
export function notAvailable(title: string, reason: string): Section {
  return { title, lines: [`not available: ${oneLine(reason)}`], remark: null, available: false };
}

/** A part of which PostgreSQL may refuse to tell: what it says is the reason. */
export async function orReason(title: string, read: () => Promise<Section>): Promise<Section> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return notAvailable(title, fault(error).reason);
  }
}

export const sectionLines = ({ title, lines }: Section) => [title, ...lines.map((line) => `  ${line}`)];

/** The first of a list, and how many there are beside them. */
export function listed(lines: readonly string[], top: number, none: string): string[] {
  if (lines.length === 0) return [none];
  return lines.length <= top ? [...lines] : [...lines.slice(0, top), `and ${lines.length - top} more`];
}
