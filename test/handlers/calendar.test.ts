import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarKeys } from '../../src/adapters/postgres/calendar-keys.ts';
import type { RunEvent } from '../../src/domain/duty/events.ts';
import { followRuns } from '../../src/usecases/duty/follow.ts';
import { planDuties } from '../../src/usecases/duty/plan.ts';
import { aDuty, specWith, when } from '../support/duty-spec.ts';
import type { PersonName } from '../support/emulate.ts';
import { type IncidentEdge, startIncidentEdge } from '../support/incident-edge.ts';
import { bob, minutesLater, now } from '../support/incident-spec.ts';
import { shown, told } from '../support/journey.ts';

const spec = specWith(aDuty({ when: when({ every: 'day', at: '15:00' }) }));

let edge: IncidentEdge;
beforeAll(async () => {
  edge = await startIncidentEdge();
  edge.specify(spec);
});
afterAll(() => edge.stop());

const type = (text: string, person: PersonName = 'alice') =>
  edge.driver.as(person).slash('/maintenance', text, { channel: 'general' });
const links = (words: string) => [...words.matchAll(/<(https:[^>|]+)\|/g)].map(([, url = '']) => url);
const linkOf = async (team: string) => links(told(await type(`subscribe ${team}`)))[0] ?? '';

/** The summaries another program reads. */
async function summaries(response: Response): Promise<string[]> {
  const calendar = new ICAL.Component(ICAL.parse(await response.text()));
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event).summary);
}

describe('the link', () => {
  it('of one’s own teams is given privately, by command and by the button of the calendar', async () => {
    const given = links(told(await type('subscribe')));
    expect(given.map((url) => new URL(url).pathname)).toEqual(['/calendar/platform.ics', '/calendar/dba.ics']);
    const calendar = await type('calendar dba');
    const [message] = edge.slack.ephemerals('alice').slice(-1);
    expect(told(calendar)).toContain('Subscribe…');
    if (message === undefined) throw new Error('Alice was shown no calendar');
    await edge.driver.as('alice').click(message, 'calendar.subscribe');
    await expect.poll(() => edge.slack.ephemerals('alice').map(shown).at(-1)).toContain(given[1]);
  });

  it('is given over App Home too', async () => {
    await edge.driver.as('alice').openApp();
    const home = edge.slack.homeOf('alice');
    if (home === undefined) throw new Error('Alice has no Home');
    await edge.driver.as('alice').click(home, 'calendar.subscribe');
    await expect.poll(() => JSON.stringify(edge.slack.modalOf('alice') ?? '')).toContain('/calendar/dba.ics?key=');
  });

  it('of a team that does not exist is none', async () => {
    expect(told(await type('subscribe dbaa'))).toContain('Did you mean `dba`?');
  });
});

describe('the calendar', () => {
  it('is what another program reads as the team’s duties, with how they stand', async () => {
    const at = (instant: Date) => ({ store: edge.store, clock: { now: () => instant }, spec: { current: () => spec } });
    await planDuties(at(minutesLater(-60)));
    await planDuties(at(now));
    await followRuns(at(now));
    const response = await edge.follow(await linkOf('dba'));
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const [first, second, ...others] = await summaries(response);
    expect([first, second]).toEqual(['Due: Backup verification', 'Backup verification']);
    expect(others.length).toBeGreaterThan(360);
  });

  it('is not sent again while it is the same', async () => {
    const link = await linkOf('dba');
    const first = await edge.follow(link);
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? ''];
    const again = (headers: Record<string, string>) => edge.follow(link, { headers }).then(({ status }) => status);
    expect(modified).toBe(now.toUTCString());
    expect(await again({ 'if-none-match': `"other", ${etag}` })).toBe(304);
    expect(await again({ 'if-modified-since': modified })).toBe(304);
    expect(await again({ 'if-none-match': '"other"', 'if-modified-since': modified })).toBe(200);
    edge.specify({ ...spec, duties: [aDuty({ title: 'Backups' })] });
    expect(await again({ 'if-none-match': etag })).toBe(200);
    edge.specify(spec);
  });

  it('is open to nobody without the link’s key, nor with that of another team', async () => {
    const [dba, silent] = [await linkOf('dba'), await linkOf('silent')];
    const status = async (link: string) => (await edge.follow(link)).status;
    expect(await status(dba.replace(/\?.*/, ''))).toBe(401);
    expect(await status(`${dba}x`)).toBe(401);
    expect(await status(dba.replace('dba.ics', 'silent.ics'))).toBe(401);
    expect(await status(silent)).toBe(200);
    const unknown = await edge.follow(dba.replace('dba.ics', 'nobody.ics'));
    const wrong = await edge.follow(`${dba}x`);
    expect([unknown.status, await unknown.text()]).toEqual([401, await wrong.text()]);
    expect((await edge.follow(dba, { method: 'POST' })).status).toBe(405);
  });

  it('has one key, however many instances are asked for it first at once', async () => {
    const keys = [1, 2, 3, 4].map(() => calendarKeys(edge.database, { enqueue: async () => {} }));
    const given = await Promise.all(keys.map((one) => one.signatureOf('nobody-asked-yet')));
    expect(new Set(given).size).toBe(1);
  });
});

describe('a link that got into wrong hands', () => {
  const access = async () => {
    const { rows } = await edge.database.pool.query<{ body: RunEvent & { team?: string; verb?: string } }>(
      `select body from "EventBody" where subject = 'ACCESS' order by seq`,
    );
    return rows.map(({ body }) => `${body.kind} ${body.team ?? body.verb}`);
  };

  it('ends when it is renewed, for those who may, and that is on record', async () => {
    const old = await linkOf('dba');
    edge.specify({
      ...spec,
      permissions: { ...spec.permissions, 'duty.relink': { teams: [], groups: [], users: [bob] } },
    });
    expect(told(await type('relink dba'))).toContain('You may not renew the link');
    expect((await edge.follow(old)).status).toBe(200);
    const renewed = await type('relink dba', 'bob');
    expect(told(renewed)).toContain('have ended');
    expect(told(renewed)).not.toContain('key=');
    expect((await edge.follow(old)).status).toBe(401);
    const fresh = await linkOf('dba');
    await edge.driver.duplicate(renewed);
    expect((await edge.follow(fresh)).status).toBe(200);
    expect(await access()).toEqual(['permission.refused duty.relink', 'calendar.relinked dba']);
  });
});
