/** A spec that uses every section of the language once or twice, in the words of the documents Mainstay was made for. */
export const OPERATIONS_SPEC = `\
name: Nexus
timezone: UTC
teams:
  devops: { name: DevOps Team, channel: devops, members: [alice] }
  dba: { name: Database Administrator, channel: dba, members: [bob] }
contacts:
  alice: { name: Alice, slack: U0ALICE }
  bob: { name: Bob, slack: U0BOB }
services:
  registry: { name: SSOT registry, team: devops }
documents:
  "004": { title: NEXUS SSOT Maintenance Procedures, source: docs/nexus.md, lines: 470 }
targets:
  main: { kind: postgres, url: env:NEXUS_DATABASE_URL, notConnected: Set NEXUS_DATABASE_URL to connect it. }
  api: { kind: http, url: "http://localhost:8000" }
  grafana: { kind: prometheus, notConnected: No Prometheus runs here. }
  offsite: { kind: storage, url: ./backups }
duties:
  - key: backup-verification
    title: Backup verification
    when: { every: day, at: "06:00" }
    owner: dba
    grace: 2h
    checklist: [Backups completed, Integrity checked, Storage usage looked at]
    evidence: required
    evidenceKinds: [link, file]
    clause: [004:L49, 004:L54-L61]
  - key: database-optimization
    title: Database optimization
    when: { every: month, on: first sunday, at: "02:00" }
    owner: dba
    type: preventive
    grace: 4h
    announceBefore: 24h
    checklist: [Vacuum and analyze, Reindex, Update statistics, Check bloated tables]
    run: { action: db.maintain, target: main, steps: [vacuum-analyze, reindex, bloat-report] }
    controls: [ISO27001-A.8.6]
    clause: 004:L128
    onFreeze: after
    approval: { of: first run, by: { teams: [dba], users: [alice] } }
    permission: { teams: [dba] }
  - key: capacity-planning
    title: Capacity planning
    when: { every: month, on: third wednesday, at: "10:00" }
    owner: devops
    satisfies: [backup-verification]
    onHoliday: before
    assumed: How long it may take; the document gives no figure.
permissions:
  duty.run: everyone
  duty.approve: everyone
  ops.spec: everyone
holidays:
  - { name: Christmas, on: 25 december }
  - { name: Founders' day, on: 2026-03-18 }
freezes:
  - { name: Year end, from: 2026-12-20, to: 2027-01-03, reason: Books are closed. }
digest:
  devops: { at: "09:00", timezone: Europe/Paris, days: working days, rollups: [{ every: week, on: monday, at: "09:30" }] }
  dba: { at: "08:00", days: [monday, thursday], sections: [duties, backups] }
windows:
  - key: sunday
    title: Scheduled window
    when: { every: week, on: sunday, at: "02:00" }
    duration: 2h
    affects: [registry]
    owner: devops
    announce: ["#devops"]
    announceBefore: [24h, 1h]
    clause: 004:L428
  - { key: emergency, title: Emergency window, when: as needed, announceBefore: [24h], clause: 004:L429 }
checks:
  - { key: api-health, title: API health, kind: http, target: api, path: /health, contains: ok, within: 100ms, every: 1m, timeout: 5s, failAfter: 2, severity: SEV1, owner: devops, clause: 004:L24-L28 }
  - { key: database, title: Database connectivity, kind: sql, target: main, every: 5m, timeout: 5s }
  - { key: nightly-scan, title: Security scan, kind: heartbeat, every: 1d, timeout: 2h }
  - { key: variables, title: Variables are set, kind: environment, variables: [NEXUS_DATABASE_URL], every: 1d, timeout: 1s }
  - { key: cache, title: Cache, kind: not connected, reason: There is no cache., every: 5m, timeout: 5s }
metrics:
  error-rate: { title: Error rate, quantity: percent, source: { target: grafana, query: errors / requests } }
  response-time: { title: Response time, quantity: time, source: { notConnected: Nothing measures it. }, owner: devops }
thresholds:
  - { key: high-error-rate, title: Errors, metric: error-rate, breach: "> 5%", for: 5m, statistic: average, severity: SEV2, clause: 004:L412-L415 }
  - { key: slow-response, title: Slow, metric: response-time, breach: above 1s, for: 2m, statistic: p95, assumed: The percentile. }
slo:
  - { key: availability, title: Availability, service: registry, period: quarter, checks: [api-health], uptime: 99.9%, maxDowntime: 1h, excludeWindows: true, clause: 004:L394 }
backups:
  - key: main
    title: Main database
    source: main
    method: pg_dump
    when: { every: day, at: "03:00" }
    retention: { keep: 30d, keepAtLeast: 7 }
    encrypted: true
    storage: offsite
    verify: { every: day, at: "06:00" }
    drill: { every: quarter, on: last day }
    rto: 1h
    rpo: 24h
    owner: dba
  - { key: configuration, title: Configuration, source: offsite, method: git, when: on change, retention: { keep: for ever }, encrypted: false }
`;
