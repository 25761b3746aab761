import { ChainCheck, type LogRow } from '../../domain/audit/check-chain.ts';
import { anchorIn } from '../../domain/audit/events.ts';
import type { Fault, Verdict } from '../../domain/audit/fault.ts';
import { ANCHOR_SUBJECT } from '../../domain/event.ts';
import type { AnchorFile, AuditLog, LogSnapshot } from '../audit-port.ts';
import { checkAnchor, checkPublished } from './check-anchors.ts';
import { StateCheck } from './check-states.ts';
import { Findings } from './findings.ts';

export interface VerifyDeps {
  readonly log: AuditLog;
  /** The anchors outside the database; null leaves them out, and then a log that was forged as a whole passes. */
  readonly published: AnchorFile | null;
}

/**
 * Proves that the log is what was written, or names what is not: each chain from its first event to its head, every
 * chain against every anchor that saw it, the anchors against those kept outside the database, and the state row of each
 * incident, run and the like against what its events lead to. Events are streamed.
 */
export function verifyLog({ log, published }: VerifyDeps): Promise<Verdict> {
  return log.snapshot(async (snapshot) => {
    const findings = new Findings();
    // Anchors say where a chain ended; what is found along the chain itself is nearer to the fault, and comes first.
    const byAnchors = new Findings();
    const anchors = new Set<number>();
    // A state only follows from its chain: it is blamed last.
    const states = new StateCheck(snapshot);
    const counts = await checkChains(snapshot, findings, states, async (row) => {
      anchors.add(row.seq);
      await checkAnchor(log, snapshot, byAnchors, row.seq, anchorIn(row.body));
    });
    for (const stray of await snapshot.strays()) findings.add(strayFault(stray));
    findings.addAll(byAnchors);
    const found = published && (await checkPublished(log, snapshot, findings, published, anchors));
    await states.end();
    findings.addAll(states.findings);
    const { faults, further } = findings;
    return {
      intact: faults.length === 0,
      ...counts,
      anchors: anchors.size,
      published: found,
      faults,
      furtherFaults: further,
    };
  });
}

/** Goes along every chain; each anchor that is found intact on the way is handed to `seen`, each sound event to `states`. */
async function checkChains(
  snapshot: LogSnapshot,
  findings: Findings,
  states: StateCheck,
  seen: (anchor: LogRow) => Promise<void>,
): Promise<Pick<Verdict, 'chains' | 'events' | 'erased'>> {
  const counts = { chains: 0, events: 0, erased: 0 };
  let chain: ChainCheck | null = null;
  const finish = async () => {
    if (chain === null) return;
    const fault = chain.end();
    findings.add(fault);
    counts.erased += chain.explained;
    await states.endChain(fault === null);
  };
  for await (const row of snapshot.rows()) {
    if (chain?.subject !== row.subject) {
      await finish();
      chain = new ChainCheck(row.subject);
      counts.chains += 1;
    }
    counts.events += 1;
    const sound = chain.add(row);
    if (sound) states.add(row);
    if (sound && row.subject === ANCHOR_SUBJECT && row.kind === 'anchor.taken') await seen(row);
  }
  await finish();
  return counts;
}

function strayFault({ what, subject, seq }: Awaited<ReturnType<LogSnapshot['strays']>>[number]): Fault {
  const here = `${subject}#${seq}`;
  switch (what) {
    case 'head':
      return {
        code: 'truncated',
        subject,
        seq: 1,
        sentence: `All events of ${subject} are gone: its head counts ${seq}.`,
      };
    case 'body':
      return { code: 'missing-event', subject, seq, sentence: `${here} is missing, though its body is still there.` };
    case 'returned-body':
      return {
        code: 'returned-body',
        subject,
        seq,
        sentence: `The body of ${here} was erased by law and is there again, as after a backup was restored: erase it again.`,
      };
  }
}
