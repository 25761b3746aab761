import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../../src/adapters/postgres/audit-log.ts';
import { eraseEvent } from '../../../src/usecases/audit/erase.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { addTo, declaration, declare, draft, note } from '../../adapters/postgres/store-harness.ts';
import { aDuty } from '../../support/duty-spec.ts';
import { type DutyHarness, dutyHarness } from '../duty/duty-harness.ts';
import { type AuditHarness, auditHarness, forgery } from './audit-harness.ts';

let harness: AuditHarness;
let putBack: () => Promise<void>;
/** INC-1 with events 1 to 6; INC-2 with 1 to 5, the second of them erased. */
beforeAll(async () => {
  harness = await auditHarness();
  const running = [
    draft({ kind: 'incident.channel_opened', channel: 'C0INC1', name: 'inc-1' }),
    draft({
      kind: 'incident.severity_set',
      from: null,
      to: 'SEV1',
      reason: '',
      nextUpdateDueAt: '2026-11-20T12:30:00.000Z',
      announcedIn: ['incidents'],
    }),
    draft({ kind: 'incident.owner_set', from: null, to: 'UBOB' }),
    note('Bob looks'),
    draft({ kind: 'incident.updated', text: 'Rolling back', nextUpdateDueAt: '2026-11-20T13:00:00.000Z' }),
  ] as const;
  const resolved = draft({
    kind: 'incident.resolved',
    summary: 'Rolled back',
    postmortemDueAt: '2026-11-25T12:00:00.000Z',
  });
  await harness.store.once(null, (tx) => declare(tx, ...running));
  await harness.store.once(null, (tx) => declare(tx, note('Call Charlie'), note('more'), resolved));
  await eraseEvent(harness, { kind: 'cli', user: 'bob' }, { subject: 'INC-2', seq: 2, reason: 'asked for' });
  putBack = await harness.keep();
});
afterEach(() => putBack());
afterAll(() => harness.close());

const faults = async () => (await harness.verify()).faults;
const field = (path: string, value: string) =>
  `update "Incident" set state = jsonb_set(state, '${path}', '${value}') where number = 1`;
const altered = (subject: string, what: string) => ({
  code: 'altered-state',
  subject,
  seq: null,
  sentence: expect.stringContaining(what),
});

describe('states that nobody touched', () => {
  it('follow from their events, also where words were erased', async () => {
    expect(await harness.verify()).toMatchObject({ intact: true, erased: 1 });
  });

  it('are compared in more than one batch', async () => {
    for (let n = 0; n < 205; n += 1) await harness.store.once(null, (tx) => declare(tx));
    expect((await harness.verify()).intact).toBe(true);
    await harness.sql(`update "Incident" set status = 'closed'`);
    const counted = async () => {
      const { faults, furtherFaults } = await harness.verify();
      return faults.length + furtherFaults;
    };
    expect(await counted()).toBe(207);
    await harness.attack(`update "EventHead" set hash = ''`);
    expect(await counted(), 'a chain at fault counts once, its state does not count again').toBe(207);
  });
});

describe('a state altered behind our back', () => {
  it.each([
    ['a field', field('{status}', '"closed"'), 'The state of INC-1 was altered: its field status is not what'],
    [
      'a field within',
      field('{severitySpans,0,from}', '"2020-01-01T00:00:00.000Z"'),
      'its field severitySpans[0].from is',
    ],
    ['words', field('{lastUpdate,text}', '"All is well"'), 'its field lastUpdate.text is'],
    ['somebody left out', field('{responders}', '["UALICE"]'), 'its field responders[1] is'],
    ['a field that is none of ours', field('{forged}', 'null'), 'its field forged is'],
    ['a field named as no field can be', field('{__proto__}', '{}'), 'its field __proto__ is'],
    ['a field taken out', `update "Incident" set state = state - 'title' where number = 1`, 'its field title is'],
    ['a list for an object', field('{channel}', '[]'), 'its field channel is'],
    ['no incident at all', `update "Incident" set state = '"INC-1"' where number = 1`, 'it is no incident'],
    ['a null for all', `update "Incident" set state = 'null' where number = 1`, 'it is no incident'],
    ['its number', field('{number}', '2'), 'its field number is'],
    ['its version', field('{version}', '7'), 'another version than 6, where its chain ends'],
  ])('%s is named', async (_, statement, sentence) => {
    await harness.sql(statement);
    expect(await faults()).toEqual([altered('INC-1', sentence)]);
  });

  it.each([
    ['version', '7'],
    ['status', `'closed'`],
    ['severity', 'null'],
    ['channelId', `'C0OTHER'`],
    ['nextUpdateDueAt', 'null'],
    ['nextUpdateDueAt', `'infinity'`],
    ['nextUpdateDueAt', `"nextUpdateDueAt" + interval '1 ms'`],
    ['postmortemDueAt', 'now()'],
  ])('its column %s, set to %s, is named', async (column, value) => {
    await harness.sql(`update "Incident" set "${column}" = ${value} where number = 1`);
    expect(await faults()).toEqual([altered('INC-1', `its column ${column} is not what its state says`)]);
  });

  it('another number, whose chain has none now', async () => {
    await harness.sql('update "Incident" set number = 7 where number = 2');
    expect((await faults()).map(({ code, subject }) => [code, subject])).toEqual([
      ['missing-state', 'INC-2'],
      ['stray-state', 'INC-7'],
    ]);
  });

  it('two that were swapped', async () => {
    await harness.sql('update "Incident" set number = number + 10');
    await harness.sql('update "Incident" set number = 13 - number');
    expect(await faults()).toEqual([altered('INC-1', 'its field number'), altered('INC-2', 'its field number')]);
  });

  it('an erased word that came back into it', async () => {
    await harness.sql(`update "Incident" set state = jsonb_set(state, '{description}', '"Charlie"') where number = 2`);
    expect(await faults()).toEqual([altered('INC-2', 'its field description')]);
  });
});

describe('the state of a run of a duty', () => {
  let run: DutyHarness;
  const verdict = async () => {
    const log = createAuditLog(run.db, { enqueue: async () => {} });
    return (await verifyLog({ log, published: null })).faults.map(({ subject, sentence }) => `${subject}: ${sentence}`);
  };
  beforeAll(async () => {
    run = await dutyHarness(aDuty());
    await run.at('2026-03-02T07:59:00Z');
    await run.at('2026-03-02T08:00:00Z');
    await run.at('2026-03-04T08:00:00Z');
  });
  afterAll(() => run.close());

  it('follows from its events, and is named when it does not', async () => {
    expect(await verdict()).toEqual([]);
    const [first] = await run.runs();
    const id = `RUN-${first?.number}`;
    await run.db.pool.query(`update "DutyRun" set "nextLookAt" = now() where number = $1`, [first?.number]);
    expect(await verdict()).toEqual([expect.stringContaining(`The row of ${id} was altered: its column nextLookAt`)]);
    await run.db.pool.query(`update "DutyRun" set state = state || '{"status":"done"}' where number = $1`, [
      first?.number,
    ]);
    expect(await verdict()).toEqual([expect.stringContaining(`The state of ${id} was altered: its field status`)]);
    await run.db.pool.query(`update "DutyRun" set number = 99 where number = $1`, [first?.number]);
    expect(await verdict()).toEqual([
      expect.stringContaining(`${id} has events and no state: its row in "DutyRun"`),
      expect.stringContaining('RUN-99 has a state and no events'),
    ]);
  });
});

describe('a state and its chain', () => {
  it('a chain without its row is named', async () => {
    await harness.sql('delete from "Incident" where number = 1');
    expect(await faults()).toEqual([
      {
        code: 'missing-state',
        subject: 'INC-1',
        seq: null,
        sentence: 'INC-1 has events and no state: its row in "Incident" was deleted.',
      },
    ]);
  });

  it('a row whose chain is gone with its head is named', async () => {
    await harness.attack(
      ...['"EventBody"', '"Event"', '"EventHead"'].map((table) => `delete from ${table} where subject = 'INC-2'`),
    );
    expect(await faults()).toEqual([
      {
        code: 'stray-state',
        subject: 'INC-2',
        seq: null,
        sentence: 'INC-2 has a state and no events: its chain was deleted, or its row in "Incident" was made up.',
      },
    ]);
  });

  it('a tail cut off with its head is named before any anchor saw it', async () => {
    const last = `where subject = 'INC-1' and seq = 6`;
    await harness.attack(
      `delete from "EventBody" ${last}`,
      `delete from "Event" ${last}`,
      `update "EventHead" set seq = 5, hash = (select hash from "Event" where subject = 'INC-1' and seq = 5) where subject = 'INC-1'`,
    );
    expect(await faults()).toEqual([
      altered('INC-1', 'says another version than 5, where its chain ends: the chain was cut off or added to'),
    ]);
  });

  it('a chain written anew, and not its state, is named before any anchor saw it', async () => {
    await harness.attack(
      ...(await forgery(harness, 'INC-1', ({ body }) => {
        if (body['kind'] === 'incident.owner_set') body['to'] = 'UCHARLIE';
      })),
    );
    expect(await faults()).toEqual([altered('INC-1', 'its field owner')]);
  });

  it('a chain forged so that no state follows from it is named, not stumbled over', async () => {
    await harness.attack(
      ...(await forgery(harness, 'INC-1', ({ seq, body }) => {
        if (seq === 3) body['announcedIn'] = 5;
      })),
    );
    expect(await faults()).toEqual([
      {
        code: 'senseless-event',
        subject: 'INC-1',
        seq: 3,
        sentence: 'INC-1#3 fits its hash and cannot have happened: no state follows from it. It was forged.',
      },
    ]);
  });

  it('a chain that begins with no declaration is named', async () => {
    await harness.store.once(null, (tx) =>
      tx.save({ events: [{ subject: 'INC-99999999999', draft: note('made up') }] }),
    );
    expect(await faults()).toEqual([
      expect.objectContaining({ code: 'senseless-event', subject: 'INC-99999999999', seq: 1 }),
    ]);
  });

  it('a chain that declares another incident is named', async () => {
    await harness.store.once(null, (tx) => tx.save({ events: [{ subject: 'INC-9', draft: declaration(8) }] }));
    expect(await faults()).toEqual([expect.objectContaining({ code: 'missing-state', subject: 'INC-9' })]);
  });

  it('a state is not blamed where its chain is', async () => {
    await harness.sql(field('{status}', '"closed"'));
    await harness.attack(`update "EventBody" set salt = 'aa' where subject = 'INC-1' and seq = 3`);
    expect(await faults()).toEqual([expect.objectContaining({ code: 'altered-body', subject: 'INC-1', seq: 3 })]);
  });

  it('a chain that was only added to behind our back is named', async () => {
    const { rows } = await harness.sql(`select state from "Incident" where number = 1`);
    await harness.store.once(null, (tx) => addTo(tx, 1, note('never happened')));
    await harness.sql(`update "Incident" set state = $1, version = 6 where number = 1`, [rows[0].state]);
    expect(await faults()).toEqual([altered('INC-1', 'says another version than 7, where its chain ends')]);
  });
});
