import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertMuteModal } from '../../blocks/alert-mute-modal.ts';
import { alertSilenceModal } from '../../blocks/alert-silence-modal.ts';
import { checkMuteModal } from '../../blocks/check-mute-modal.ts';
import { declareModal } from '../../blocks/declare-modal.ts';
import { incidentPicker } from '../../blocks/incident-picker.ts';
import { mitigateModal } from '../../blocks/mitigate-modal.ts';
import { noteModal } from '../../blocks/note-modal.ts';
import { ownerModal } from '../../blocks/owner-modal.ts';
import { pageModal } from '../../blocks/page-modal.ts';
import { publishModal, waiveModal } from '../../blocks/postmortem-modals.ts';
import { publicNoteModal } from '../../blocks/public-note-modal.ts';
import { reopenModal } from '../../blocks/reopen-modal.ts';
import { resolveModal } from '../../blocks/resolve-modal.ts';
import { runChecklistModal } from '../../blocks/run-checklist-modal.ts';
import { runDoneModal } from '../../blocks/run-done-modal.ts';
import { runTakePicker } from '../../blocks/run-picker.ts';
import { runCannotModal, runDeclineModal, runSkipModal, runWaiveModal } from '../../blocks/run-reason-modals.ts';
import { runSnoozeModal } from '../../blocks/run-snooze-modal.ts';
import { runStartPicker } from '../../blocks/run-start-picker.ts';
import { severityModal } from '../../blocks/severity-modal.ts';
import { updateModal } from '../../blocks/update-modal.ts';
import { windowCancelModal, windowExtendModal, windowPicker } from '../../blocks/window-modals.ts';
import { windowPlanModal } from '../../blocks/window-plan-modal.ts';
import { windowReportModal } from '../../blocks/window-report-modal.ts';
import { withdrawNoteModal } from '../../blocks/withdraw-note-modal.ts';
import { alertmanagers } from '../../src/adapters/alertmanager/client.ts';
import { createAlertIntake } from '../../src/adapters/postgres/alert-intake.ts';
import type { AlertGroup } from '../../src/domain/alert/group.ts';
import type { DutyRun } from '../../src/domain/duty/run.ts';
import { type CheckView, viewsOf } from '../../src/domain/health/view.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import { PERMISSION_VERBS, type PermissionVerb } from '../../src/domain/permissions.ts';
import type { MaintenanceWindow } from '../../src/domain/window/window.ts';
import { muteAlerts } from '../../src/usecases/alert/mute.ts';
import { silenceAlerts } from '../../src/usecases/alert/silence.ts';
import { workOffAlerts } from '../../src/usecases/alert/work-off.ts';
import { makeBackup } from '../../src/usecases/backup/make.ts';
import { runBackup } from '../../src/usecases/backup/run.ts';
import { followRuns } from '../../src/usecases/duty/follow.ts';
import { planDuties } from '../../src/usecases/duty/plan.ts';
import { notPermitted } from '../../src/usecases/permit.ts';
import { finishWindow } from '../../src/usecases/window/end.ts';
import { planWindow } from '../../src/usecases/window/plan.ts';
import { startWindow } from '../../src/usecases/window/start.ts';
import { alert, told } from '../support/alert-story.ts';
import { aBackup, aSealed, backupSpec, NO_LOG } from '../support/backup-facts.ts';
import { aCheck } from '../support/check-story.ts';
import { type Doors, doorsOf } from '../support/doors.ts';
import { aDuty, specWith, when } from '../support/duty-spec.ts';
import { type IncidentEdge, startIncidentEdge } from '../support/incident-edge.ts';
import { minutesLater, now } from '../support/incident-spec.ts';
import { aDraft, aSpecWindow } from '../support/window-story.ts';

/** Everything is for one team and one contact: who is in neither may do nothing. */
const PEOPLE = {
  member: { user: 'U0ALICE', may: true },
  'in the user group': { user: 'U0BOB', may: true },
  contact: { user: 'U0CHARLIE', may: true },
  stranger: { user: 'U0STRANGER', may: false },
} as const;
const RULE = { teams: ['ruled'], groups: [], users: ['charlie'] };
const DUTIES = 96;
const PATIENCE = { timeout: 20_000, interval: 20 };

const spec = {
  ...specWith(
    ...Array.from({ length: DUTIES }, (_, n) => aDuty({ key: `duty-${n}`, when: when({ every: 'day', at: '15:00' }) })),
  ),
  permissions: Object.fromEntries(PERMISSION_VERBS.map((verb) => [verb, RULE])) as Record<PermissionVerb, typeof RULE>,
};
const ruled = {
  ...spec,
  targets: { checkout: { kind: 'host' as const, url: 'checkout:443' }, ...backupSpec().targets },
  backups: Array.from({ length: 40 }, (_, n) => aBackup({ key: `backup-${n + 1}` })),
  checks: Array.from({ length: 16 }, (_, n) => aCheck({ key: `check-${n}`, title: `Check ${n}` })),
  status: { public: true, title: 'Status' },
  windows: [aSpecWindow({ key: 'agreed', approval: 'everyone', affects: [] })],
  contacts: { ...spec.contacts, charlie: { name: 'Charlie', slack: PEOPLE.contact.user } },
  teams: {
    ...spec.teams,
    ruled: { name: 'Ruled', members: ['alice'], group: 'S0RULED', escalation: [], managers: false },
  },
};

let edge: IncidentEdge;
let doors: Doors;
const runs: number[] = [];
let checks = 0;
let groups = 0;
let backups = 0;
beforeAll(async () => {
  edge = await startIncidentEdge({ userGroups: { ruled: ['bob'] } });
  edge.specify(ruled);
  doors = doorsOf(edge);
  const at = (instant: Date) => ({ store: edge.store, clock: { now: () => instant }, spec: { current: () => ruled } });
  await planDuties(at(minutesLater(-60)));
  await planDuties(at(now));
  await followRuns(at(now));
  runs.push(...(await edge.store.runs({}, 'soonest', DUTIES)).map(({ number }) => number));
});
afterAll(() => edge.stop());

/** A fresh incident, as far as the thing to be tried needs it. */
async function incident(upTo: 'open' | 'owned' | 'resolved' = 'open', severity = 'sev2'): Promise<Incident> {
  const said = await doors.command(PEOPLE.member.user, `/incident declare ${severity} Blue is too blue`);
  const number = Number(/INC-(\d+)/.exec(said)?.[1]);
  if (upTo === 'owned') await doors.command(PEOPLE.member.user, `/owner INC-${number} me`);
  if (upTo === 'resolved') await doors.command(PEOPLE.member.user, `/incident resolve INC-${number} Repainted`);
  const found = await edge.store.incident(number);
  if (found === null) throw new Error(`nothing was declared: ${said}`);
  return found;
}
async function run(): Promise<DutyRun> {
  const found = await edge.store.run(runs.pop() ?? 0);
  if (found === null) throw new Error('there are more doors than runs: plan more duties');
  return found;
}
/** A fresh window, as far as the thing to be tried needs it; whoever planned it is none of the people here. */
async function window(upTo: 'planned' | 'started' | 'ended', kind: string | null = null): Promise<MaintenanceWindow> {
  const deps = { store: edge.store, clock: { now: () => now }, spec: { current: () => ruled } };
  const root = { actor: { kind: 'cli', user: 'root' } as const, requestKey: null, groups: [] };
  let done = await planWindow(deps, root, aDraft({ kind }));
  const input = { number: done.ok ? done.value.number : 0 };
  if (upTo !== 'planned') done = await startWindow(deps, root, input);
  if (upTo === 'ended') done = await finishWindow(deps, root, input);
  if (!done.ok) throw new Error(done.refusal.message);
  return done.value;
}
function pageForm() {
  const view = pageModal('ruled', 'Disk full', ruled);
  if (view === null) throw new Error('nobody of the team can be called');
  return view;
}
/** A fresh group of alerts that fires. */
async function alerts(upTo: 'firing' | 'muted' | 'silenced' = 'firing'): Promise<AlertGroup> {
  const deps = { store: edge.store, clock: { now: () => now }, spec: { current: () => ruled } };
  groups += 1;
  const name = `group-${groups}`;
  await createAlertIntake(edge.database.pool).take(told(name, { alertname: name }, alert(name)), now);
  const [report] = await workOffAlerts(deps);
  const number = Number(report?.group?.replace('ALERT-', ''));
  const root = { actor: { kind: 'cli', user: 'root' } as const, requestKey: null, groups: [] };
  if (upTo === 'muted') await muteAlerts(deps, root, { number, until: minutesLater(60), reason: 'Moved' });
  if (upTo === 'silenced') {
    const wanted = { number, matchers: [], targets: ['pager'], length: 60_000, comment: 'Moved' };
    await silenceAlerts(
      { ...deps, alertmanagers: alertmanagers(), directory: { nameOf: async () => null } },
      root,
      wanted,
    );
  }
  const found = await edge.store.alertGroup(number);
  if (found === null) throw new Error('no group of alerts began');
  return found;
}
/** The key of a backup that nobody asked for yet. */
function backup(): string {
  backups += 1;
  return `backup-${backups}`;
}
/** The form of a silence of this group. */
function silenceForm(group: AlertGroup) {
  const matchers = [{ name: 'alertname', value: group.title, isRegex: false }];
  const modal = alertSilenceModal({ group, matchers, targets: ['pager'], matched: 1, others: [], away: [] });
  if (modal === null) throw new Error('its labels are too long');
  return modal;
}
const draft = { title: 'Red is too red', severity: null, origin: null };

interface Row {
  readonly verb: PermissionVerb;
  /** Makes what the door is about, and gives what a person then does there. */
  prepare(): Promise<(user: string) => Promise<string>>;
  /** The chain a refusal is kept in: that of the thing, or that of access in general. */
  readonly on: RegExp;
  /** Being allowed leaves no event: somebody only looks, or what is asked for is not there. */
  readonly quiet?: true;
  /** Nobody is refused here, only where the form that opens is submitted. */
  readonly opens?: true;
}

const ACCESS = /^ACCESS$/;
const onIncident = (
  verb: PermissionVerb,
  act: (user: string, about: Incident) => Promise<string>,
  ...fresh: Parameters<typeof incident>
): Row => ({
  verb,
  on: /^INC-\d+$/,
  async prepare() {
    const about = await incident(...fresh);
    return (user) => act(user, about);
  },
});
const onRun = (verb: PermissionVerb, act: (user: string, about: DutyRun) => Promise<string>): Row => ({
  verb,
  on: /^RUN-\d+$/,
  async prepare() {
    const about = await run();
    return (user) => act(user, about);
  },
});
const onWindow = (
  verb: PermissionVerb,
  act: (user: string, about: MaintenanceWindow) => Promise<string>,
  ...fresh: Parameters<typeof window>
): Row => ({
  verb,
  on: /^WIN-\d+$/,
  async prepare() {
    const about = await window(...fresh);
    return (user) => act(user, about);
  },
});
const typedWindow = (verb: PermissionVerb, typed: (id: string) => string, ...fresh: Parameters<typeof window>) =>
  onWindow(verb, (user, about) => doors.command(user, typed(`WIN-${about.number}`)), ...fresh);
const clickedWindow = (verb: PermissionVerb, ...fresh: Parameters<typeof window>) =>
  onWindow(verb, (user, about) => doors.button(user, verb, String(about.number)), ...fresh);
const atLarge = (verb: PermissionVerb, act: (user: string) => Promise<string>): Row => ({
  verb,
  on: ACCESS,
  prepare: async () => act,
});
const onCheck = (
  verb: PermissionVerb,
  act: (user: string, key: string) => Promise<string>,
  before: (key: string) => Promise<unknown> = async () => {},
): Row => ({
  verb,
  on: /^CHK-/,
  async prepare() {
    checks += 1;
    const key = `check-${checks}`;
    await before(key);
    return (user) => act(user, key);
  },
});
const onAlerts = (
  verb: PermissionVerb,
  act: (user: string, about: AlertGroup) => Promise<string>,
  ...fresh: Parameters<typeof alerts>
): Row => ({
  verb,
  on: /^ALERT-\d+$/,
  async prepare() {
    const about = await alerts(...fresh);
    return (user) => act(user, about);
  },
});
const clickedAlerts = (id: string, verb: PermissionVerb, ...fresh: Parameters<typeof alerts>) =>
  onAlerts(verb, (user, { number }) => doors.button(user, id, String(number)), ...fresh);
const typedOn = (verb: PermissionVerb, typed: (id: string) => string, ...fresh: Parameters<typeof incident>) =>
  onIncident(verb, (user, about) => doors.command(user, typed(`INC-${about.number}`)), ...fresh);
const typedRun = (verb: PermissionVerb, typed: (id: string) => string) =>
  onRun(verb, (user, about) => doors.command(user, typed(`RUN-${about.number}`)));

const onWhole = (act: (user: string, key: string) => Promise<string>): Row => ({
  verb: 'backup.drill',
  on: ACCESS,
  async prepare() {
    const deps = { store: edge.store, clock: { now: () => now }, spec: { current: () => ruled } };
    const root = { actor: { kind: 'cli', user: 'root' } as const, requestKey: null, groups: [] };
    const key = backup();
    const asked = await runBackup(deps, root, { key });
    if (!asked.ok) throw new Error(asked.refusal.message);
    const maker = {
      make: async () => ({ ok: true, sealed: aSealed() }) as const,
      leftOf: async () => null,
      discard: async () => {},
    };
    await makeBackup(
      { ...deps, maker, chance: () => 'ab12', pace: { look: 5, tell: 0 }, log: NO_LOG },
      asked.value.backup.number,
      unstopped,
    );
    return (user) => act(user, key);
  },
});
const unstopped = new AbortController().signal;
const onBackup = (act: (user: string, id: number) => Promise<string>, verb: PermissionVerb = 'backup.cancel'): Row => ({
  verb,
  on: /^BK-\d+$/,
  async prepare() {
    const deps = { store: edge.store, clock: { now: () => now }, spec: { current: () => ruled } };
    const root = { actor: { kind: 'cli', user: 'root' } as const, requestKey: null, groups: [] };
    const asked = await runBackup(deps, root, { key: backup() });
    if (!asked.ok) throw new Error(asked.refusal.message);
    return (user) => act(user, asked.value.backup.number);
  },
});

/** A message in the channel of an incident. */
const said = (user: string) => edge.driver.as('alice').say('ops', `Seen by ${user}`);

/** One check, as forms know it. */
function aView(key: string): CheckView {
  const [view] = viewsOf({ ...ruled, checks: ruled.checks.filter((check) => check.key === key) }, []);
  if (view === undefined) throw new Error(`there is no check ${key}`);
  return view;
}

/** The incident was chosen in the form that asks which. */
const picked = (verb: 'close' | 'draft') => (user: string, about: Incident) =>
  doors.form(user, incidentPicker(verb, [about]), { incident: String(about.number) });

/** Every door that asks for a permission, by its name in the registry: who comes in, and where it is kept who does not. */
const TABLE: Record<string, Row> = {
  'command /incident declare': atLarge('incident.declare', (user) =>
    doors.command(user, '/incident declare sev4 Red is too red'),
  ),
  'form incident.declare': atLarge('incident.declare', (user) => doors.form(user, declareModal(draft, ruled))),
  'command /incident update': typedOn('incident.update', (inc) => `/incident update ${inc} Painting`),
  'command /incident note': typedOn('incident.update', (inc) => `/incident note ${inc} It is the paint`),
  'command /incident mitigate': typedOn('incident.update', (inc) => `/incident mitigate ${inc} Painting`, 'owned'),
  'form incident.update': onIncident('incident.update', (user, about) =>
    doors.form(user, updateModal(about, ruled, 'Painting')),
  ),
  'form incident.note': onIncident('incident.update', (user, about) =>
    doors.form(user, noteModal(about, 'It is the paint')),
  ),
  'form incident.mitigate': onIncident(
    'incident.update',
    (user, about) => doors.form(user, mitigateModal(about, 'Painting')),
    'owned',
  ),
  'shortcut add-to-timeline': {
    ...atLarge('incident.update', async (user) => doors.shortcut(user, 'add-to-timeline', await said(user))),
    on: /^INC-\d+$/,
  },
  'command /severity ': typedOn('incident.severity', (inc) => `/severity ${inc} SEV3`),
  'form incident.severity': onIncident('incident.severity', (user, about) =>
    doors.form(user, severityModal(about, ruled, { severity: 'SEV3', reason: '' })),
  ),
  'command /owner ': typedOn('incident.owner', (inc) => `/owner ${inc} me`),
  'button incident.take': onIncident('incident.owner', (user, about) =>
    doors.button(user, 'incident.take', String(about.number)),
  ),
  'form incident.owner': onIncident('incident.owner', (user, about) => doors.form(user, ownerModal(about, user))),
  'command /incident resolve': typedOn('incident.resolve', (inc) => `/incident resolve ${inc} Repainted`),
  'form incident.resolve': onIncident('incident.resolve', (user, about) =>
    doors.form(user, resolveModal(about, ruled, 'Repainted')),
  ),
  'command /incident reopen': typedOn('incident.reopen', (inc) => `/incident reopen ${inc} It is back`, 'resolved'),
  'form incident.reopen': onIncident(
    'incident.reopen',
    (user, about) => doors.form(user, reopenModal(about, 'It is back')),
    'resolved',
  ),
  'command /incident close': typedOn('incident.close', (inc) => `/incident close ${inc}`, 'resolved', 'sev4'),
  'button incident.close': onIncident(
    'incident.close',
    (user, about) => doors.button(user, 'incident.close', String(about.number)),
    'resolved',
    'sev4',
  ),
  'form incident.publish': onIncident('incident.publish', (user, about) =>
    doors.form(user, publicNoteModal(about, ruled, null, 'Blue is too blue')),
  ),
  'form incident.withdraw': {
    ...onIncident('incident.publish', async () => ''),
    async prepare() {
      const { number, ...about } = await incident();
      await doors.form(PEOPLE.member.user, publicNoteModal({ number, ...about }, ruled, null, 'Blue is too blue'));
      const published = await edge.store.incident(number);
      return (user) => doors.form(user, withdrawNoteModal(published === null ? [] : [published]));
    },
  },
  'form incident.pick close': onIncident('incident.close', picked('close'), 'resolved', 'sev4'),
  'form incident.pick draft': { ...onIncident('postmortem.draft', picked('draft')), quiet: true },
  'command /postmortem draft': { ...typedOn('postmortem.draft', (inc) => `/postmortem draft ${inc}`), quiet: true },
  'button postmortem.draft': {
    ...onIncident('postmortem.draft', (user, about) => doors.button(user, 'postmortem.draft', String(about.number))),
    quiet: true,
  },
  'command /postmortem publish': typedOn(
    'postmortem.publish',
    (inc) => `/postmortem publish ${inc} https://example.com/pm`,
    'resolved',
  ),
  'form postmortem.publish': onIncident(
    'postmortem.publish',
    (user, about) => doors.form(user, publishModal(about, 'https://example.com/pm')),
    'resolved',
  ),
  'command /postmortem waive': typedOn('postmortem.waive', (inc) => `/postmortem waive ${inc} Only paint`, 'resolved'),
  'form postmortem.waive': onIncident(
    'postmortem.waive',
    (user, about) => doors.form(user, waiveModal(about, 'Only paint')),
    'resolved',
  ),

  'command /maintenance take': typedRun('duty.work', (inc) => `/maintenance take ${inc}`),
  'command /maintenance done': typedRun('duty.work', (inc) => `/maintenance done ${inc}`),
  'command /maintenance snooze': typedRun('duty.work', (inc) => `/maintenance snooze ${inc} 1h`),
  'command /maintenance cannot': typedRun('duty.work', (inc) => `/maintenance cannot ${inc} Ill`),
  'button run.take': onRun('duty.work', (user, about) => doors.button(user, 'run.take', String(about.number))),
  'form run.pick-take': onRun('duty.work', (user, about) => doors.form(user, runTakePicker(about))),
  'form run.done': onRun('duty.work', (user, about) => doors.form(user, runDoneModal(about))),
  'form run.tick': onRun('duty.work', (user, about) =>
    doors.form(user, runChecklistModal(about), { 'items-0': ['0'] }),
  ),
  'form run.snooze': onRun('duty.work', (user, about) => doors.form(user, runSnoozeModal(about, minutesLater(60)))),
  'form run.cannot': onRun('duty.work', (user, about) => doors.form(user, runCannotModal(about, 'Ill'))),
  'command /maintenance skip': typedRun('duty.skip', (inc) => `/maintenance skip ${inc} Freeze`),
  'form run.skip': onRun('duty.skip', (user, about) => doors.form(user, runSkipModal(about, 'Freeze'))),
  'command /maintenance waive': typedRun('duty.waive', (inc) => `/maintenance waive ${inc} Sold`),
  'form run.waive': onRun('duty.waive', (user, about) => doors.form(user, runWaiveModal(about, 'Sold'))),
  // The runs are of duties that people do: whoever may is told that there is nothing to run or to approve.
  'command /maintenance run': { ...typedRun('duty.run', (inc) => `/maintenance run ${inc}`), quiet: true },
  'button run.run': {
    ...onRun('duty.run', (user, about) => doors.button(user, 'run.run', String(about.number))),
    quiet: true,
  },
  'form run.pick-run': {
    ...onRun('duty.run', (user, about) =>
      doors.form(user, runStartPicker({ runs: [about], duties: [] }), { what: `run:${about.number}` }),
    ),
    quiet: true,
  },
  'button run.approve': {
    ...onRun('duty.approve', (user, about) => doors.button(user, 'run.approve', `${about.number}:1`)),
    quiet: true,
  },
  'form run.decline': {
    ...onRun('duty.approve', (user, about) => doors.form(user, runDeclineModal(about), { reason: 'Not today' })),
    quiet: true,
  },
  'command /maintenance relink': atLarge('duty.relink', (user) => doors.command(user, '/maintenance relink dba')),
  'button calendar.relink': atLarge('duty.relink', (user) => doors.button(user, 'calendar.relink', 'dba')),

  // It opens the form of a plan, which asks.
  'command /maintenance plan': {
    ...atLarge('window.plan', (user) => doors.command(user, '/maintenance plan')),
    opens: true,
  },
  'form window.plan': atLarge('window.plan', (user) =>
    doors.form(
      user,
      windowPlanModal(
        { title: 'Red is too red', services: ['checkout'], startsAt: minutesLater(3000), length: '2h' },
        user,
        ruled,
      ),
      { reason: 'Painting' },
    ),
  ),
  'command /maintenance approve': typedWindow(
    'window.approve',
    (win) => `/maintenance approve ${win}`,
    'planned',
    'agreed',
  ),
  'button window.approve': clickedWindow('window.approve', 'planned', 'agreed'),
  'form window.pick-approve': onWindow(
    'window.approve',
    (user, about) => doors.form(user, windowPicker('approve')(about)),
    'planned',
    'agreed',
  ),
  'command /maintenance start': typedWindow('window.start', (win) => `/maintenance start ${win}`, 'planned'),
  'button window.start': clickedWindow('window.start', 'planned'),
  'form window.pick-start': onWindow(
    'window.start',
    (user, about) => doors.form(user, windowPicker('start')(about)),
    'planned',
  ),
  'command /maintenance extend': typedWindow('window.extend', (win) => `/maintenance extend ${win} 30m`, 'started'),
  'form window.extend': onWindow(
    'window.extend',
    (user, about) => doors.form(user, windowExtendModal(about, now)),
    'started',
  ),
  'command /maintenance end': typedWindow('window.end', (win) => `/maintenance end ${win}`, 'started'),
  'button window.end': clickedWindow('window.end', 'started'),
  'form window.pick-end': onWindow(
    'window.end',
    (user, about) => doors.form(user, windowPicker('end')(about)),
    'started',
  ),
  'form window.report': onWindow(
    'window.end',
    (user, about) => doors.form(user, windowReportModal(about), { done: 'Painted' }),
    'ended',
  ),
  'command /maintenance cancel': typedWindow('window.cancel', (win) => `/maintenance cancel ${win} Freeze`, 'planned'),
  'form window.cancel': onWindow(
    'window.cancel',
    (user, about) => doors.form(user, windowCancelModal(about, 'Freeze')),
    'planned',
  ),

  'command /health mute': onCheck('health.mute', (user, key) => doors.command(user, `/health mute ${key} 2h Moved`)),
  'command /health unmute': onCheck(
    'health.mute',
    (user, key) => doors.command(user, `/health unmute ${key}`),
    (key) => doors.command(PEOPLE.member.user, `/health mute ${key} 2h Moved`),
  ),
  'form check.mute': onCheck('health.mute', (user, key) =>
    doors.form(user, checkMuteModal([aView(key)], { until: minutesLater(60), reason: 'Moved' })),
  ),
  'command /health ': { ...atLarge('health.run', (user) => doors.command(user, '/health')), quiet: true },
  'button check.run': { ...atLarge('health.run', (user) => doors.button(user, 'check.run', 'check-0')), quiet: true },
  // It opens the form of a declaration, which asks.
  'button check.declare': {
    ...atLarge('incident.declare', (user) => doors.button(user, 'check.declare', 'check-0')),
    opens: true,
  },

  'command /ops page': atLarge('page.send', (user) => doors.command(user, '/ops page ruled Disk full')),
  'form page.send': atLarge('page.send', (user) => doors.form(user, pageForm())),
  'button page.acknowledge': {
    verb: 'page.acknowledge',
    on: /^PAGE-\d+$/,
    async prepare() {
      const said = await doors.command(PEOPLE.member.user, '/ops page ruled Disk full');
      const number = /PAGE-(\d+)/.exec(said)?.[1] ?? '';
      return (user) => doors.button(user, 'page.acknowledge', number);
    },
  },
  'button alert.acknowledge': clickedAlerts('alert.acknowledge', 'alert.acknowledge'),
  'button alert.declare': clickedAlerts('alert.declare', 'alert.declare'),
  'button alert.unmute': clickedAlerts('alert.unmute', 'alert.mute', 'muted'),
  'form alert.mute': onAlerts('alert.mute', (user, about) =>
    doors.form(user, alertMuteModal(about, minutesLater(60)), { reason: 'Moved' }),
  ),

  'command /backup run': atLarge('backup.run', (user) => doors.command(user, `/backup run ${backup()}`)),
  'button backup.run': atLarge('backup.run', (user) => doors.button(user, 'backup.run', backup())),
  'command /backup drill': onWhole((user, key) => doors.command(user, `/backup drill ${key}`)),
  'button backup.drill': onWhole((user, key) => doors.button(user, 'backup.drill', key)),
  'command /backup cancel': onBackup((user, number) => doors.command(user, `/backup cancel BK-${number}`)),
  'button backup.cancel': onBackup((user, number) => doors.button(user, 'backup.cancel', String(number))),
  // None of these is kept yet: whoever may is told so.
  'command /backup hold': {
    ...onBackup((user, number) => doors.command(user, `/backup hold BK-${number}`), 'backup.hold'),
    quiet: true,
  },
  'command /backup release': {
    ...onBackup((user, number) => doors.command(user, `/backup release BK-${number}`), 'backup.hold'),
    quiet: true,
  },
  'button backup.prune': {
    ...atLarge('backup.prune', (user) => doors.button(user, 'backup.prune', backup())),
    quiet: true,
  },
  'form alert.silence': onAlerts('alert.silence', (user, about) =>
    doors.form(user, silenceForm(about), { comment: 'Moved' }),
  ),
  'button alert.end-silence': clickedAlerts('alert.end-silence', 'alert.silence', 'silenced'),

  'button ops.expire-silence': {
    ...atLarge('alert.silence', (user) => doors.button(user, 'ops.expire-silence', 'pager s1')),
    quiet: true,
  },

  'command /ops queue': { ...atLarge('ops.queue', (user) => doors.command(user, '/ops queue')), quiet: true },
  'command /ops retry': { ...atLarge('ops.queue', (user) => doors.command(user, '/ops retry D-999')), quiet: true },
  'button ops.retry': { ...atLarge('ops.queue', (user) => doors.button(user, 'ops.retry', '999')), quiet: true },
  'command /ops spec': {
    ...atLarge('ops.spec', (user) => doors.command(user, '/ops spec reload')),
    on: /^(ACCESS|SPEC)$/,
    quiet: true,
  },
  'button ops.reload-spec': {
    ...atLarge('ops.spec', (user) => doors.button(user, 'ops.reload-spec', 'another')),
    on: /^(ACCESS|SPEC)$/,
    quiet: true,
  },
};

interface Kept {
  readonly subject: string;
  readonly kind: string;
  readonly user: string | null;
  readonly verb: string | null;
}

/** What the log holds beyond `seqs` of each chain. */
async function keptSince(heads: ReadonlyMap<string, number>): Promise<Kept[]> {
  const { rows } = await edge.database.pool.query<Kept & { seq: number }>(
    `select subject, seq, kind, actor->>'user' as user, body->>'verb' as verb
       from "Event" join "EventBody" using (subject, seq) order by subject, seq`,
  );
  return rows
    .filter(({ subject, seq }) => seq > (heads.get(subject) ?? 0))
    .map(({ subject, kind, user, verb }) => ({ subject, kind, user, verb }));
}
async function heads(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await edge.database.pool.query<{ subject: string; seq: number }>(
    'select subject, seq from "EventHead"',
  );
  return new Map(rows.map(({ subject, seq }) => [subject, seq]));
}

describe('who may do what', () => {
  // That every door has a row is held by manifest.test.ts.
  it('has a row for every permission', () => {
    expect([...new Set(Object.values(TABLE).map(({ verb }) => verb))].toSorted()).toEqual(PERMISSION_VERBS.toSorted());
  });

  it.each(Object.entries(TABLE))('%s', async (door, { verb, prepare, on, quiet, opens }) => {
    if (door.startsWith('shortcut')) {
      const { number } = await incident();
      await edge.giveChannel(number, 'ops');
    }
    for (const [who, { user, may }] of Object.entries(PEOPLE)) {
      const act = await prepare();
      const before = await heads();
      const said = await act(user);
      expect(may && said.includes('You may not'), who).toBe(false);
      const refused = { kind: 'permission.refused', user, verb, subject: expect.stringMatching(on) };
      // What is answered after the acknowledgement is written before it is answered.
      const kept = () => keptSince(before);
      if (opens === true) expect(await kept(), who).toEqual([]);
      else if (!may) await expect.poll(kept, { ...PATIENCE, message: who }).toEqual([refused]);
      else if (quiet === true) expect(await kept(), who).toEqual([]);
      else
        await expect
          .poll(async () => (await kept()).some(({ kind }) => kind !== 'permission.refused'), {
            ...PATIENCE,
            message: who,
          })
          .toBe(true);
    }
  });
});

it('asks nothing of the command line and of Mainstay itself: whoever reaches those has the keys of the house', () => {
  for (const actor of [
    { kind: 'cli', user: 'root' },
    { kind: 'system', job: 'reload' },
  ] as const) {
    const asked = PERMISSION_VERBS.map((verb) =>
      notPermitted(ruled, verb, { actor, requestKey: null, groups: [] }, now),
    );
    expect(asked.filter((refusal) => refusal !== null)).toEqual([]);
  }
});
