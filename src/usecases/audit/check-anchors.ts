import type { AnchorEvent, AnchoredHead, PublishedAnchor } from '../../domain/audit/events.ts';
import type { Fault, FaultCode } from '../../domain/audit/fault.ts';
import { ANCHOR_SUBJECT } from '../../domain/event.ts';
import type { AnchorFile, AuditLog, LogSnapshot } from '../audit-port.ts';
import type { Findings } from './findings.ts';

/** Holds one anchor of the log against the chains it saw. */
export async function checkAnchor(
  log: AuditLog,
  snapshot: LogSnapshot,
  findings: Findings,
  seq: number,
  anchor: AnchorEvent | null,
): Promise<void> {
  const witness = `${ANCHOR_SUBJECT}#${seq}`;
  if (anchor === null || log.rootOf(anchor.heads) !== anchor.root) {
    findings.add(
      says('altered-anchor', seq, `${witness} has a root that is not the one over its heads: it was forged.`),
    );
  }
  await checkHeads(snapshot, findings, anchor?.heads ?? [], witness);
}

/**
 * Holds the log against the anchors outside the database.
 *
 * @param taken the sequences of the anchors in the log
 * @returns how many anchors were found outside
 */
export async function checkPublished(
  log: AuditLog,
  snapshot: LogSnapshot,
  findings: Findings,
  file: AnchorFile,
  taken: ReadonlySet<number>,
): Promise<number> {
  const published = new Set<number>();
  for await (const line of file.lines()) {
    if ('unreadable' in line) {
      findings.add(
        says(
          'altered-publication',
          null,
          `Line ${line.unreadable} of the file of anchors is no anchor: it was altered.`,
        ),
      );
      continue;
    }
    published.add(line.anchor.anchor);
    await checkLine(log, snapshot, findings, line.anchor);
  }
  const [first, ...others] = [...taken].filter((seq) => !published.has(seq));
  if (first !== undefined) {
    const more = others.length === 0 ? 'is' : `and ${others.length} more are`;
    const sentence = `${ANCHOR_SUBJECT}#${first} ${more} not in the file of anchors: the line was removed, or it is not written yet and the next anchor will write it.`;
    findings.add(says('unpublished-anchor', first, sentence));
  }
  return published.size;
}

async function checkLine(
  log: AuditLog,
  snapshot: LogSnapshot,
  findings: Findings,
  line: PublishedAnchor,
): Promise<void> {
  const seq = line.anchor;
  const witness = `the file of anchors (${ANCHOR_SUBJECT}#${seq}, ${line.at})`;
  if (log.rootOf(line.heads) !== line.root) {
    findings.add(
      says('altered-publication', seq, `In ${witness} the root is not the one over the heads: the line was altered.`),
    );
    return;
  }
  const [hash] = await snapshot.hashesAt([{ subject: ANCHOR_SUBJECT, seq }]);
  if (hash === null) {
    const sentence = `${ANCHOR_SUBJECT} was cut off: ${witness} holds an anchor that the log does not. Or an older backup was restored.`;
    findings.add(says('truncated', seq, sentence));
  } else if (hash !== line.hash) {
    const sentence = `${ANCHOR_SUBJECT}#${seq} is not the anchor that was published: ${witness} has another hash. The anchors were written anew.`;
    findings.add(says('rewritten', seq, sentence));
  }
  await checkHeads(snapshot, findings, line.heads, witness);
}

async function checkHeads(
  snapshot: LogSnapshot,
  findings: Findings,
  heads: readonly AnchoredHead[],
  witness: string,
): Promise<void> {
  const now = await snapshot.hashesAt(heads);
  for (const [index, { subject, seq, hash }] of heads.entries()) {
    const found = now[index] ?? null;
    if (found === hash) continue;
    const here = `${subject}#${seq}`;
    findings.add(
      found === null
        ? {
            code: 'truncated',
            subject,
            seq,
            sentence: `${subject} was cut off: ${witness} saw ${here}, which is not there any more.`,
          }
        : {
            code: 'rewritten',
            subject,
            seq,
            sentence: `${subject} was written anew: ${witness} saw another event as ${here}.`,
          },
    );
  }
}

function says(code: FaultCode, seq: number | null, sentence: string): Fault {
  return { code, subject: ANCHOR_SUBJECT, seq, sentence };
}
