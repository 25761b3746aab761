import type { KnownBlock } from '@slack/types';
import type { Automation } from '../src/domain/spec/automations.ts';
import { actions, button, context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine, verbatim } from './escape.ts';
import { listedAs } from './lines.ts';
import { hashWords } from './spec-show.ts';

/** The button that puts a spec into force; its value is the hash of the file that was shown. */
export const RELOAD_BUTTON = 'ops.reload-spec';

const MOST_CHANGES = 25;
const LONGEST_CHANGE = 400;
const MOST_FAULTS = 20;
/** What is carried out without a person must be seen whole by whoever agrees to it: so much fits, and no more is agreed to here. */
const MOST_AUTOMATIONS = 15;
const LONGEST_AUTOMATION = 900;
const MOST_KEPT = 30;
const LONGEST_KEPT = 800;

type Preview =
  | { readonly kind: 'faults'; readonly faults: readonly string[]; readonly running: string }
  | { readonly kind: 'same'; readonly hash: string; readonly file: string }
  | {
      readonly kind: 'other';
      readonly hash: string;
      readonly name: string;
      readonly file: string;
      readonly changes: readonly string[];
      readonly fresh: readonly Automation[];
      readonly kept: readonly string[];
    };

/** What the file holds beside what runs, with the button that puts it into force. */
export function reloadPreview(preview: Preview): Rendered {
  switch (preview.kind) {
    case 'faults': {
      const count = preview.faults.length === 1 ? 'a fault' : `${preview.faults.length} faults`;
      const text = `:no_entry: The operations spec has ${count}. The one that runs, ${hashWords(preview.running)}, stays.`;
      const lines = listedAs(
        preview.faults,
        (fault) => `• ${mrkdwnLine(fault, 700)}`,
        MOST_FAULTS,
        '`spec check` names them all.',
      );
      return { text, blocks: [section(text), ...lines] };
    }
    case 'same': {
      const text = `:white_check_mark: ${mrkdwnLine(preview.file, 200)} is what runs already, ${hashWords(preview.hash)}. There is nothing to reload.`;
      return { text, blocks: [section(text)] };
    }
    case 'other':
      return change(preview);
  }
}

/** The file is not the one that was agreed to: what it holds now. */
export function otherFile(preview: Preview): Rendered {
  const { text, blocks } = reloadPreview(preview);
  const said = ':warning: The file is not the one you were shown. Nothing was done; this is what it holds now.';
  return { text: `${said} ${text}`, blocks: [section(said), ...blocks] };
}

/** It is in force now. */
export function reloadedAnswer(now: {
  readonly seq: number;
  readonly hash: string;
  readonly changed: boolean;
}): string {
  if (!now.changed) return `:white_check_mark: ${hashWords(now.hash)} was in force already, and runs.`;
  return `:white_check_mark: ${hashWords(now.hash)} is in force, on record as \`SPEC#${now.seq}\`. Other instances follow within a minute; \`/ops spec show\` names one that does not.`;
}

function change({ hash, name, file, changes, fresh, kept }: Extract<Preview, { kind: 'other' }>): Rendered {
  const text = `:scroll: ${mrkdwnLine(file, 200)} holds ${bold(name, 150)}, ${hashWords(hash)}, which is not in force yet.`;
  const changed = (words: string) => `• ${mrkdwnLine(words, LONGEST_CHANGE)}`;
  return {
    text,
    blocks: [
      section(text),
      section(changes.length === 0 ? 'It means the same as what runs.' : `*What changes*: ${changes.length}`),
      ...listedAs(changes, changed, MOST_CHANGES, '`spec diff` shows them all.'),
      ...automations(fresh, kept),
      ...agreement(hash, fresh),
    ],
  };
}

function automations(fresh: readonly Automation[], kept: readonly string[]): KnownBlock[] {
  const titles = mrkdwnLine(kept.slice(0, MOST_KEPT).join(', '), LONGEST_KEPT);
  const same =
    kept.length === 0 ? [] : [context(`As it was, Mainstay carries out by itself ${kept.length}: ${titles}`)];
  if (fresh.length === 0) return [context('It newly names nothing to be carried out without a person.'), ...same];
  const line = ({ title, words }: Automation) => `• ${bold(title, 100)}\n${verbatim(words, LONGEST_AUTOMATION)}`;
  return [
    section(`:warning: *What Mainstay will newly carry out by itself*: ${fresh.length}`),
    ...listedAs(fresh, line, MOST_AUTOMATIONS, ''),
    ...same,
  ];
}

function agreement(hash: string, fresh: readonly Automation[]): KnownBlock[] {
  const isWhole =
    fresh.length <= MOST_AUTOMATIONS && fresh.every(({ words }) => verbatim(words).length <= LONGEST_AUTOMATION);
  if (!isWhole) {
    return [
      context(
        'That is more than fits here, and nobody should agree to what they cannot see: read the file, then send the process SIGHUP.',
      ),
    ];
  }
  return [actions(button(RELOAD_BUTTON, 'Put it into force', hash, 'primary'))];
}
