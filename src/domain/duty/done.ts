import { runSubject } from '../event.ts';
import { done, refused } from '../outcome.ts';
import { cleaned } from '../text/controls.ts';
import { type RunDecided, type RunSituation, runEventNow } from './decision.ts';
import type { Evidence } from './events.ts';
import type { RunRefused } from './refusals.ts';
import { type DutyRun, graceEndsAt } from './run.ts';
import { showRun } from './tell.ts';
import { runRefusalFor } from './transitions.ts';

const LINK = /^https?:\/\/[^\s<>|]+$/;

/**
 * It is done. Where evidence is required at least one piece must be of an accepted kind; others are kept beside it. From
 * the end of the grace on it is done late, whether or not somebody was told so yet.
 */
export function decideDone(
  run: DutyRun,
  input: { readonly evidence: readonly Evidence[] },
  situation: RunSituation,
): RunDecided {
  const refusal = runRefusalFor('done', run);
  if (refusal !== null) return refusal;
  const evidence = input.evidence
    .map(({ kind, value }) => ({ kind, value: cleaned(value) }))
    .filter(({ value }) => value !== '');
  const fault = badLink(evidence) ?? missingEvidence(run, evidence);
  if (fault !== null) return fault;
  const late = situation.now >= graceEndsAt(run);
  const event = runEventNow(situation, { kind: 'run.done', evidence, late });
  return done({ events: [event], deliveries: showRun(run) });
}

function badLink(evidence: readonly Evidence[]): RunRefused | null {
  const bad = evidence.find(({ kind, value }) => kind !== 'text' && !LINK.test(value));
  if (bad === undefined) return null;
  return refused('bad-link', `"${bad.value}" is not a link; write one that begins with https://.`, 'link');
}

const KIND_WORDS = { text: 'words', link: 'a link', file: 'a file' } as const;

function missingEvidence(run: DutyRun, evidence: readonly Evidence[]): RunRefused | null {
  if (run.evidence !== 'required') return null;
  if (evidence.some(({ kind }) => run.evidenceKinds.includes(kind))) return null;
  const id = runSubject(run.number);
  const wanted = run.evidenceKinds.map((kind) => KIND_WORDS[kind]).join(' or ');
  return refused(
    'evidence-missing',
    `${id} is done only with evidence: ${wanted}. Type \`/maintenance done ${id} <evidence>\`, or press *Done* on its card.`,
    'evidence',
  );
}
