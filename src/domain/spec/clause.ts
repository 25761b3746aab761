/** Where a source document says something: `004:L128`, or several lines in a row as `004:L128-L131`. */
export interface Clause {
  /** The document's id: a key of the spec's `documents`. */
  document: string;
  from: number;
  /** Included; the same as `from` for a single line. */
  to: number;
}

export type ClauseResult = { ok: true; clause: Clause } | { ok: false; problem: string };

const HOW = 'write document and line, such as 004:L128 or 004:L128-L131';

/** Reads one clause as the spec and the coverage files write it. Lines count from 1. */
export function parseClause(written: string): ClauseResult {
  const [, document, first, last] = /^([A-Za-z0-9][\w.-]*):L([1-9]\d*)(?:-L([1-9]\d*))?$/.exec(written) ?? [];
  if (document === undefined || first === undefined) return { ok: false, problem: `is "${written}"; ${HOW}` };
  const from = Number(first);
  const to = last === undefined ? from : Number(last);
  if (to < from) return { ok: false, problem: `is "${written}", which ends before it begins; ${HOW}` };
  return { ok: true, clause: { document, from, to } };
}

export function formatClause({ document, from, to }: Clause): string {
  return from === to ? `${document}:L${from}` : `${document}:L${from}-L${to}`;
}
