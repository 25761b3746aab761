import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../blocks/message.ts';
import { outputMessage } from '../../blocks/run-attempt.ts';
import type { RunEvent, RunTerms } from '../../src/domain/duty/events.ts';
import { type RunMove, runRefusalFor } from '../../src/domain/duty/transitions.ts';
import { CHANGE } from '../support/duty-spec.ts';
import { aRun } from '../support/duty-story.ts';
import { alice, incidentSpec } from '../support/incident-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> & ``` '.repeat(400);
const DUE: RunEvent = { kind: 'run.due' };
const started = (mode: 'run' | 'preview'): RunEvent => ({ kind: 'run.started', mode, why: 'due' });
const finished = (outcome: Extract<RunEvent, { kind: 'run.finished' }>['outcome'], output = NASTY): RunEvent => ({
  kind: 'run.finished',
  outcome,
  summary: NASTY.slice(0, 300),
  output,
  took: 65_432,
});
const TERMS: Partial<RunTerms> = {
  action: CHANGE,
  approval: { of: 'every run', by: { teams: ['platform'], groups: ['S0OPS'], users: ['alice', 'vendor'] } },
};

/** How it can stand with what Mainstay does: what led to it, the state it shows, and the buttons it adds. */
const STATES: [string, RunEvent[], string, string[]][] = [
  ['waiting for its turn', [started('run')], ':hourglass_flowing_sand: Running', []],
  ['running', [started('run'), { kind: 'run.begun' }], ':hourglass_flowing_sand: Running', []],
  ['failed', [started('run'), finished('failed')], ':x: Failed', ['run.run', 'run.output']],
  ['could not run', [started('run'), finished('could-not-run', '')], ':grey_question: Could not run', ['run.run']],
  ['interrupted', [started('run'), finished('interrupted', '')], ':zap: Interrupted', ['run.run']],
  ['succeeded', [started('run'), finished('succeeded')], ':clipboard: Due', ['run.output']],
  [
    'previewed',
    [started('preview'), finished('succeeded')],
    ':mag: Waits for approval',
    ['run.approve', 'run.decline', 'run.output'],
  ],
  ['without a preview', [started('preview'), finished('failed', '')], ':clipboard: Due', ['run.run']],
  [
    'declined',
    [started('preview'), finished('succeeded', ''), { kind: 'run.declined', reason: NASTY }],
    ':clipboard: Due',
    ['run.run'],
  ],
  [
    'approved and failed',
    [started('preview'), finished('succeeded', ''), { kind: 'run.approved' }, started('run'), finished('failed', '')],
    ':x: Failed',
    ['run.run'],
  ],
  ['not connected', [{ kind: 'run.not-run', reason: NASTY }], ':clipboard: Due', []],
];
const OWN = ['run.run', 'run.approve', 'run.decline', 'run.output'];

const cardOf = (events: readonly RunEvent[]) => {
  const run = aRun(TERMS, [DUE, ...events]);
  const card = renderMessage({ type: 'run-card', run: 1 }, { incident: null, run, spec: incidentSpec });
  return { run, card, shown: JSON.stringify(card).replaceAll('\\n', '\n') };
};

describe('the card of a run that Mainstay does', () => {
  it.each(STATES)('%s keeps to the limits of Slack and calls no channel', (_state, events) => {
    const { card } = cardOf(events);
    expect(checkMessage({ ...card })).toEqual([]);
    const markup = JSON.stringify(card.blocks.filter(({ type }) => type !== 'rich_text'));
    expect(markup).not.toMatch(/<!(?!date)|<script/);
  });

  it.each(STATES)('%s says so, and offers what is possible and nothing else', (_state, events, state, buttons) => {
    const { run, shown } = cardOf(events);
    expect(shown).toContain(`*State*\n${state}`);
    const ids = [...shown.matchAll(/"action_id":"([^"]+)"/g)].map(([, id = '']) => id);
    expect(ids.filter((id) => OWN.includes(id))).toEqual(buttons);
    const moves = ids.filter((id) => id !== 'run.output').map((id) => id.replace('run.', '') as RunMove);
    for (const move of moves) expect([move, runRefusalFor(move, run)]).toEqual([move, null]);
  });

  it('names the action, its target and who may agree', () => {
    const { shown } = cardOf([started('preview'), finished('succeeded')]);
    expect(shown).toContain('`command.run` on scripts');
    expect(shown).toContain('Nothing is run before team Platform, or user group S0OPS, or Alice, or vendor agrees.');
    expect(shown).toContain('after 1m5s  ·  try 1');
    expect(shown).toContain('"value":"1:1"');
  });

  it('says "Run again" of what was run, and "Run now" of what was not', () => {
    expect(cardOf([started('run'), finished('failed')]).shown).toContain('"Run again"');
    expect(cardOf([started('preview'), finished('failed')]).shown).toContain('"Run now"');
  });

  it('shows the beginning and the end of the output as it was written', () => {
    const output = `first line\n${'x\n'.repeat(4_000)}last line`;
    const { shown } = cardOf([started('run'), finished('failed', output)]);
    expect(shown).toMatch(/"rich_text_preformatted".*first line.*characters left out.*last line/s);
    const whole = outputMessage(aRun(TERMS), NASTY.slice(0, 10_050));
    expect(checkMessage({ ...whole })).toEqual([]);
    expect(whole.blocks.flatMap((block) => (block.type === 'rich_text' ? block.elements : [])).length).toBe(4);
  });
});

describe('what is said when it fails', () => {
  it('is one line for the channel, and to a contact what it came to', () => {
    const about = { run: 1, title: NASTY } as const;
    const line = renderMessage(
      {
        ...about,
        type: 'run-event',
        event: finished('failed', ''),
        actor: { kind: 'slack', user: alice },
        occurredAt: '2026-11-21T14:00:00.000Z',
      },
      { incident: null, run: null, spec: incidentSpec },
    );
    expect(checkMessage({ ...line })).toEqual([]);
    expect(line.text).toMatch(/^:x: \*RUN-1\* .*: failed: /);
    const told = renderMessage(
      {
        ...about,
        type: 'run-escalation',
        owner: 'platform',
        dueAt: '2026-11-21T14:00:00.000Z',
        why: 'failed',
        reason: NASTY,
      },
      { incident: null, run: null, spec: incidentSpec },
    );
    expect(checkMessage({ ...told })).toEqual([]);
    expect(told.text).toContain('has failed. It was due');
    expect(JSON.stringify(told)).not.toContain('run.take');
  });
});
