import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainstay } from '../support/cli.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { asAdmin } from '../support/test-server.ts';

/** Each test starts processes, which takes seconds on a machine that is busy. */
const PROCESSES = { timeout: 60_000 };

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
  await journey.type('alice', '/incident declare sev2 @bob cannot log in');
  await journey.type('alice', '/incident declare sev4 Blue is too blue');
  await journey.type('alice', '/incident resolve INC-2 Repainted');
  await journey.quiet();
}, 60_000);
afterAll(() => journey.stop());

/** A complete environment for the bot that runs beside. */
function settings(): Record<string, string> {
  const { slack, databaseUrl, home, specFile } = journey;
  return {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    MAINSTAY_HOME: home,
    MAINSTAY_SPEC: specFile,
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: slack.signingSecret,
  };
}

const run = (typed: string, change: Record<string, string> = {}) =>
  mainstay(typed.split(' '), { ...settings(), ...change });

describe('incidents in the terminal', PROCESSES, () => {
  it('are listed and shown as one JSON document beside the running bot', async () => {
    const [open, all, one] = await Promise.all([
      run('incident list --json'),
      run('incident list --all --json'),
      run('incident show INC-1 --json'),
    ]);
    expect([open, all, one].map(({ code, err }) => [code, err])).toEqual(Array(3).fill([0, '']));
    const [shown] = JSON.parse(open.out);
    expect(JSON.parse(one.out)).toEqual(shown);
    expect(shown).toMatchObject({
      number: 1,
      version: 3,
      status: 'assessed',
      severity: 'SEV2',
      title: '<@U0BOB|bob> cannot log in',
      declaredBy: { kind: 'slack', user: 'U0ALICE' },
      declaredAt: '2026-11-21T14:00:00.000Z',
      owner: null,
      channel: { id: expect.stringMatching(/^C/), name: 'inc-1-bob-cannot-log-in' },
    });
    expect(JSON.parse(open.out)).toHaveLength(1);
    expect(
      JSON.parse(all.out).map(({ number, status }: { number: number; status: string }) => [number, status]),
    ).toEqual([
      [2, 'resolved'],
      [1, 'assessed'],
    ]);
  });

  it('are lines for people', async () => {
    const [list, one] = await Promise.all([run('incident list'), run('incident show inc-2')]);
    expect(list.out).toBe('INC-1    SEV2  assessed    2026-11-21T14:00 @bob cannot log in\n');
    expect(one.out).toMatch(/^INC-2\ntitle +Blue is too blue\nstatus +resolved\nseverity +SEV4\n/);
    expect(one.out).toMatch(/\nresolution +Repainted\n$/);
  });

  it('never steer the terminal, whatever an older log holds', async () => {
    const entitle = (title: string) =>
      asAdmin(journey.databaseUrl, (client) =>
        client.query(`update "Incident" set state = state || jsonb_build_object('title', $1::text) where number = 2`, [
          title,
        ]),
      );
    await entitle('\u001b[2J\u202eBlue\u009b is too blue');
    const outputs = await Promise.all([
      run('incident list --all'),
      run('incident show INC-2'),
      run('postmortem INC-2'),
    ]);
    await entitle('Blue is too blue');
    for (const { out } of outputs) {
      expect(out).toMatch(/Blue is too blue/);
      expect(out).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    }
  });

  it('that are not there end with 1, and words that name none with 2 and the usage', async () => {
    const [missing, none, wrong, draft] = await Promise.all([
      run('incident show INC-99'),
      run('incident show'),
      run('incident show yesterday --json'),
      run('postmortem INC-99 --json'),
    ]);
    const unknown = 'There is no INC-99. `mainstay incident list --all` shows every incident there is.\n';
    expect(missing).toEqual({ code: 1, out: '', err: unknown });
    expect(none).toEqual({ code: 2, out: '', err: 'the incident is missing.\nUsage: mainstay incident show INC-1\n' });
    expect(wrong).toMatchObject({ code: 2, out: '', err: expect.stringContaining('"yesterday" names no incident') });
    expect(draft).toEqual({ code: 1, out: '', err: unknown });
  });

  it('have drafts in three formats and in no other', async () => {
    const [markdown, json, other] = await Promise.all([
      run('postmortem INC-2'),
      run('postmortem INC-2 --json'),
      run('postmortem INC-2 --format htm'),
    ]);
    expect(markdown.out).toMatch(/^# Post-mortem of INC-2: Blue is too blue\n/);
    expect(JSON.parse(json.out)).toMatchObject({
      schema: 'mainstay.postmortem/1',
      id: 'INC-2',
      resolution: 'Repainted',
    });
    expect(other).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('"htm" is no format. Did you mean html? There are md, html, json.'),
    });
  });
});

describe('digest', PROCESSES, () => {
  it('is printed for a channel, and posted only by a running bot that was asked to', async () => {
    const [dry, json, unknown, unnamed] = await Promise.all([
      run('digest --channel #team-payments --dry-run'),
      run('digest --channel team-payments --dry-run --json'),
      run('digest --channel team-paymants --dry-run'),
      run('digest --dry-run'),
    ]);
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(
      /^Payments, \d{4}-\d{2}-\d{2}\n\nOpen incidents\n {2}SEV2 +INC-1 +@bob cannot log in \(assessed/,
    );
    expect(JSON.parse(json.out)).toMatchObject([{ team: 'payments', sections: [{ name: 'incidents' }, {}] }]);
    expect([unknown.code, unnamed.code]).toEqual([1, 2]);
    expect(unknown.err).toContain('No team is told in "team-paymants".');
    expect(unknown.err).toContain('Did you mean team-payments?');
    expect(journey.slack.history('team-payments')).toEqual([]);

    const posted = await run('digest --channel team-payments');
    expect(posted.out).toContain('Promised to #team-payments: a running bot posts it.');
    await journey.message('team-payments', '*INC-1*');
  });
});

describe('doctor', PROCESSES, () => {
  it('finds nothing wrong with the environment of a bot that runs', async () => {
    const [table, json] = await Promise.all([run('doctor'), run('doctor --json')]);
    expect([table.code, json.code, json.err]).toEqual([0, 0, '']);
    const report = JSON.parse(json.out);
    expect(report.healthy).toBe(true);
    expect(report.findings.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['environment', 'spec', 'binaries', 'disk', 'database', 'migrations', 'queue', 'slack']),
    );
    expect(table.out).toMatch(/\nReady to start\.\n$/);
    expect(table.out + json.out).not.toContain(journey.slack.token);
  });

  it('says everything that is wrong at once, and ends with 1', async () => {
    const spec = join(journey.home, 'wrong.yml');
    await writeFile(spec, 'name: Wrong\nseverities: { SEV1: { meaning: Bad, responseTime: 15 } }\n');
    const [broken, refused] = await Promise.all([
      run('doctor --json', {
        SLACK_BOT_TOKEN: '',
        MAINSTAY_SPEC: spec,
        DATABASE_URL: 'postgresql://nobody:hunter2@127.0.0.1:1/none',
      }),
      run('doctor --json', { SLACK_BOT_TOKEN: 'xoxb-somebody-elses' }),
    ]);
    expect([broken.code, refused.code]).toEqual([1, 1]);
    const stateOf = ({ out }: { out: string }) =>
      Object.fromEntries(JSON.parse(out).findings.map(({ name, state }: Record<string, string>) => [name, state]));
    expect(stateOf(broken)).toMatchObject({
      environment: 'failed',
      spec: 'failed',
      database: 'failed',
      disk: 'ok',
      slack: 'skipped',
    });
    expect(stateOf(refused)).toMatchObject({ environment: 'ok', database: 'ok', slack: 'failed' });
    for (const { remedy, state } of JSON.parse(broken.out).findings)
      if (state === 'failed') expect(remedy).toBeTruthy();
    expect(broken.out + broken.err + refused.out + refused.err).not.toMatch(/hunter2|xoxb-somebody-elses/);
  });
});

describe('migrate', PROCESSES, () => {
  it('brings an empty database to this version, once; before it nothing works and says so', async () => {
    const empty = await emptyDatabase();
    const at = { DATABASE_URL: empty.url };
    const before = await run('incident list', at);
    expect(before).toEqual({ code: 1, out: '', err: expect.stringContaining('npm run -s mainstay -- migrate') });
    const first = await run('migrate --json', at);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out).applied.length).toBeGreaterThan(0);
    const [second, after] = await Promise.all([run('migrate', at), run('incident list', at)]);
    expect(second).toEqual({ code: 0, out: 'Nothing to do: every migration is applied.\n', err: '' });
    expect(after).toEqual({ code: 0, out: 'No incident is open.\n', err: '' });
    await empty.drop();
  });
});

describe('spec check', PROCESSES, () => {
  it('names every fault with file, line and column, and ends with 1', async () => {
    const file = join(journey.home, 'faulty.yml');
    await writeFile(file, 'name: Faulty\ntimezone: Europe/Pari\nteam: {}\nincident: { kinds: [] }\n');
    const [good, bad, json, none] = await Promise.all([
      run(`spec check ${journey.specFile}`),
      run(`spec check ${file}`),
      run(`spec check ${file} --json`),
      run(`spec check ${journey.home}/nowhere.yml`),
    ]);
    expect(good.code).toBe(0);
    expect(good.out).toContain('northwind.yml is a spec Mainstay can run');
    const faults = [
      `${file}:2:11: timezone is "Europe/Pari"; write a zone such as Europe/Paris or UTC; did you mean Europe/Paris?`,
      `${file}:3:1: team is an unknown key; allowed: `,
      `${file}:4:20: incident.kinds is an empty list; name at least one kind of incident`,
    ];
    expect(bad).toMatchObject({ code: 1, err: '' });
    expect(bad.out.trimEnd().split('\n')).toEqual(faults.map((fault) => expect.stringContaining(fault)));
    expect(JSON.parse(json.out)).toMatchObject({ file, ok: false, faults: bad.out.trimEnd().split('\n') });
    expect(none).toMatchObject({
      code: 1,
      out: expect.stringContaining('The operations spec is a YAML file that can be read here.'),
    });
  });
});

describe('audit verify', PROCESSES, () => {
  it('proves the log, and names the event somebody altered behind our back', async () => {
    // The next day's anchor covers what happened today.
    journey.later(24 * 60);
    await journey.minute();
    const intact = await run('audit verify');
    expect(intact).toMatchObject({ code: 0, err: '' });
    expect(intact.out).toMatch(
      /^Intact: \d+ events in \d+ chains, 0 erased, [1-9]\d* anchors, [1-9]\d* of them published\.\n$/,
    );
    await journey.rows('alter table "EventBody" disable trigger all');
    await journey.rows(
      `update "EventBody" set body = body || '{"title": "Nothing to see"}' where subject = 'INC-1' and seq = 1`,
    );
    const [altered, json] = await Promise.all([run('audit verify'), run('audit verify --json')]);
    expect([altered.code, json.code]).toEqual([1, 1]);
    expect(altered.out).toMatch(/^NOT INTACT\.\n- .*INC-1/);
    expect(JSON.parse(json.out)).toMatchObject({ intact: false });
  });
});

describe('what is typed', PROCESSES, () => {
  it('that is no command ends with 2 and the nearest one', async () => {
    const [unknown, nothing, help] = await Promise.all([run('incdent list'), mainstay([], settings()), run('help')]);
    expect(unknown).toEqual({
      code: 2,
      out: '',
      err: 'mainstay has no command "incdent list". Did you mean "incident list"? `mainstay help` lists them.\n',
    });
    expect([nothing.code, help.code]).toEqual([2, 0]);
    expect(help.out).toContain('mainstay incident show INC-1');
    const [extra, option] = await Promise.all([run('migrate now'), run('incident list --everything')]);
    expect([extra.code, option.code]).toEqual([2, 2]);
    expect(extra.err).toContain('"now" is not expected here');
    expect(option.err).toContain('the only option is --all');
  });

  it('cannot start a bot whose settings are wrong: every fault is said, and nothing of a secret', async () => {
    const started = await mainstay(['start'], {
      SLACK_BOT_TOKEN: 'hunter2-is-no-token',
      PORT: 'eighty',
      MAINSTAY_HOME: journey.home,
    });
    expect(started).toMatchObject({ code: 1, out: '' });
    expect(started.err).toMatch(/SLACK_BOT_TOKEN has a value that does not start with xoxb-/);
    expect(started.err).toMatch(/PORT is "eighty"/);
    expect(started.err).toMatch(/SLACK_APP_TOKEN is not set/);
    expect(started.err).not.toContain('hunter2');
  });
});
