import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postgresSpecLog } from '../../../src/adapters/postgres/spec-log.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { SPEC_SUBJECT } from '../../../src/domain/event.ts';
import type { Caller } from '../../../src/usecases/ports.ts';
import { followSpec } from '../../../src/usecases/spec/follow.ts';
import { specHistory } from '../../../src/usecases/spec/history.ts';
import { putInForce, type SpecDeps } from '../../../src/usecases/spec/in-force.ts';
import { askReload, reloadSpec } from '../../../src/usecases/spec/reload.ts';
import { showSpec } from '../../../src/usecases/spec/show.ts';
import { declare, storeHarness } from '../../adapters/postgres/store-harness.ts';
import { type SpecFile, specFile } from '../../support/spec-file.ts';

const FIRST = `name: Nexus
teams:
  dba: { name: Databases, members: [U0BOB] }
targets:
  repo: { kind: repository, notConnected: Not here. }
duties:
  - { key: backups, title: Backup verification, owner: dba, when: { every: day, at: "06:00" } }
permissions:
  ops.spec: { users: [U0ALICE] }
  duty.run: everyone
  duty.approve: everyone
`;
const EARLIER = FIRST.replace('06:00', '05:00');
const WITH_COMMAND = `${EARLIER.replace(
  'permissions:',
  `  - key: audit
    title: Dependency audit
    owner: dba
    when: { every: week, on: monday }
    run: { action: command.run, target: repo, argv: [npm, audit, "--omit dev"] }
permissions:`,
)}`;
const START = { kind: 'system', job: 'start' } as const;

const caller = (user: string, requestKey: string | null = null): Caller => ({
  actor: { kind: 'slack', user },
  requestKey,
  groups: [],
});

let stored: Awaited<ReturnType<typeof storeHarness>>;
let now: Date;
beforeEach(async () => {
  now = new Date('2026-11-21T14:00:00.000Z');
  // What came into force is never deleted: each test has a log of its own.
  stored = await storeHarness();
});
afterEach(() => stored.close());

/** One more instance, which has just started with a file of its own. */
async function instance(id: string, text: string): Promise<SpecDeps & { readonly running: SpecFile }> {
  const deps = {
    store: stored.store,
    clock: { now: () => now },
    running: specFile(text),
    specs: postgresSpecLog(stored.db),
    instance: { id, place: `machine ${id}` },
  };
  await putInForce(deps, START, null, deps.running.running());
  return deps;
}

/** Changes the file, asks for the reload and agrees to what was shown. */
async function reload(deps: SpecDeps & { readonly running: SpecFile }, text: string, key: string | null = null) {
  deps.running.write(text);
  const asked = await askReload(deps, caller('U0ALICE'));
  if (!asked.ok || asked.value.kind !== 'other') throw new Error(`nothing to agree to: ${JSON.stringify(asked)}`);
  return reloadSpec(deps, caller('U0ALICE', key), asked.value.hash);
}

const loads = async (deps: SpecDeps) =>
  (await specHistory(deps)).map(({ seq, actor, body }) => [seq, actor.kind, body?.changes]).reverse();

describe('what came into force', () => {
  it('is on record in order with who, when and what changed, a return to an earlier text too', async () => {
    const one = await instance('a', FIRST);
    now = new Date('2026-11-21T15:00:00.000Z');
    await reload(one, EARLIER);
    await reload(one, FIRST);
    expect(await loads(one)).toEqual([
      [1, 'system', null],
      [2, 'slack', ['Backup verification moves from 06:00 to 05:00 UTC.']],
      [3, 'slack', ['Backup verification moves from 05:00 to 06:00 UTC.']],
    ]);
    const [, second] = (await specHistory(one)).toReversed();
    expect(second).toMatchObject({ occurredAt: now, body: { name: 'Nexus', kind: 'spec.loaded' } });
    expect((await showSpec(one)).inForce).toMatchObject({ seq: 3, at: now, actor: { user: 'U0ALICE' } });
  });

  it('is no new entry when an instance starts with what is in force, and one when the file changed meanwhile', async () => {
    await instance('a', FIRST);
    await instance('b', FIRST);
    const later = await instance('c', `${FIRST}# a comment\n`);
    expect(await loads(later)).toEqual([
      [1, 'system', null],
      [2, 'system', []],
    ]);
  });

  it('says so where the text before is one that is not understood any more', async () => {
    const one = await instance('a', FIRST);
    await stored.db.pool.query(`update "SpecVersion" set text = 'names: [of, another, language]'`);
    await reload(one, EARLIER);
    expect((await loads(one)).at(-1)).toEqual([2, 'slack', null]);
  });

  it('belongs to a chain of its own, which no other chain waits for', async () => {
    const one = await instance('a', FIRST);
    await reload(one, EARLIER);
    const { rows } = await stored.db.pool.query('select seq from "EventHead" where subject = $1', [SPEC_SUBJECT]);
    expect(rows).toEqual([{ seq: 2 }]);
  });
});

describe('a reload', () => {
  it('shows what changes and what will newly be carried out, and changes nothing by that', async () => {
    const one = await instance('a', FIRST);
    one.running.write(WITH_COMMAND);
    expect(await askReload(one, caller('U0ALICE'))).toMatchObject({
      ok: true,
      value: {
        kind: 'other',
        changes: [
          'Backup verification moves from 06:00 to 05:00 UTC.',
          'Duty "Dependency audit" is added: every Monday at 09:00 UTC, owned by Databases.',
        ],
        fresh: [{ title: 'Dependency audit', words: expect.stringContaining('argv "npm" "audit" "--omit dev"') }],
        kept: [],
      },
    });
    expect(one.running.current().duties).toHaveLength(1);
    expect(await loads(one)).toHaveLength(1);
  });

  it('is refused when the file is not the one that was agreed to, and shows it anew', async () => {
    const one = await instance('a', FIRST);
    one.running.write(EARLIER);
    const asked = await askReload(one, caller('U0ALICE'));
    const agreed = asked.ok && asked.value.kind === 'other' ? asked.value.hash : '';
    one.running.write(WITH_COMMAND);
    expect(await reloadSpec(one, caller('U0ALICE'), agreed)).toMatchObject({
      ok: true,
      value: {
        kind: 'refused',
        why: 'another-file',
        preview: { kind: 'other', fresh: [{ title: 'Dependency audit' }] },
      },
    });
    expect(await loads(one)).toHaveLength(1);
    expect(one.running.current().duties).toHaveLength(1);
  });

  it('of a file with faults names them and leaves what runs in place, also by signal', async () => {
    const one = await instance('a', FIRST);
    one.running.write(FIRST.replace('owner: dba', 'owner: dbaa'));
    const faults = [
      expect.stringMatching(/^operations\.yml:7:\d+: duties\.backups\.owner is "dbaa", which is unknown/),
    ];
    expect(await askReload(one, caller('U0ALICE'))).toMatchObject({ value: { kind: 'faults', faults } });
    const system = { actor: { kind: 'system', job: 'reload' }, requestKey: null, groups: [] } as const;
    expect(await reloadSpec(one, system, null)).toMatchObject({ value: { kind: 'refused', preview: { faults } } });
    expect(one.running.current().duties[0]?.owner).toBe('dba');
  });

  it('that Slack delivers twice is one', async () => {
    const one = await instance('a', FIRST);
    const first = await reload(one, EARLIER, 'action:1');
    expect(await reloadSpec(one, caller('U0ALICE', 'action:1'), one.running.running().hash)).toEqual(first);
    expect(await loads(one)).toHaveLength(2);
  });

  it('is for whom the running spec names, and a refusal is on record', async () => {
    const one = await instance('a', FIRST);
    one.running.write(EARLIER);
    const refused = { ok: false, refusal: { message: 'You may not reload the operations spec. Ask <@U0ALICE>.' } };
    expect(await askReload(one, caller('U0BOB'))).toMatchObject(refused);
    expect(await reloadSpec(one, caller('U0BOB'), one.running.running().hash)).toMatchObject(refused);
    const { rows } = await stored.db.pool.query(`select kind from "Event" where subject = 'ACCESS'`);
    expect(rows).toEqual([{ kind: 'permission.refused' }, { kind: 'permission.refused' }]);
    expect(one.running.current().duties[0]?.when).toMatchObject({ at: [{ hour: 6, minute: 0 }] });
  });

  it('has what is open in Slack drawn anew, once what was promised before is no matter', async () => {
    const one = await instance('a', FIRST);
    const number = await stored.store.once(null, (tx) => declare(tx));
    await stored.db.pool.query(
      `insert into "MessageRef" values ('incident:${number}:card', 'C1', '1.1', 1), ('incident:4711:card', 'C1', '1.2', 1)`,
    );
    await reload(one, EARLIER);
    const { rows } = await stored.db.pool.query<{ intent: Delivery }>(
      `select intent from "Delivery" where intent->>'kind' = 'render'`,
    );
    expect(rows.map(({ intent }) => intent)).toEqual([{ kind: 'render', key: `incident:${number}:card`, anew: true }]);
  });
});

describe('another instance', () => {
  it('runs it too once its own file is the same', async () => {
    const one = await instance('a', FIRST);
    const other = await instance('b', FIRST);
    expect(await followSpec(other)).toEqual({ kind: 'same' });
    other.running.write(EARLIER);
    await reload(one, EARLIER);
    expect(await followSpec(other)).toMatchObject({ kind: 'followed', hash: one.running.running().hash });
    expect(other.running.running().hash).toBe(one.running.running().hash);
    expect(await loads(one)).toHaveLength(2);
  });

  it.each([
    ['holds another text', FIRST, /^its own file holds [0-9a-f]{12}$/],
    ['has faults', 'nam: x', /^its own file has faults: operations\.yml:1:1: /],
  ])('whose own file %s goes on with the one it has, and whoever looks sees it', async (_how, text, fault) => {
    const one = await instance('a', FIRST);
    const other = await instance('b', FIRST);
    await reload(one, EARLIER);
    other.running.write(text);
    expect(await followSpec(other)).toMatchObject({ kind: 'behind', fault: expect.stringMatching(fault) });
    expect(other.running.current().duties[0]?.when).toMatchObject({ at: [{ hour: 6, minute: 0 }] });
    const { instances } = await showSpec(one);
    expect(instances.map(({ place, hash, fault: why }) => [place, hash === one.running.running().hash, why])).toEqual([
      ['machine a', true, null],
      ['machine b', false, expect.stringMatching(fault)],
    ]);
  });

  it('that was not heard of for a while is not shown', async () => {
    const one = await instance('a', FIRST);
    await instance('b', FIRST);
    await stored.db.pool.query(`update "SpecInstance" set "seenAt" = now() - interval '3 minutes' where id = 'b'`);
    expect((await showSpec(one)).instances.map(({ id }) => id)).toEqual(['a']);
  });
});
