import { globSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ALERT_BUTTONS } from '../../blocks/alert-buttons.ts';
import { BACKUP_BUTTONS } from '../../blocks/backup-buttons.ts';
import { CHECK_BUTTONS } from '../../blocks/check-buttons.ts';
import { DRILL_BUTTONS } from '../../blocks/drill-buttons.ts';
import { DECLARE_BUTTON } from '../../blocks/home.ts';
import { INCIDENT_BUTTONS } from '../../blocks/incident-buttons.ts';
import { PAGE_BUTTONS } from '../../blocks/page-buttons.ts';
import { RUN_BUTTONS } from '../../blocks/run-buttons.ts';
import { WINDOW_BUTTONS } from '../../blocks/window-buttons.ts';
import { commandTable } from '../../handlers/help.ts';
import { BOT_SCOPES, manifestOf } from '../../handlers/manifest.ts';
import { REGISTRY } from '../../handlers/registered.ts';
import { indexRegistry } from '../../handlers/registry-index.ts';
import { PERMISSION_VERBS } from '../../src/domain/permissions.ts';
import { SLACK } from '../support/web-api-account.ts';

const root = new URL('../../', import.meta.url).pathname;
const text = (path: string) => readFileSync(`${root}${path}`, 'utf8');
const manifest = parse(text('manifest.yml')) as ReturnType<typeof manifestOf>;

it('is what the code answers to, both ways', () => {
  expect(manifest).toEqual(manifestOf(REGISTRY));
});

it.each(['2.0.0'])('is valid against Slack’s schema %s', (version) => {
  const schema = JSON.parse(text(`test/support/data/slack-manifest.schema.${version}.json`)) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const valid = ajv.validate(schema, manifest);
  expect({ valid, errors: ajv.errors }).toEqual({ valid: true, errors: null });
});

it('is what the README tells people to type', () => {
  const between = /<!-- commands -->\n([\s\S]*?)\n<!-- \/commands -->/.exec(text('README.md'))?.[1];
  expect(between).toBe(commandTable(REGISTRY));
});

/** Every method of the Web API our adapters call, as the source says it. */
function calledMethods(): string[] {
  const sources = [...globSync('src/adapters/slack/**/*.ts', { cwd: root }), 'src/app.ts'].map(text);
  const calls = sources.flatMap((source) => [...source.matchAll(/\b(?:slack|client)\.([a-z]\w*(?:\.[a-z]\w*)+)\(/gi)]);
  const names = calls.map(([, name = '']) => name.replace(/^client\./, ''));
  return [...new Set(names)].filter((name) => name in SLACK.methods);
}

it('grants every scope that a method or an event needs, and none that nothing needs', () => {
  const called = calledMethods();
  expect(called).toContain('chat.postMessage');
  expect(called).toContain('views.open');
  const needs = [
    ...called.map((name) => ({ name, scopes: SLACK.methods[name]?.scopes ?? [] })),
    ...REGISTRY.events.map(({ type }) => ({ name: type, scopes: SLACK.events[type] ?? ['unknown event'] })),
    { name: 'slash commands', scopes: ['commands'] },
  ].filter(({ scopes }) => scopes.length > 0);
  const unmet = needs.filter(({ scopes }) => !scopes.some((scope) => BOT_SCOPES.includes(scope)));
  expect(unmet).toEqual([]);
  const useless = BOT_SCOPES.filter((scope) => !needs.some(({ scopes }) => scopes.includes(scope)));
  expect(useless).toEqual([]);
});

it('has a handler for every button and form that blocks draw, and draws every one it handles', () => {
  const { actions, submissions } = indexRegistry(REGISTRY);
  const buttons = [
    ...Object.keys(INCIDENT_BUTTONS),
    ...Object.keys(RUN_BUTTONS),
    ...Object.keys(CHECK_BUTTONS),
    ...Object.keys(ALERT_BUTTONS),
    ...Object.keys(WINDOW_BUTTONS),
    ...Object.keys(PAGE_BUTTONS),
    ...Object.keys(BACKUP_BUTTONS),
    ...Object.keys(DRILL_BUTTONS),
    DECLARE_BUTTON,
    ...idsIn('ops'),
    ...idsIn('calendar'),
    ...idsIn('digest'),
  ];
  expect([...actions.keys()].toSorted()).toEqual(buttons.toSorted());
  const forms = globSync('blocks/**/*.ts', { cwd: root })
    .map(text)
    .flatMap((source) => [...source.matchAll(/export const [A-Z_]+(?:_MODAL|_PICKER) = '([^']+)'/g)])
    .map(([, id = '']) => id);
  expect([...submissions.keys()].toSorted()).toEqual(forms.toSorted());
});

/** Ids of the buttons of one area: `button('<area>.<verb>', ...)` in the source of its blocks. */
function idsIn(area: string): string[] {
  const pattern = new RegExp(`_BUTTON = '(${area}\\.[a-z-]+)'`, 'g');
  return globSync('blocks/**/*.ts', { cwd: root })
    .map(text)
    .flatMap((source) => [...source.matchAll(pattern)])
    .map(([, id = '']) => id);
}

it('keeps to Slack’s lengths and to words a person can type', () => {
  for (const { name, description, usageHint, subcommands } of REGISTRY.commands) {
    expect(name).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeLessThanOrEqual(2000);
    expect(usageHint.length).toBeLessThanOrEqual(1000);
    for (const { verb, help } of subcommands) {
      expect(verb).toMatch(/^[a-z]+$/);
      expect(help).toMatch(/^[A-Z].*\.$/);
    }
  }
  for (const { name, description } of REGISTRY.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(description.length).toBeLessThanOrEqual(150);
  }
});

it('has a row in the table of who may do what for every door that asks for a permission', () => {
  const { commands, actions, submissions, shortcuts } = REGISTRY;
  const doors = [
    ...commands.flatMap(({ name, subcommands, fallback }) =>
      [...subcommands, ...(fallback ? [fallback] : [])].map((one) => ({ ...one, id: `command ${name} ${one.verb}` })),
    ),
    ...actions.map((one) => ({ ...one, id: `button ${one.id}` })),
    ...submissions.map((one) => ({ ...one, id: `form ${one.id}` })),
    ...shortcuts.map((one) => ({ ...one, id: `shortcut ${one.id}` })),
  ];
  const table = text('test/handlers/permissions.test.ts');
  expect(
    doors.filter(({ id, permission }) => permission !== null && !table.includes(`'${id}'`)).map(({ id }) => id),
  ).toEqual([]);
});

it('asks nobody for a permission the spec does not know, and has a door for each it knows', () => {
  const { commands, actions, submissions, shortcuts } = REGISTRY;
  const verbs = commands.flatMap(({ subcommands, fallback }) => [...subcommands, ...(fallback ? [fallback] : [])]);
  const asked = new Set([...verbs, ...actions, ...submissions, ...shortcuts].map(({ permission }) => permission));
  expect([...asked].filter((permission) => permission !== null).toSorted()).toEqual([...PERMISSION_VERBS].toSorted());
});
