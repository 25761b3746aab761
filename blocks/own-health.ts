import type { OwnFacts } from '../src/domain/own/facts.ts';
import type { OwnHealth, OwnPart, OwnPartName } from '../src/domain/own/judge.ts';
import type { OwnEvent } from '../src/domain/own/trouble.ts';
import { shortHash } from '../src/domain/spec/in-force.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

const NAME: Record<OwnPartName, string> = {
  database: 'Database',
  slack: 'Slack',
  queue: 'Queue',
  work: 'Own work',
  clock: 'Clock',
  disk: 'Disk',
  spec: 'Operations spec',
};

const EMOJI: Record<OwnPart['status'], string> = {
  ok: ':large_green_circle:',
  degraded: ':large_yellow_circle:',
  failing: ':red_circle:',
  unknown: ':white_circle:',
};

const HEAD: Record<OwnHealth['status'], string> = {
  ok: 'Mainstay is well.',
  degraded: 'Mainstay works, but not all of it is as it should be.',
  failing: 'Part of Mainstay does not work.',
};

/** What to do about a part that is not well; one that has no line says it all in its detail. */
const REMEDY: Partial<Record<OwnPart['reason'], string>> = {
  lagging: '`/ops queue` shows what waits and why.',
  stuck: '`/ops queue` shows what waits and why.',
  'not-connected': 'Look at the log for what Slack says; a restart opens the socket anew.',
  stopped: 'Restart this instance.',
  off: 'Look at the time synchronisation of the machine.',
  'far-off': 'Set the clock of the machine: Slack’s requests are refused.',
  'little-room': 'Free room, or move the folder.',
  'no-room': 'Free room now: nothing more can be written soon.',
  'not-everywhere': '`/ops spec` shows which instance and why.',
};

const ORDER: readonly OwnPart['status'][] = ['failing', 'degraded', 'unknown', 'ok'];

/** How the instance that answers is: the worst part first, one line each. */
export function ownHealthCard(
  { facts, health }: { readonly facts: OwnFacts; readonly health: OwnHealth },
  version: string,
): Rendered {
  const worstFirst = health.parts.toSorted((one, other) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status));
  const { name, hash } = facts.spec;
  return {
    text: HEAD[health.status],
    blocks: [
      section(`${EMOJI[health.status]} ${bold(HEAD[health.status], 200)}`),
      section(worstFirst.map(line).join('\n')),
      context(
        `Version ${version}, running ${mrkdwnLine(name, 150)} (\`${shortHash(hash)}\`). \`/health\` is about what the spec watches.`,
      ),
    ],
  };
}

function line({ name, status, reason, detail }: OwnPart): string {
  const remedy = status === 'ok' ? undefined : REMEDY[reason];
  return `${EMOJI[status]} *${NAME[name]}*  ${mrkdwnLine(detail, 300)}${remedy === undefined ? '' : ` ${remedy}`}`;
}

/** To the operators, once when a part has not been well for long and once when it is again. */
export function ownHealthTold({ kind, part, place, status, reason, detail, since }: OwnEvent): Rendered {
  const where = place === null ? '' : ` on ${mrkdwnLine(place, 150)}`;
  if (kind === 'own.recovered') {
    const text = `${NAME[part]}${where} is well again`;
    return {
      text,
      blocks: [section(`${EMOJI.ok} Mainstay itself: ${text}, since ${when(since)}. ${mrkdwnLine(detail, 300)}`)],
    };
  }
  const text = `${NAME[part]}${where} has not been well`;
  const remedy = REMEDY[reason];
  return {
    text: `Mainstay itself: ${text}`,
    blocks: [
      section(`${EMOJI[status]} Mainstay itself: ${text} since ${when(since)}. ${mrkdwnLine(detail, 300)}`),
      context(
        `${remedy === undefined ? '' : `${remedy} `}\`/ops health\` shows all of it. You are told when it is well again.`,
      ),
    ],
  };
}
