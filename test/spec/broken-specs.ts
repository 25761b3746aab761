/** Operations specs with one thing wrong each: what it is, the lines that have it, and every fault that is reported. */
export const BROKEN: readonly (readonly [what: string, lines: string, faults: readonly string[]])[] = [
  [
    'an unknown section',
    'dutties: []',
    [
      '8:1: dutties is an unknown key; allowed: name, timezone, teams, contacts, services, severities, incident, permissions, targets, duties, holidays, freezes, digest, windows, checks, metrics, thresholds, alerts, slo, backups, documents, status; did you mean duties?',
    ],
  ],
  [
    'a section this version does not know',
    'capacity: {}',
    [
      '8:1: capacity is an unknown key; allowed: name, timezone, teams, contacts, services, severities, incident, permissions, targets, duties, holidays, freezes, digest, windows, checks, metrics, thresholds, alerts, slo, backups, documents, status',
    ],
  ],
  [
    'a section that is a map where a list belongs',
    'duties: { d: { title: D } }',
    ['8:9: duties is a map of keys; write a list'],
  ],
  [
    'an owner that is no team',
    `duties:
  - { key: d, title: D, when: { every: day }, owner: opps }`,
    ['9:54: duties.d.owner is "opps", which is unknown; allowed: a key of teams (ops); did you mean ops?'],
  ],
  [
    'a duty without an owner',
    `duties:
  - { key: d, title: D, when: { every: day } }`,
    ['9:5: duties.d.owner is missing; write a text'],
  ],
  [
    'a duty without a when',
    `duties:
  - { key: d, title: D, owner: ops, grace: 1h }`,
    ['9:5: duties.d.when is missing; write such as { every: day, at: "09:00" }'],
  ],
  [
    'a when that is a text',
    `duties:
  - { key: d, title: D, owner: ops, when: daily }`,
    ['9:43: duties.d.when is "daily"; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }'],
  ],
  [
    'a when of no known unit',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: fortnight } }`,
    [
      '9:52: duties.d.when.every is "fortnight"; write day, weekday, week, month, quarter, year, hour, minute, or a number of days, weeks, hours, minutes such as "90 days"',
    ],
  ],
  [
    'a misspelt weekday',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: week, on: mondai } }`,
    ['9:62: duties.d.when.on is "mondai"; write a day such as monday; did you mean monday?'],
  ],
  [
    'a week without its day',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: week } }`,
    ['9:43: duties.d.when.on is missing; write a day such as monday'],
  ],
  [
    'a time of day without minutes',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day, at: 9 } }`,
    ['9:61: duties.d.when.at is 9; write a time from "00:00" to "23:59", such as "09:00"'],
  ],
  [
    'a day no month has',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: year, on: 31 february } }`,
    ['9:62: duties.d.when.on is "31 february"; february has at most 29 days'],
  ],
  [
    'a day some months lack',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: month, on: 31 } }`,
    [
      '9:63: duties.d.when.on is 31, which some months do not have; write last day, or skip those months with cron: "0 9 31 * *"',
    ],
  ],
  [
    'a period without its first day',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: 90 days } }`,
    ['9:43: duties.d.when.from is missing; write the first day, such as 2026-01-01'],
  ],
  [
    'a fixed offset for a zone',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day, timezone: "+02:00" } }`,
    ['9:67: duties.d.when.timezone is "+02:00"; write a zone such as Europe/Paris or UTC'],
  ],
  [
    'a misspelt key of a when',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day, att: "09:00" } }`,
    ['9:57: duties.d.when.att is an unknown key; allowed: every, at, timezone; did you mean at?'],
  ],
  [
    'the last day but three in cron',
    `duties:
  - { key: d, title: D, owner: ops, when: { cron: "0 6 L-3 * *" } }`,
    [
      '9:51: duties.d.when.cron is "0 6 L-3 * *", where L-3 is not known; write L for the last day, LW for the last one from Monday to Friday, or a day such as 28',
    ],
  ],
  [
    'a cron line of four fields',
    `duties:
  - { key: d, title: D, owner: ops, when: { cron: "0 6 * *" } }`,
    [
      '9:51: duties.d.when.cron is "0 6 * *", which has 4 fields; write five fields - minute hour day month weekday - such as "0 6 * * *"',
    ],
  ],
  [
    'a grace without a unit',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, grace: 4 }`,
    [
      '9:66: duties.d.grace is wrong: "4" has no unit; write a whole number and a unit (ms, s, m, h, d, w), such as 15m, 48h, 5d or 1h30m',
    ],
  ],
  [
    'an unknown type of maintenance',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, type: preventative }`,
    [
      '9:65: duties.d.type is "preventative"; allowed: corrective, adaptive, perfective, preventive; did you mean preventive?',
    ],
  ],
  [
    'an unknown action',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: db.maintian, target: db } }`,
    [
      '9:74: duties.d.run.action is "db.maintian"; allowed: http.get, sql.query, command.run, spec.validate, digest.post, db.maintain, db.report, prune, files.prune; did you mean db.maintain?',
    ],
  ],
  [
    'an action without its target',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: db.report } }`,
    ['9:64: duties.d.run.target is missing; db.report works on one of kind postgres'],
  ],
  [
    'an action on a target of another kind',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: db.report, target: api } }`,
    ['9:93: duties.d.run.target is "api", of kind http; db.report works on one of kind postgres'],
  ],
  [
    'an action on an unknown target',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: http.get, target: apii, path: / } }`,
    [
      '9:92: duties.d.run.target is "apii", which is unknown; allowed: a key of targets (db, api, f, p); did you mean api?',
    ],
  ],
  [
    'an argument that the action does not take',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: http.get, target: api, path: /, pathh: /x } }`,
    [
      '9:106: duties.d.run.pathh is an unknown key; allowed: action, timeout, target, path, status, contains; did you mean path?',
    ],
  ],
  [
    'arguments that are wrong, each where it stands',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: http.get, target: api, path: //a.example, status: 2000, timeout: 10 } }`,
    [
      '9:103: duties.d.run.path is "//a.example"; write a path that begins with one "/"',
      '9:124: duties.d.run.status is no HTTP status; write one such as 200',
      '9:139: duties.d.run.timeout is wrong: "10" has no unit; write a whole number and a unit (ms, s, m, h, d, w), such as 15m, 48h, 5d or 1h30m',
    ],
  ],
  [
    'an action that may take for ever',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: spec.validate, timeout: 2d } }`,
    ['9:98: duties.d.run.timeout is out of bounds; write a time up to 12h, such as 10m'],
  ],
  [
    'a command written as one line for a shell',
    `targets: { repo: { kind: repository, notConnected: Not here. } }
duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: command.run, target: repo, argv: npm audit, environment: [A=B] } }`,
    [
      '9:107: duties.d.run.argv is "npm audit"; write a list',
      '9:132: duties.d.run.environment.0 is "A=B"; write the name of a variable',
    ],
  ],
  [
    'a query with bounds of the wrong kind, and one that COPY begins',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: sql.query, target: db, query: SELECT 1, atMost: many, rows: {} } }
  - { key: e, title: E, owner: ops, when: { every: day }, run: { action: sql.query, target: db, query: "-- all of it\\ncopy t to program 'x'", rows: -1 } }`,
    [
      '9:122: duties.d.run.atMost is "many"; write a number',
      '9:134: duties.d.run.rows says nothing; write atLeast, atMost or both',
      '10:104: duties.e.run.query begins with COPY, which can write files and run programs; write a SELECT',
      '10:149: duties.e.run.rows is below 0; write how many',
    ],
  ],
  [
    'a maintenance of steps and tables that say nothing',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: db.maintain, target: db, steps: [vacuum], tables: [], lockTimeout: 0s } }`,
    [
      '9:107: duties.d.run.steps.0 is "vacuum"; allowed: vacuum-analyze, reindex, analyze, bloat-report',
      '9:124: duties.d.run.tables is an empty list; name at least one table, or leave it out',
      '9:141: duties.d.run.lockTimeout is 0, which is to wait for ever; write a duration such as 30s',
    ],
  ],
  [
    'a prune that nobody approves, and one that selects no rows',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: prune, target: db, table: t, where: a > 1, cap: 10 } }
  - { key: e, title: E, owner: ops, when: { every: day }, approval: { of: first run, by: { teams: [ops] } }, run: { action: prune, target: db, table: t, cap: 0, batch: 0 } }`,
    [
      '9:5: duties.d has no approval, and prune deletes; write approval: { of: first run, by: { teams: [...] } }',
      '10:115: duties.e.run says not which rows; write where, keys, olderThan or keepNewest',
      '10:159: duties.e.run.cap is less than 1; write how many at most',
      '10:169: duties.e.run.batch is less than 1; write how many',
    ],
  ],
  [
    'a pruning of files that leaves its folder, and that nobody approves',
    `targets: { temp: { kind: files, notConnected: Not here. } }
duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: files.prune, target: temp, glob: a/../../*, olderThan: 24, cap: 10 } }`,
    [
      '9:5: duties.d has no approval, and files.prune deletes; write approval: { of: first run, by: { teams: [...] } }',
      '9:107: duties.d.run.glob is "a/../../*"; write a pattern below the target\'s folder, without ".."',
      '9:129: duties.d.run.olderThan is wrong: "24" has no unit; write a whole number and a unit (ms, s, m, h, d, w), such as 15m, 48h, 5d or 1h30m',
    ],
  ],
  [
    'a role where there are none',
    `targets: { api: { kind: http, url: "https://a.example", role: reader } }`,
    ['7:63: targets.api.role is for targets of kind postgres; leave it out'],
  ],
  [
    'keys of storage where there is none, written out, and not set',
    `targets:
  api: { kind: http, url: "https://a.example", region: eu-central-1 }
  one: { kind: storage, url: "s3://backups", accessKey: AKIDOFALICE, secretKey: env:NOBODY_IS_SET }`,
    [
      '8:56: targets.api.region is for targets of kind storage; leave it out',
      '9:57: targets.one.accessKey is written out; write env:NAME, so that it is not in the file',
      "9:81: targets.one.secretKey is env:NOBODY_IS_SET, which is not set; set NOBODY_IS_SET in Mainstay's environment",
    ],
  ],
  [
    'a digest of a team that is unknown',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, run: { action: digest.post, team: opss } }`,
    ['9:93: duties.d.run.team is "opss", which is unknown; allowed: a key of teams (ops); did you mean ops?'],
  ],
  [
    'a clause without a line',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, clause: "004" }`,
    ['9:67: duties.d.clause is "004"; write document and line, such as 004:L128 or 004:L128-L131'],
  ],
  [
    'a clause that ends before it begins',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, clause: 004:L9-L3 }`,
    [
      '9:67: duties.d.clause is "004:L9-L3", which ends before it begins; write document and line, such as 004:L128 or 004:L128-L131',
    ],
  ],
  [
    'a clause of a document nobody listed',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, clause: 005:L9 }`,
    ['9:67: duties.d.clause cites 005, which is not in documents; it lists 004; did you mean 004?'],
  ],
  [
    'a clause beyond the end of its document',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, clause: [004:L1, 004:L471] }`,
    ['9:76: duties.d.clause.1 cites line 471 of 004, which has 470 lines'],
  ],
  [
    'a duty that satisfies itself',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, satisfies: [d] }`,
    ['9:71: duties.d.satisfies.0 is the duty itself; name the duties that are done with it'],
  ],
  [
    'a duty that satisfies what does not exist',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, satisfies: [e] }`,
    ['9:71: duties.d.satisfies.0 is "e", which is unknown; allowed: a key of duties (d)'],
  ],
  [
    'two duties that satisfy each other',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, satisfies: [e] }
  - { key: e, title: E, owner: ops, when: { every: day }, satisfies: [d] }`,
    [
      '9:71: duties.d.satisfies.0 is "e", which satisfies this one in turn; let one satisfy the other',
      '10:71: duties.e.satisfies.0 is "d", which satisfies this one in turn; let one satisfy the other',
    ],
  ],
  [
    'duties that satisfy each other in a ring, and one outside of it',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, satisfies: [e] }
  - { key: e, title: E, owner: ops, when: { every: day }, satisfies: [out, f] }
  - { key: f, title: F, owner: ops, when: { every: day }, satisfies: [d] }
  - { key: out, title: Out, owner: ops, when: { every: day } }`,
    [
      '9:71: duties.d.satisfies.0 is "e", which satisfies this one in turn through "f"; let one satisfy the other',
      '10:76: duties.e.satisfies.1 is "f", which satisfies this one in turn through "d"; let one satisfy the other',
      '11:71: duties.f.satisfies.0 is "d", which satisfies this one in turn through "e"; let one satisfy the other',
    ],
  ],
  [
    'two duties of one key',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day } }
  - { key: d, title: E, owner: ops, when: { every: day } }`,
    ['10:12: duties.d.key is "d", which an entry before it has already; give each a key of its own'],
  ],
  [
    'a permission of nobody',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, permission: {} }`,
    ['9:71: duties.d.permission names nobody; write everyone, or list teams, groups or users'],
  ],
  [
    'an approval by an unknown team',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, approval: { of: every run, by: { teams: [dbas] } } }`,
    ['9:100: duties.d.approval.by.teams.0 is "dbas", which is unknown; allowed: a key of teams (ops)'],
  ],
  [
    'evidence that is neither needed nor not',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, evidence: requierd }`,
    ['9:69: duties.d.evidence is "requierd"; allowed: required, optional, none; did you mean required?'],
  ],
  [
    'a runbook that is no address',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, runbook: wiki }`,
    ['9:68: duties.d.runbook is "wiki"; write an http:// or https:// address'],
  ],
  [
    'an unknown rule for holidays',
    `duties:
  - { key: d, title: D, owner: ops, when: { every: day }, onHoliday: move }`,
    ['9:70: duties.d.onHoliday is "move"; allowed: keep, skip, before, after'],
  ],
  [
    'a password in the file',
    'targets: { db: { kind: postgres, url: "postgresql://a:b@c/d" } }',
    ['7:39: targets.db.url holds a password; write env:NAME instead'],
  ],
  [
    'a target that is nowhere',
    'targets: { db: { kind: postgres } }',
    ['7:16: targets.db has neither url nor notConnected; say where it is, or why it is not here'],
  ],
  [
    'a target whose variable is not set',
    'targets: { db: { kind: postgres, url: env:NO_SUCH_URL } }',
    ["7:39: targets.db.url is env:NO_SUCH_URL, which is not set; set NO_SUCH_URL in Mainstay's environment"],
  ],
  [
    'a target of an unknown kind',
    'targets: { db: { kind: postgress, notConnected: Not here. } }',
    [
      '7:24: targets.db.kind is "postgress"; allowed: postgres, sqlite, redis, http, prometheus, alertmanager, host, repository, files, storage, cluster, mainstay; did you mean postgres?',
    ],
  ],
  [
    'a target that is connected and not',
    'targets: { api: { kind: http, url: "http://a.example", notConnected: Not here. } }',
    ['7:70: targets.api.notConnected stands beside a url that is written out; leave out one of the two'],
  ],
  [
    'an address of the wrong kind',
    'targets: { api: { kind: http, url: a.example } }',
    ['7:36: targets.api.url is "a.example"; write an http:// or https:// address without "?" and "#"'],
  ],
  [
    'an address that what is asked for cannot stand behind',
    'targets: { api: { kind: http, url: "http://a.example/?a=b" }, b: { kind: http, url: "http://a.example/#b" } }',
    [
      '7:36: targets.api.url is "http://a.example/?a=b"; write an http:// or https:// address without "?" and "#"',
      '7:85: targets.b.url is "http://a.example/#b"; write an http:// or https:// address without "?" and "#"',
    ],
  ],
  [
    'a holiday on no day',
    'holidays: [{ name: H, on: 30 february }]',
    ['8:27: holidays.0.on is "30 february"; february has at most 29 days; or a date such as 2026-12-25'],
  ],
  [
    'a freeze that ends before it begins',
    'freezes: [{ name: F, from: 2026-12-20, to: 2026-12-02 }]',
    ['8:44: freezes.0.to is before its first day; write the last day of the freeze'],
  ],
  [
    'a freeze from a day that does not exist',
    'freezes: [{ name: F, from: 2026-02-30, to: 2026-03-02 }]',
    ['8:28: freezes.0.from is "2026-02-30"; write a date such as 2026-03-18'],
  ],
  [
    'a digest for an unknown team',
    'digest: { opps: { at: "09:00", days: working days } }',
    ['8:11: digest.opps is for a team that is unknown; allowed: a key of teams (ops); did you mean ops?'],
  ],
  [
    'a digest on an unknown day',
    'digest: { ops: { at: "09:00", days: [mondai] } }',
    [
      '8:38: digest.ops.days.0 is "mondai"; allowed: sunday, monday, tuesday, wednesday, thursday, friday, saturday; did you mean monday?',
    ],
  ],
  [
    'a digest on no day',
    'digest: { ops: { at: "09:00", days: [] } }',
    ['8:37: digest.ops.days is an empty list; name at least one weekday, or write working days'],
  ],
  [
    'a digest at half past twenty-four',
    'digest: { ops: { at: "24:30", days: working days } }',
    ['8:22: digest.ops.at is "24:30"; write a time of day such as "09:00"'],
  ],
  [
    'a look back over nothing',
    'digest: { ops: { at: "09:00", days: working days, rollups: [{ every: day }] } }',
    ['8:61: digest.ops.rollups.0 covers nothing to look back over; write every: week, every: month or every: quarter'],
  ],
  [
    'a digest with an unknown section',
    'digest: { ops: { at: "09:00", days: working days, sections: [dutys] } }',
    [
      '8:62: digest.ops.sections.0 is "dutys"; allowed: checks, uptime, duties, incidents, windows, postmortems, backups, changes, since-yesterday; did you mean duties?',
    ],
  ],
  [
    'a window on an unknown service',
    'windows: [{ key: w, title: W, when: as needed, affects: [webb] }]',
    ['8:58: windows.w.affects.0 is "webb", which is unknown; allowed: a key of services (web); did you mean web?'],
  ],
  [
    'a window that happens now and then',
    'windows: [{ key: w, title: W, when: sometimes }]',
    ['8:37: windows.w.when is "sometimes"; write such as { every: day, at: "09:00" } or { cron: "0 6 * * *" }'],
  ],
  [
    'a check of an unknown kind',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, kind: htpp, target: api, path: / }`,
    [
      '9:55: checks.c.kind is "htpp"; allowed: http, tls, tcp, dns, sql, postgres, sqlite, redis, migrations, disk, file age, object age, prometheus, scrape, log file, loki, process, parity, command, heartbeat, environment, not connected; did you mean http?',
    ],
  ],
  [
    'a check of no kind',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, target: api, path: / }`,
    [
      '9:5: checks.c.kind is missing; allowed: http, tls, tcp, dns, sql, postgres, sqlite, redis, migrations, disk, file age, object age, prometheus, scrape, log file, loki, process, parity, command, heartbeat, environment, not connected',
    ],
  ],
  [
    'a check with a key of another kind',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, kind: tcp, target: api, path: / }`,
    [
      '9:68: checks.c.target is "api", of kind http; tcp works on one of kind host',
      '9:73: checks.c.path is an unknown key; allowed: kind, target, says, within, key, title, owner, clause, assumed, every, timeout, failAfter, recoverAfter, dependsOn, service, severity',
    ],
  ],
  [
    'a check of a target it cannot ask',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, kind: http, target: db, path: /health }`,
    ['9:69: checks.c.target is "db", of kind postgres; http works on one of kind http'],
  ],
  [
    'a check of a path that is none',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, kind: http, target: api, path: health }`,
    ['9:80: checks.c.path is "health"; write a path that begins with "/"'],
  ],
  [
    'a check of a status that is none',
    `checks:
  - { key: c, title: C, kind: http, target: api, path: /, status: 299-200, every: 1m, timeout: 1s }`,
    ['9:67: checks.c.status is "299-200"; write an HTTP status such as 200 or 200-299'],
  ],
  [
    'a check with a pattern that is none',
    `checks:
  - { key: c, title: C, kind: http, target: api, path: /, matches: "(", every: 1m, timeout: 1s }`,
    [
      '9:68: checks.c.matches is "(", which is no regular expression: Invalid regular expression: /(/u: Unterminated group',
    ],
  ],
  [
    'a check of a body that a HEAD does not bring',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: http, target: api, path: /, method: HEAD, contains: ok }`,
    ['9:107: checks.c.contains looks at what a HEAD does not bring; ask with GET'],
  ],
  [
    'a bound of another quantity than the figure',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: postgres, target: db, connections: "> 5s" }`,
    ['9:90: checks.c.connections is a figure of kind time; write such as "> 80%" or "> 100"'],
  ],
  [
    'a bound of a query that is not there',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: postgres, target: db, breach: "> 5" }`,
    ['9:85: checks.c.breach is of a query, and there is none; write query too'],
  ],
  [
    'a record of DNS of no known kind',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: dns, name: a.example, record: AA }`,
    ['9:85: checks.c.record is "AA"; allowed: A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV, TXT; did you mean CAA?'],
  ],
  [
    'a resolver that is no address',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: dns, name: a.example, record: A, resolver: dns.example }`,
    ['9:98: checks.c.resolver is "dns.example"; write an IP address, such as 9.9.9.9 or 127.0.0.1:5353'],
  ],
  [
    'a certificate without the time that must be left',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: tls, target: api }`,
    ['9:5: checks.c.left is missing; write a duration such as 15m or 48h'],
  ],
  [
    'a file outside of its target',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: file age, target: f, file: ../x, maxAge: 1h }`,
    ['9:82: checks.c.file is "../x"; write a name below the folder of the target, without ".."'],
  ],
  [
    'both a file and the newest of several',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: file age, target: f, file: x, newest: "*", maxAge: 1h }`,
    ['9:5: checks.c needs either file or newest; write one of the two'],
  ],
  [
    'a disk without a bound',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: disk, target: f }`,
    ['9:5: checks.c.free is missing; write a text'],
  ],
  [
    'a metric that is none',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: scrape, target: api, sample: "up{", breach: "< 1" }`,
    ['9:84: checks.c.sample is "up{"; write a metric such as up or requests_total{code="500"}'],
  ],
  [
    'a query without a bound',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: prometheus, target: p, query: up }`,
    ['9:5: checks.c.breach is missing; write a text'],
  ],
  [
    'lines to be looked into without a clock',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: log file, target: f, file: a.log, levels: [{ matches: ERROR, means: investigate }] }`,
    ['9:98: checks.c.levels.0 lacks within, which investigate needs'],
  ],
  [
    'a clock for lines that page',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: log file, target: f, file: a.log, levels: [{ matches: FATAL, means: page, within: 1h }] }`,
    ['9:137: checks.c.levels.0.within is for investigate only, not for page'],
  ],
  [
    'a log without levels',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: loki, target: api, levels: [] }`,
    ['9:82: checks.c.levels is an empty list; name at least one level'],
  ],
  [
    'a process of no known kind',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: process, of: nginx }`,
    [
      '9:68: checks.c.of is "nginx"; allowed: mainstay; or is "nginx"; write a map of keys; or is "nginx"; write a map of keys',
    ],
  ],
  [
    'parity of one environment',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: parity, between: [{ name: A, target: api, path: /v }] }`,
    ['9:72: checks.c.between names fewer than two; name the environments that are compared'],
  ],
  [
    'parity by a query of a web server',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: parity, between: [{ name: A, target: api, query: SELECT 1 }, { name: B, target: nowhere, path: / }] }`,
    [
      '9:73: checks.c.between.0 has no path, which a target of kind http is asked by',
      '9:135: checks.c.between.1.target is "nowhere", which is unknown; allowed: a key of targets (db, api, f, p)',
    ],
  ],
  [
    'migrations without the files',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: migrations, target: db }`,
    ['9:5: checks.c.files is missing; write a text'],
  ],
  [
    'a command that is one line',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: command, argv: "ls -l", folder: /tmp }`,
    ['9:70: checks.c.argv is "ls -l"; write a list'],
  ],
  [
    'a command in a relative folder',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: command, argv: [ls], folder: here }`,
    ['9:84: checks.c.folder is "here"; write a path that begins with "/"'],
  ],
  [
    'a variable that is none',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 1s, kind: environment, variables: [A-B] }`,
    ['9:80: checks.c.variables.0 is "A-B"; write the name of a variable, such as DATABASE_URL'],
  ],
  [
    'a check that never fails',
    `checks:
  - { key: c, title: C, every: 1m, timeout: 5s, kind: http, target: api, path: /, failAfter: 0 }`,
    ['9:94: checks.c.failAfter is less than 1; write how many failures in a row count'],
  ],
  [
    'a check that says not how often',
    `checks:
  - { key: c, title: C, timeout: 5s, kind: heartbeat }`,
    ['9:5: checks.c.every is missing; write a duration such as 15m or 48h'],
  ],
  [
    'a threshold without a comparison',
    `thresholds:
  - { key: t, title: T, metric: errors, breach: 2%, statistic: last }`,
    [
      '9:49: thresholds.t.breach is wrong: "2%" compares nothing; write what is bad as a comparison, such as "> 2%", above 2%, "< 20%" or below 20%',
    ],
  ],
  [
    'a threshold in another unit',
    `thresholds:
  - { key: t, title: T, metric: errors, breach: above 500ms, statistic: last }`,
    ['9:49: thresholds.t.breach is a figure of kind time; errors has figures of kind percent'],
  ],
  [
    'a threshold of an unknown metric',
    `thresholds:
  - { key: t, title: T, metric: error, breach: above 2%, statistic: last }`,
    [
      '9:33: thresholds.t.metric is "error", which is unknown; allowed: a key of metrics (errors); did you mean errors?',
    ],
  ],
  [
    'a threshold of an unknown statistic',
    `thresholds:
  - { key: t, title: T, metric: errors, breach: above 2%, statistic: p59 }`,
    ['9:70: thresholds.t.statistic is "p59"; allowed: last, average, p50, p90, p95, p99, max, min; did you mean p50?'],
  ],
  [
    'a threshold that says nothing of what is bad',
    `thresholds:
  - { key: t, title: T, metric: errors, statistic: last }`,
    ['9:5: thresholds.t needs either breach or spike; write what is bad'],
  ],
  [
    'a threshold that is bad in two ways',
    `thresholds:
  - { key: t, title: T, metric: errors, breach: "> 2%", spike: { factor: 3, baseline: 1d }, statistic: last }`,
    ['9:5: thresholds.t needs either breach or spike; write what is bad'],
  ],
  [
    'a spike of less than usual',
    `thresholds:
  - { key: t, title: T, metric: errors, spike: { factor: 1, baseline: 1d }, statistic: last }`,
    ['9:58: thresholds.t.spike.factor is not above 1; write how many times the usual is bad, such as 3'],
  ],
  [
    'a baseline longer than figures are kept',
    `thresholds:
  - { key: t, title: T, metric: errors, spike: { factor: 3, baseline: 30d }, statistic: last }`,
    ['9:71: thresholds.t.spike.baseline is longer than 28d; single figures are kept for 30 days'],
  ],
  [
    'a threshold that depends on what is no check',
    `thresholds:
  - { key: t, title: T, metric: errors, breach: "> 2%", statistic: last, dependsOn: [web], service: wbe }`,
    [
      '9:86: thresholds.t.dependsOn.0 is "web", which is unknown; allowed: a key of checks',
      '9:101: thresholds.t.service is "wbe", which is unknown; allowed: a key of services (web); did you mean web?',
    ],
  ],
  [
    'a statistic that a histogram does not tell',
    `metrics:
  m: { title: M, quantity: time, source: { kind: scrape, target: api, sample: took, as: histogram } }
thresholds:
  - { key: t, title: T, metric: m, breach: "> 1s", statistic: max }`,
    ['10:63: thresholds.t.statistic is "max", which a histogram does not tell; allowed: average, p50, p90, p95, p99'],
  ],
  [
    'a source of an unknown kind',
    `metrics:
  m: { title: M, quantity: time, source: { kind: scrap, target: api, sample: took } }`,
    ['8:50: metrics.m.source.kind is "scrap"; allowed: query, scrape, checks, log file, loki; did you mean scrape?'],
  ],
  [
    'a range of what knows only now',
    `metrics:
  m: { title: M, quantity: time, source: { target: db, query: SELECT 1, over: 5m } }`,
    ['8:79: metrics.m.source.over is for a target of kind prometheus; db is of kind postgres and answers for now only'],
  ],
  [
    'a query that its target does not understand',
    `metrics:
  m: { title: M, quantity: time, source: { target: api, query: SELECT 1 } }`,
    [
      '8:52: metrics.m.source.target is "api", of kind http; query works on one of kind prometheus or postgres or sqlite',
    ],
  ],
  [
    'a scrape of a folder',
    `metrics:
  m: { title: M, quantity: count, source: { kind: scrape, target: f, sample: took } }`,
    ['8:67: metrics.m.source.target is "f", of kind files; scrape works on one of kind http'],
  ],
  [
    'a share of what is no rate',
    `metrics:
  m: { title: M, quantity: percent, source: { kind: scrape, target: api, sample: a, of: b } }`,
    ['8:89: metrics.m.source.of is for a rate only; write as: rate'],
  ],
  [
    'a source that gives another quantity',
    `metrics:
  m: { title: M, quantity: time, source: { kind: log file, target: f, file: app.log, matches: ERROR } }`,
    ['8:28: metrics.m.quantity is time; this source gives figures of kind count'],
  ],
  [
    'a unit of another quantity',
    `metrics:
  m: { title: M, quantity: time, unit: 1KiB, source: { target: p, query: q } }`,
    ['8:40: metrics.m.unit is of kind size; the metric has figures of kind time'],
  ],
  [
    'a figure that is not named',
    `metrics:
  m: { title: M, quantity: count, source: { kind: checks, checks: [c], measure: figure } }`,
    [
      '8:43: metrics.m.source lacks figure, which measure: figure needs',
      '8:68: metrics.m.source.checks.0 is "c", which is unknown; allowed: a key of checks',
    ],
  ],
  [
    'a metric of checks that are none',
    `metrics:
  m: { title: M, quantity: percent, source: { kind: checks, checks: [], measure: success } }`,
    ['8:69: metrics.m.source.checks is an empty list; name at least one check'],
  ],
  [
    'a metric that comes from nowhere',
    'metrics: { errors: { title: E, quantity: percent, source: {} } }',
    ['7:59: metrics.errors.source needs target and query, or else notConnected'],
  ],
  [
    'an alert rule that declares incidents of no severity',
    'alerts: { rules: [{ key: r, declare: true }] }',
    ['8:19: alerts.rules.r.severity is missing; an incident that Mainstay declares by itself needs one'],
  ],
  [
    'an alert rule about a service that is unknown',
    'alerts: { rules: [{ key: r, service: wbe }] }',
    ['8:38: alerts.rules.r.service is "wbe", which is unknown; allowed: a key of services (web); did you mean web?'],
  ],
  [
    'a promise of nothing',
    'slo: [{ key: s, title: S, service: web, period: month, excludeWindows: true }]',
    ['8:7: slo.s promises nothing; write uptime, maxDowntime or both'],
  ],
  [
    'a promise above all',
    'slo: [{ key: s, title: S, service: web, period: month, uptime: 101%, excludeWindows: true }]',
    ['8:64: slo.s.uptime is "101%"; write a share of at most 100%, such as 99.9%'],
  ],
  [
    'a promise over an unknown period',
    'slo: [{ key: s, title: S, service: web, period: fortnight, uptime: 99%, excludeWindows: true }]',
    ['8:49: slo.s.period is "fortnight"; allowed: week, month, quarter, year'],
  ],
  [
    'a backup that is kept for nobody knows how long',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: {} }`,
    ['9:99: backups.b.retention.keep is missing; write a duration such as 15m or 48h'],
  ],
  [
    'a backup that may be deleted to the last',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: { keep: 7d, keepAtLeast: 0 } }`,
    ['9:124: backups.b.retention.keepAtLeast is less than 1; the last good backup is never deleted'],
  ],
  [
    'a backup kept without a unit',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: { keep: 30 } }`,
    [
      '9:107: backups.b.retention.keep is wrong: "30" has no unit; write a whole number and a unit (ms, s, m, h, d, w), such as 15m, 48h, 5d or 1h30m',
    ],
  ],
  [
    'a backup that is kept for less than a week',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: { keep: 3d } }`,
    ['9:107: backups.b.retention.keep is less than 7 days; a fault is often found later than that'],
  ],
  [
    'a backup that only one could read',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: { keep: 7d }, recipients: [age1pufg07wzc20mdyclr5adhzhwwvpm344tel82svye3x8sw89pr42su98mla, age1pufg07wzc20mdyclr5adhzhwwvpm344tel82svye3x8sw89pr42su98mla] }`,
    ['9:125: backups.b.recipients names only one who could read it; name two, one of whose keys is kept elsewhere'],
  ],
  [
    'a backup for somebody who is no recipient, and for one that is not set',
    `backups:
  - { key: b, title: B, source: db, method: pg_dump, when: on change, encrypted: true, retention: { keep: 7d }, recipients: [alice, env:NOBODY_IS_SET] }`,
    [
      '9:126: backups.b.recipients.0 is "alice"; write a recipient of age, which `age-keygen` prints: age1 and 58 letters and digits',
      "9:133: backups.b.recipients.1 is env:NOBODY_IS_SET, which is not set; set NOBODY_IS_SET in Mainstay's environment",
    ],
  ],
  [
    "Mainstay's own database with an address",
    `targets: { own: { kind: mainstay, url: "postgresql://db/mainstay" } }`,
    ["7:40: targets.own.url is Mainstay's own database; leave it out"],
  ],
  [
    'a backup of an unknown target',
    'backups: [{ key: b, title: B, source: bd, method: pg_dump, when: on change, encrypted: true, retention: { keep: 7d } }]',
    ['8:39: backups.b.source is "bd", which is unknown; allowed: a key of targets (db, api, f, p); did you mean db?'],
  ],
  [
    'a status page on which nothing is',
    'status: { public: true, title: Status }',
    [
      '8:19: status.public is true, and no service has `public`; write such as services: { checkout: { public: { name: Checkout } } }',
    ],
  ],
  [
    'a status page that does not say whether it is one',
    'status: { title: Status }',
    ['8:9: status.public is missing; write true or false'],
  ],
];
