import type { Actor } from '../src/domain/actor.ts';
import { withoutApprover } from '../src/domain/spec/approvers.ts';
import { shortHash } from '../src/domain/spec/in-force.ts';
import { notConnectedIn, partsOf, type SpecParts } from '../src/domain/spec/parts.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { listed } from './lines.ts';
import { actorName, when } from './words.ts';

const MOST_NOT_CONNECTED = 12;
const MOST_INSTANCES = 8;

interface Instance {
  readonly place: string;
  readonly hash: string;
  readonly fault: string | null;
}

/** What runs here, what is in force, and which instance runs what. */
interface SpecShown {
  readonly version: { readonly spec: OperationsSpec; readonly hash: string; readonly file: string };
  readonly inForce: { readonly seq: number; readonly hash: string; readonly actor: Actor; readonly at: Date } | null;
  readonly instances: readonly Instance[];
}

/** The spec that runs: its name, since when, by whom, its parts, and what of it is not connected. */
export function specMessage({ version, inForce, instances }: SpecShown): Rendered {
  const { spec, hash, file } = version;
  const title = `:scroll: ${bold(spec.name, 150)} runs  ·  ${hashWords(hash)}  ·  ${mrkdwnLine(file, 200)}`;
  const open = notConnectedIn(spec);
  const left = open.map(({ what, title, reason }) => `• ${what} ${bold(title, 100)}: ${mrkdwnLine(reason, 200)}`);
  return {
    text: title,
    blocks: [
      section(title),
      section(sinceWords(hash, inForce)),
      section(partsWords(partsOf(spec))),
      ...(left.length === 0
        ? [context('Everything in it is connected.')]
        : [
            section(`*Not connected*: ${left.length}, neither green nor red`),
            ...listed(left, MOST_NOT_CONNECTED, 'The spec file says why of each.'),
          ]),
      ...listed(
        withoutApprover(spec).map((line) => `:warning: ${mrkdwnLine(line, 300)}`),
        MOST_NOT_CONNECTED,
        '`spec check` names them all.',
      ),
      ...instanceBlocks(instances, inForce?.hash ?? hash),
    ],
  };
}

function sinceWords(hash: string, inForce: SpecShown['inForce']): string {
  if (inForce === null) return 'Since when it is in force is not on record.';
  const record = `${when(inForce.at)}, ${whoLoaded(inForce.actor)}  ·  \`SPEC#${inForce.seq}\``;
  if (inForce.hash === hash) return `In force since ${record}`;
  return `:warning: In force is another one, ${hashWords(inForce.hash)}, since ${record}. This instance looks each minute whether its own file holds it.`;
}

function partsWords(parts: SpecParts): string {
  const { duties, automated, slo, ...others } = parts;
  const named = Object.entries({ ...others, promises: slo }).map(([name, count]) => counted(count, name));
  return `${duties === 1 ? '1 duty' : `${duties} duties`}, ${automated} of them automated  ·  ${named.join('  ·  ')}`;
}

/** "1 backup", "2 backups": all of these words end in their "s". */
const counted = (count: number, plural: string) => `${count} ${count === 1 ? plural.slice(0, -1) : plural}`;

/** Of one instance alone that runs what is in force there is nothing to say. */
function instanceBlocks(instances: readonly Instance[], inForce: string) {
  const [only] = instances;
  if (only === undefined || (instances.length === 1 && only.hash === inForce)) return [];
  const lines = instances.map(({ place, hash, fault }) => {
    const sign = hash === inForce ? ':white_check_mark:' : ':warning:';
    const why = fault === null ? '' : `: ${mrkdwnLine(fault, 400)}`;
    return `${sign} ${mrkdwnLine(place, 150)} runs ${hashWords(hash)}${why}`;
  });
  return [section(`*Instances*: ${instances.length}`), ...listed(lines, MOST_INSTANCES, '')];
}

/** Who put a spec into force. */
export function whoLoaded(actor: Actor): string {
  if (actor.kind !== 'system') return `by ${actorName(actor)}`;
  return actor.job === 'reload' ? 'by SIGHUP' : 'at the start of an instance';
}

export const hashWords = (hash: string): string => `\`${shortHash(hash)}\``;
