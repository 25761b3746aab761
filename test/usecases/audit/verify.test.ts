import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { merkleRoot } from '../../../src/adapters/postgres/merkle.ts';
import type { AnchoredHead } from '../../../src/domain/audit/events.ts';
import { verifyLog } from '../../../src/usecases/audit/verify.ts';
import { addTo, note } from '../../adapters/postgres/store-harness.ts';
import { type AuditHarness, auditHarness, forgery } from './audit-harness.ts';

let harness: AuditHarness;
let putBack: () => Promise<void>;
beforeAll(async () => {
  harness = await auditHarness();
  await harness.incident();
  await harness.incident();
  await harness.anchor();
  putBack = await harness.keep();
});
afterEach(() => putBack());
afterAll(() => harness.close());

const firstFault = async () => (await harness.verify()).faults[0];

describe('a log that nobody touched', () => {
  it('is intact, and counted', async () => {
    expect(await harness.verify()).toEqual({
      intact: true,
      chains: 3,
      events: 11,
      erased: 0,
      anchors: 1,
      published: 1,
      faults: [],
      furtherFaults: 0,
    });
  });

  it('is intact while it is written', async () => {
    const writing = Promise.all(
      Array.from({ length: 20 }, (_, n) => harness.store.once(null, (tx) => addTo(tx, 1 + (n % 2), note(`${n}`)))),
    );
    expect((await harness.verify()).faults).toEqual([]);
    await writing;
    expect(await harness.verify()).toMatchObject({ intact: true, events: 31 });
  });

  it('is intact when it is longer than a page of what is read at once', async () => {
    await harness.store.once(null, (tx) => addTo(tx, 1, ...Array.from({ length: 2_100 }, (_, n) => note(`${n}`))));
    expect(await harness.verify()).toMatchObject({ intact: true, events: 2_111 });
  });
});

const where = (seq: number) => `where subject = 'INC-1' and seq = ${seq}`;

describe('behind our back', () => {
  it.each([
    [
      'an altered body',
      [`update "EventBody" set body = '{"kind":"incident.noted","text":"2"}' ${where(2)}`],
      'altered-body',
      2,
    ],
    ['an altered salt', [`update "EventBody" set salt = 'aa' ${where(3)}`], 'altered-body', 3],
    ['another actor', [`update "Event" set actor = '{"kind":"slack","user":"UBOB"}' ${where(3)}`], 'altered-event', 3],
    [
      'another time',
      [`update "Event" set "occurredAt" = "occurredAt" - interval '1 ms' ${where(2)}`],
      'altered-event',
      2,
    ],
    ['a time that is none', [`update "Event" set "recordedAt" = 'infinity' ${where(2)}`], 'altered-event', 2],
    ['another kind', [`update "Event" set kind = 'incident.updated' ${where(4)}`], 'altered-event', 4],
    ['another digest', [`update "Event" set digest = repeat('0', 64) ${where(4)}`], 'altered-event', 4],
    ['another hash', [`update "Event" set hash = repeat('0', 64) ${where(4)}`], 'altered-event', 4],
    ['a version nobody knows', [`update "Event" set v = 9 ${where(2)}`], 'unknown-version', 2],
    [
      'a deleted event in the middle',
      [`delete from "Event" ${where(3)}`, `delete from "EventBody" ${where(3)}`],
      'missing-event',
      3,
    ],
    [
      'a deleted first event',
      [`delete from "Event" ${where(1)}`, `delete from "EventBody" ${where(1)}`],
      'missing-event',
      1,
    ],
    [
      'events moved up over a deleted one',
      [
        `delete from "EventBody" ${where(3)}`,
        `delete from "Event" ${where(3)}`,
        `update "Event" set seq = seq - 1 where subject = 'INC-1' and seq > 3`,
        `update "EventBody" set seq = seq - 1 where subject = 'INC-1' and seq > 3`,
      ],
      'altered-event',
      3,
    ],
    ['a cut tail', [`delete from "EventBody" ${where(5)}`, `delete from "Event" ${where(5)}`], 'truncated', 5],
    [
      'a cut tail whose body was forgotten, with its head',
      [
        `delete from "Event" ${where(5)}`,
        `update "EventHead" set seq = 4, hash = (select hash from "Event" ${where(4)}) where subject = 'INC-1'`,
      ],
      'missing-event',
      5,
    ],
    [
      'swapped events',
      [
        `update "Event" set seq = 99 ${where(2)}`,
        `update "Event" set seq = 2 ${where(3)}`,
        `update "Event" set seq = 3 ${where(99)}`,
      ],
      'altered-event',
      2,
    ],
    [
      'swapped bodies',
      [
        `update "EventBody" set seq = 99 ${where(2)}`,
        `update "EventBody" set seq = 2 ${where(3)}`,
        `update "EventBody" set seq = 3 ${where(99)}`,
      ],
      'altered-body',
      2,
    ],
    ['a body deleted without a reason', [`delete from "EventBody" ${where(3)}`], 'unexplained-erasure', 3],
    [
      'an altered head',
      [`update "EventHead" set hash = repeat('0', 64) where subject = 'INC-1'`],
      'altered-head',
      null,
    ],
    [
      'a head turned back',
      [`update "EventHead" set seq = 4, hash = (select hash from "Event" ${where(4)}) where subject = 'INC-1'`],
      'altered-head',
      null,
    ],
    ['a deleted head', [`delete from "EventHead" where subject = 'INC-1'`], 'missing-head', null],
    [
      'all events of a chain deleted',
      [`delete from "EventBody" where subject = 'INC-1'`, `delete from "Event" where subject = 'INC-1'`],
      'truncated',
      1,
    ],
    [
      'an event added without its hashes',
      [
        `insert into "Event" select subject, 6, v, "occurredAt", "recordedAt", actor, kind, digest, "prevHash", hash from "Event" ${where(5)}`,
      ],
      'altered-event',
      6,
    ],
  ] as const)('%s is named', async (_, statements, code, seq) => {
    await harness.attack(...statements);
    const verdict = await harness.verify();
    expect(verdict.faults).toEqual([expect.objectContaining({ code, subject: 'INC-1', seq })]);
    expect(verdict.intact).toBe(false);
    expect(verdict.faults[0]?.sentence).toContain(seq === null ? 'INC-1' : seq === 1 ? 'INC-1' : `#${seq}`);
  });

  it('one altered and hashed again breaks the link to the next', async () => {
    const [body, event] = await forgery(harness, 'INC-1', (event) => {
      if (event.seq === 1) event.body['title'] = 'Nothing happened';
    });
    await harness.attack(body ?? '', event ?? '');
    expect(await firstFault()).toMatchObject({ code: 'broken-link', subject: 'INC-1', seq: 2 });
  });

  it('the first fault of every chain is named, and only that', async () => {
    await harness.attack(`update "EventBody" set salt = 'aa'`);
    const { faults } = await harness.verify();
    expect(faults.map(({ subject, seq }) => `${subject}#${seq}`)).toEqual(['ANCHOR#1', 'INC-1#1', 'INC-2#1']);
  });

  it('more faults than anybody reads are counted', async () => {
    await harness.attack(
      `insert into "EventHead" (subject, seq, hash) select 'FAKE-' || n, 1, '' from generate_series(1, 130) as n`,
    );
    const verdict = await harness.verify();
    expect([verdict.faults.length, verdict.furtherFaults]).toEqual([100, 30]);
  });
});

describe('anchors find out', () => {
  const cutWithHead = [
    `delete from "EventBody" ${where(5)}`,
    `delete from "Event" ${where(5)}`,
    `update "EventHead" set seq = 4, hash = (select hash from "Event" ${where(4)}) where subject = 'INC-1'`,
  ];

  it('a cut tail whose head was cut too', async () => {
    await harness.attack(...cutWithHead);
    expect(await firstFault()).toEqual({
      code: 'truncated',
      subject: 'INC-1',
      seq: 5,
      sentence: 'INC-1 was cut off: ANCHOR#1 saw INC-1#5, which is not there any more.',
    });
  });

  it('a whole chain that is gone with its head', async () => {
    await harness.attack(
      ...['"EventBody"', '"Event"', '"EventHead"'].map((table) => `delete from ${table} where subject = 'INC-2'`),
    );
    expect(await firstFault()).toMatchObject({ code: 'truncated', subject: 'INC-2', seq: 5 });
  });

  it('a chain written anew to its end', async () => {
    await harness.attack(
      ...(await forgery(harness, 'INC-1', (event) => {
        if (event.seq === 2) event.body['text'] = 'I was never here';
      })),
    );
    expect(await firstFault()).toMatchObject({ code: 'rewritten', subject: 'INC-1', seq: 5 });
  });

  it('not what came after the last of them: that is what the next one is for', async () => {
    await harness.store.once(null, (tx) => addTo(tx, 1, note('six')));
    const forge = () =>
      forgery(harness, 'INC-1', (event) => {
        if (event.seq === 6) event.body['text'] = 'something else';
      });
    await harness.attack(...(await forge()));
    expect(await harness.verify()).toMatchObject({ intact: true });
  });
});

describe('the file of anchors finds out', () => {
  const lines = async () => (await readFile(harness.path, 'utf8')).trimEnd().split('\n');
  const rewrite = (all: string[]) => writeFile(harness.path, all.map((line) => `${line}\n`).join(''));

  let firstLine: string;
  beforeEach(async () => {
    firstLine = await readFile(harness.path, 'utf8');
    for (const text of ['six', 'seven']) {
      await harness.store.once(null, (tx) => addTo(tx, 1, note(text)));
      harness.nextDay();
      await harness.anchor();
    }
  });
  afterEach(() => writeFile(harness.path, firstLine));

  it('chain and anchors written anew together, which the database alone does not show', async () => {
    await harness.attack(
      ...(await forgery(harness, 'INC-2', (event) => {
        if (event.seq === 2) event.body['text'] = 'I was never here';
      })),
    );
    const { rows } = await harness.sql(`select hash from "Event" where subject = 'INC-2' and seq = 5`);
    await harness.attack(
      ...(await forgery(harness, 'ANCHOR', ({ body }) => {
        const heads = body['heads'] as AnchoredHead[];
        body['heads'] = heads.map((head) => (head.subject === 'INC-2' ? { ...head, hash: rows[0].hash } : head));
        body['root'] = merkleRoot(body['heads'] as AnchoredHead[]);
      })),
    );
    expect((await verifyLog({ log: harness.log, published: null })).intact).toBe(true);
    const { faults } = await harness.verify();
    expect(faults.map(({ code, subject, seq }) => [code, subject, seq])).toEqual([
      ['rewritten', 'ANCHOR', 1],
      ['rewritten', 'INC-2', 5],
      ['rewritten', 'ANCHOR', 2],
      ['rewritten', 'ANCHOR', 3],
    ]);
  });

  it('an anchor forged inside the database, whose root no longer adds up', async () => {
    await harness.attack(
      ...(await forgery(harness, 'ANCHOR', ({ seq, body }) => {
        if (seq === 3) body['heads'] = [];
      })),
    );
    expect(await firstFault()).toMatchObject({ code: 'altered-anchor', subject: 'ANCHOR', seq: 3 });
  });

  it('anchors that were cut off, as after an older backup was restored', async () => {
    await harness.attack(
      `delete from "EventBody" where subject = 'ANCHOR' and seq = 3`,
      `delete from "Event" where subject = 'ANCHOR' and seq = 3`,
      `update "EventHead" set seq = 2, hash = (select hash from "Event" where subject = 'ANCHOR' and seq = 2) where subject = 'ANCHOR'`,
    );
    expect(await firstFault()).toMatchObject({ code: 'truncated', subject: 'ANCHOR', seq: 3 });
    await expect(harness.anchor()).rejects.toThrow('The file of anchors holds ANCHOR#3, which the log does not');
  });

  it.each([
    ['in the middle', 2],
    ['at the end', 3],
  ])('a line removed %s', async (_, removed) => {
    await rewrite((await lines()).filter((_, index) => index !== removed - 1));
    const verdict = await harness.verify();
    expect(verdict.published).toBe(2);
    expect(verdict.faults).toEqual([
      expect.objectContaining({ code: 'unpublished-anchor', subject: 'ANCHOR', seq: removed }),
    ]);
  });

  it('all of it removed', async () => {
    await rm(harness.path);
    expect((await firstFault())?.sentence).toMatch(/^ANCHOR#1 and 2 more are not in the file of anchors/);
  });

  it('a line that was altered', async () => {
    const [first = '', second = '', third = ''] = await lines();
    await rewrite([first, second.replace(/"root":"..../, '"root":"0000'), third, 'and this']);
    const { faults } = await harness.verify();
    expect(faults.map(({ code, sentence }) => [code, sentence])).toEqual([
      ['altered-publication', expect.stringContaining('ANCHOR#2')],
      ['altered-publication', 'Line 4 of the file of anchors is no anchor: it was altered.'],
    ]);
  });
});
