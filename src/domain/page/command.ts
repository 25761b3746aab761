import type { OperationsSpec } from '../spec/types.ts';
import { nearest } from '../text/nearest.ts';
import { type Parsed, problem, understood } from '../text/parsed.ts';

/** What was typed after `/ops page`. */
export type PageCommand =
  /** A team to wake; what is left out is asked for. */
  | { readonly what: 'send'; readonly team: string | null; readonly text: string }
  /** Whoever typed it calls themselves. */
  | { readonly what: 'self'; readonly text: string }
  | { readonly what: 'acknowledge'; readonly number: number };

/** Reads `payments Checkout is down`, `me`, `ack PAGE-1`, or nothing. A team is known by its key or its name. */
export function parsePage(typed: string, spec: Pick<OperationsSpec, 'teams'>): Parsed<PageCommand> {
  const text = typed.trim();
  const [first = '', ...others] = text.split(/\s+/);
  const rest = others.join(' ');
  if (text === '') return understood({ what: 'send', team: null, text: '' });
  if (/^ack(nowledge)?$/i.test(first)) return parseAcknowledge(rest);
  if (/^me$/i.test(first)) return understood({ what: 'self', text: rest });
  const byKey = first.toLowerCase();
  if (spec.teams[byKey] !== undefined) return understood({ what: 'send', team: byKey, text: rest });
  const named = Object.entries(spec.teams).find(([, { name }]) => isNamed(text, name));
  if (named !== undefined) {
    const [team, { name }] = named;
    return understood({ what: 'send', team, text: text.slice(name.length).trim() });
  }
  const teams = Object.keys(spec.teams);
  const meant = nearest(byKey, teams);
  const guess = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  const known = teams.length === 0 ? 'The operations spec names none' : `The operations spec has ${teams.join(', ')}`;
  return problem(
    `"${first}" is no team. ${known}.${guess} Type \`/ops page <team> <what is wrong>\`, \`/ops page ack PAGE-1\`, or \`/ops page\` to choose.`,
  );
}

function parseAcknowledge(typed: string): Parsed<PageCommand> {
  const number = Number(/^(?:page-?)?(\d{1,9})$/i.exec(typed)?.[1]);
  if (number > 0) return understood({ what: 'acknowledge', number });
  return problem(`"${typed}" is no page. Type \`/ops page ack PAGE-1\`; \`/ops pages\` shows them.`);
}

function isNamed(text: string, name: string): boolean {
  const head = text.slice(0, name.length).toLowerCase();
  return head === name.toLowerCase() && /^(\s|$)/.test(text.slice(name.length));
}
