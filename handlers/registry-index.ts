import { helpFor } from './help.ts';
import type { Action, Answer, Command, EventListener, Registry, Shortcut, Subcommand, Submission } from './registry.ts';

/** A command with its verbs at hand and its help written once. */
export interface IndexedCommand {
  readonly command: Command;
  readonly verbs: ReadonlyMap<string, Subcommand>;
  readonly help: Answer;
}

/** The registry by name: whatever comes in is found with one look. */
export interface RegistryIndex {
  readonly commands: ReadonlyMap<string, IndexedCommand>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly submissions: ReadonlyMap<string, Submission>;
  readonly shortcuts: ReadonlyMap<string, Shortcut>;
  readonly events: ReadonlyMap<string, EventListener>;
}

/** @throws when two things have one name, or a command has a verb called help. */
export function indexRegistry(registry: Registry): RegistryIndex {
  return {
    commands: byName(registry.commands.map(indexCommand), ({ command }) => command.name),
    actions: byName(registry.actions, ({ id }) => id),
    submissions: byName(registry.submissions, ({ id }) => id),
    shortcuts: byName(registry.shortcuts, ({ id }) => id),
    events: byName(registry.events, ({ type }) => type),
  };
}

function indexCommand(command: Command): IndexedCommand {
  const verbs = byName(command.subcommands, ({ verb }) => verb);
  if (verbs.has('help'))
    throw new Error(`${command.name} has a verb of its own called help; every command has one already.`);
  return { command, verbs, help: helpFor(command) };
}

function byName<Thing>(things: readonly Thing[], nameOf: (thing: Thing) => string): ReadonlyMap<string, Thing> {
  const map = new Map<string, Thing>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (map.has(name)) throw new Error(`Two things in the registry are called ${name}.`);
    map.set(name, thing);
  }
  return map;
}
