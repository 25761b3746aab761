import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeAnchor } from '../../../src/usecases/audit/anchor.ts';
import { addTo, all, note } from '../../adapters/postgres/store-harness.ts';
import { incidentSpec } from '../../support/incident-spec.ts';
import { type AuditHarness, auditHarness } from './audit-harness.ts';

let harness: AuditHarness;
beforeEach(async () => {
  harness = await auditHarness();
});
afterEach(() => harness.close());

const published = async () =>
  (await all(harness.published.lines())).map((line) => ('anchor' in line ? line.anchor : line));
const addNote = (number: number) => harness.store.once(null, (tx) => addTo(tx, number, note('more')));

describe('the anchor of the day', () => {
  it('holds the heads that moved since the one before, in the log, in the file and in a post to the operators', async () => {
    await harness.incident();
    await harness.incident();
    expect(await harness.anchor()).toMatchObject({ kind: 'taken', anchor: 1, heads: 2 });
    await addNote(2);
    harness.nextDay();
    const second = await harness.anchor();
    expect(second).toMatchObject({ kind: 'taken', anchor: 2, heads: 1 });
    expect(await published()).toEqual([
      expect.objectContaining({ anchor: 1, at: '2026-11-20T12:00:00.000Z' }),
      expect.objectContaining({
        anchor: 2,
        root: second.kind === 'taken' && second.root,
        heads: [expect.objectContaining({ subject: 'INC-2', seq: 6 })],
      }),
    ]);
    const { rows } = await harness.sql(
      `select intent from "Delivery" where intent->'message'->>'type' = 'anchor' order by id`,
    );
    expect(rows.at(-1).intent).toEqual({
      kind: 'post',
      to: { to: 'channel', channel: incidentSpec.incident.operatorsChannel },
      message: {
        type: 'anchor',
        root: second.kind === 'taken' && second.root,
        heads: 1,
        at: '2026-11-21T12:00:00.000Z',
      },
    });
  });

  it('is taken once, however often and wherever it is asked for', async () => {
    await harness.incident();
    const answers = await Promise.all([harness.anchor(), harness.anchor(), harness.anchor()]);
    await addNote(1);
    expect([...answers, await harness.anchor()]).toEqual(Array(4).fill(answers[0]));
    expect((await harness.verify()).anchors).toBe(1);
  });

  it('is not taken on a day on which nothing was written, nor of an empty log', async () => {
    expect(await harness.anchor()).toEqual({ kind: 'unchanged' });
    await harness.incident();
    await harness.anchor();
    harness.nextDay();
    expect(await harness.anchor()).toEqual({ kind: 'unchanged' });
    expect(await published()).toHaveLength(1);
  });

  it('that was committed and not published is published the next time', async () => {
    await harness.incident();
    const full = {
      ...harness,
      published: { ...harness.published, append: () => Promise.reject(new Error('No space left on device')) },
    };
    await expect(takeAnchor(full)).rejects.toThrow('No space left');
    expect(await published()).toEqual([]);
    expect((await harness.verify()).faults[0]).toMatchObject({ code: 'unpublished-anchor' });
    await harness.anchor();
    expect(await published()).toEqual([expect.objectContaining({ anchor: 1 })]);
    expect(await harness.verify()).toMatchObject({ intact: true, published: 1 });
  });

  it('does not put back a line that somebody removed', async () => {
    await harness.incident();
    await harness.anchor();
    harness.nextDay();
    await addNote(1);
    await harness.anchor();
    await writeFile(harness.path, `${(await readFile(harness.path, 'utf8')).split('\n')[1]}\n`);
    harness.nextDay();
    await addNote(1);
    await harness.anchor();
    expect((await published()).map((line) => 'anchor' in line && line.anchor)).toEqual([2, 3]);
  });
});
