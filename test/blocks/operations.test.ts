import { describe, expect, it } from 'vitest';
import { dutiesMessage, readDutiesPage } from '../../blocks/duty-overview.ts';
import type { Rendered } from '../../blocks/elements.ts';
import { specHistoryMessage, specLoadMessage } from '../../blocks/spec-history.ts';
import { otherFile, RELOAD_BUTTON, reloadPreview } from '../../blocks/spec-reload.ts';
import { specMessage } from '../../blocks/spec-show.ts';
import type { DutyStanding } from '../../src/domain/duty/overview.ts';
import type { StoredEvent } from '../../src/domain/event.ts';
import type { SpecEvent } from '../../src/domain/spec/in-force.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { aRun } from '../support/duty-story.ts';
import { alice, incidentSpec, now } from '../support/incident-spec.ts';
import { OPERATIONS_SPEC } from '../support/operations-spec.ts';
import { checkMessage } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> & *bold* '.repeat(80);
const HASH = 'ab12'.repeat(16);
const checked = ({ text, blocks }: Rendered) => checkMessage({ text, blocks });
const markup = (rendered: object) => JSON.stringify(rendered);
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('a reload', () => {
  const other = { kind: 'other' as const, hash: HASH, name: NASTY, file: NASTY, kept: many(90, NASTY) };

  it('keeps to what a message holds, and calls nobody, however much changes', () => {
    const preview = { ...other, changes: many(500, NASTY), fresh: many(200, { title: NASTY, words: NASTY }) };
    for (const rendered of [reloadPreview(preview), otherFile(preview)]) {
      expect(checked(rendered)).toEqual([]);
      expect(markup(rendered)).not.toContain('<!channel>');
    }
    expect(checked(reloadPreview({ kind: 'faults', faults: many(200, NASTY), running: HASH }))).toEqual([]);
  });

  it('is agreed to with a button bound to the hash, and only by who can see all that will be carried out', () => {
    const seen = { title: 'Audit', words: 'command.run, argv "npm" "audit"' };
    const whole = reloadPreview({ ...other, changes: [], fresh: many(15, seen) });
    expect(markup(whole)).toContain(`"action_id":"${RELOAD_BUTTON}"`);
    expect(markup(whole)).toContain(`"value":"${HASH}"`);
    const sly = { title: 'Sly', words: 'command.run, argv "rm" "*.log" "*" "`" "<https://a.example|b>"  "_x_"' };
    expect(markup(reloadPreview({ ...other, changes: [], fresh: [sly] }))).toContain(
      '```command.run, argv \\"rm\\" \\"*.log\\" \\"*\\" \\"ˋ\\" \\"&lt;https://a.example|b&gt;\\"  \\"_x_\\"```',
    );
    const kept = reloadPreview({ ...other, changes: [], fresh: [], kept: ['Audit', 'Pruning'] });
    expect(markup(kept)).toContain('As it was, Mainstay carries out by itself 2: Audit, Pruning');
    for (const fresh of [many(16, seen), [{ title: 'Audit', words: 'x'.repeat(895) }]]) {
      const cut = reloadPreview({ ...other, changes: [], fresh });
      expect(markup(cut)).not.toContain(RELOAD_BUTTON);
      expect(markup(cut)).toContain('nobody should agree to what they cannot see');
    }
  });
});

describe('the spec that runs', () => {
  it('is shown with its parts, what is not connected, and the instances that run another', () => {
    const loaded = loadSpec(OPERATIONS_SPEC, 'x.yml', {});
    if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
    const inForce = { seq: 4, hash: HASH, actor: { kind: 'slack' as const, user: alice }, at: now };
    const instances = [
      { id: '1', place: 'one', hash: HASH, fault: null },
      { id: '2', place: 'two', hash: 'cd'.repeat(32), fault: 'its own file holds cdcdcdcdcdcd' },
    ];
    const version = { spec: loaded.spec, hash: HASH, file: 'nexus.yml' };
    const shown = specMessage({ version, inForce, instances });
    expect(checked(shown)).toEqual([]);
    const words = markup(shown);
    expect(words).toContain('3 duties, 1 of them automated  ·  5 checks');
    expect(words).toContain('• target *main*: Set NEXUS_DATABASE_URL to connect it.');
    expect(words).toContain('• check *Cache*: There is no cache.');
    expect(words).toContain('• metric *Response time*: Nothing measures it.');
    expect(words).toContain(`by <@${alice}>  ·  \`SPEC#4\``);
    expect(words).toContain(':warning: two runs `cdcdcdcdcdcd`: its own file holds');
    const alone = markup(specMessage({ version, inForce, instances: instances.slice(0, 1) }));
    expect(alone).not.toContain('*Instances*');
    const behind = markup(specMessage({ version: { ...version, hash: 'cd'.repeat(32) }, inForce, instances }));
    expect(behind).toContain(':warning: In force is another one, `ab12ab12ab12`');
  });

  it('keeps to what a message holds, however much there is', () => {
    const targets = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`t${n}`, { kind: 'http' as const, title: NASTY, notConnected: NASTY }]),
    );
    const version = { spec: { ...incidentSpec, name: NASTY, targets }, hash: HASH, file: NASTY };
    const instances = many(40, { id: '1', place: NASTY, hash: 'x', fault: NASTY });
    expect(checked(specMessage({ version, inForce: null, instances }))).toEqual([]);
  });
});

describe('what was in force when', () => {
  const load = (seq: number, body: Partial<SpecEvent> | null): StoredEvent<SpecEvent> => ({
    subject: 'SPEC',
    seq,
    actor: { kind: 'system', job: 'reload' },
    kind: 'spec.loaded',
    occurredAt: now,
    recordedAt: now,
    body: body && { kind: 'spec.loaded', hash: HASH, name: 'Nexus', before: HASH, changes: [], ...body },
  });

  it('names of each entry the first changes, and all of them where it is looked at alone', () => {
    const changes = ['A moves.', 'B moves.', 'C moves.', 'D moves.', 'E moves.'];
    const list = markup(
      specHistoryMessage([load(5, { changes }), load(4, null), load(3, { changes: null }), load(2, {})]),
    );
    expect(list).toContain('C moves.');
    expect(list).not.toContain('D moves.');
    expect(list).toContain('and 2 more: `/ops spec history 5`');
    expect(list).toContain('by SIGHUP');
    expect(list).toContain(':wastebasket: erased');
    expect(list).toContain('cannot be read any more');
    expect(list).toContain('means the same as `ab12ab12ab12`');
    expect(markup(specLoadMessage(load(5, { changes })))).toContain('E moves.');
  });

  it('keeps to what a message holds', () => {
    const body = { name: NASTY, changes: many(500, NASTY) };
    expect(checked(specHistoryMessage(many(100, load(7, body))))).toEqual([]);
    expect(checked(specLoadMessage(load(7, body)))).toEqual([]);
  });
});

describe('how the duties stand', () => {
  const standing = (change: Partial<DutyStanding> = {}): DutyStanding => ({
    key: 'a',
    title: NASTY,
    owner: 'platform',
    when: NASTY,
    next: now,
    last: aRun({}, [{ kind: 'run.due' }, { kind: 'run.skipped', reason: NASTY }]),
    way: { kind: 'not connected', reason: NASTY },
    ...change,
  });

  it('is one screen at a time, with the way to the next', () => {
    const shown = dutiesMessage(many(30, standing()), { owner: 'platform', page: 1 }, incidentSpec);
    expect(checked(shown)).toEqual([]);
    expect(shown.text).toContain('30  ·  30 not connected  ·  page 1 of 3');
    expect(markup(shown)).toContain('"value":"platform:2"');
    expect(readDutiesPage('platform:2')).toEqual({ owner: 'platform', page: 2 });
    expect(readDutiesPage(':3')).toEqual({ owner: null, page: 3 });
    const last = dutiesMessage(many(30, standing()), { owner: null, page: 99 }, incidentSpec);
    expect(last.text).toContain('page 3 of 3');
    expect(markup(last)).not.toContain('Next page');
  });

  it('says of what Mainstay failed at why, while people are asked for it', () => {
    const run = aRun({}, [
      { kind: 'run.due' },
      { kind: 'run.started', mode: 'run', why: 'due' },
      { kind: 'run.begun' },
      { kind: 'run.finished', outcome: 'failed', summary: 'exit code 1', output: '', took: 5 },
    ]);
    const way = { kind: 'automated', action: 'command.run' } as const;
    const shown = dutiesMessage([standing({ title: 'Audit', last: run, way })], { owner: null, page: 1 }, incidentSpec);
    expect(shown.text).toContain('1  ·  1 failed');
    expect(markup(shown)).toContain(':x: *Audit*');
    expect(markup(shown)).toContain('failed: exit code 1');
  });

  it('says of one that never was asked and never comes again what is so', () => {
    const shown = markup(
      dutiesMessage(
        [standing({ title: 'Once', when: 'Once', next: null, last: null, way: { kind: 'asked' } })],
        { owner: null, page: 1 },
        incidentSpec,
      ),
    );
    expect(shown).toContain(':calendar: *Once*');
    expect(shown).toContain('Once  ·  never again  ·  never asked yet');
  });
});
