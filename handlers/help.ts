import { mrkdwn } from '../blocks/escape.ts';
import type { Answer, Command, Registry, Subcommand } from './registry.ts';

/** What `/x help` answers. */
export function helpFor(command: Command): Answer {
  const lines = [...lineups(command), { typed: `${command.name} help`, help: 'Shows this list.' }].map(
    ({ typed, help }) => `• \`${mrkdwn(typed)}\` ${help}`,
  );
  return { text: [`*${command.name}* ${command.description}`, ...lines].join('\n') };
}

/** The README's table of commands, in Markdown. Every command answers `help` too, which the README says once. */
export function commandTable(registry: Pick<Registry, 'commands'>): string {
  const rows = registry.commands.flatMap((command) =>
    lineups(command).map(({ typed, help }) => `| \`${typed.replaceAll('|', '\\|')}\` | ${help} |`),
  );
  return ['| command | what it does |', '|---|---|', ...rows].join('\n');
}

/** Every command with each of its verbs, as it is typed: `/incident declare`. */
export function typedCommands(registry: Pick<Registry, 'commands'>): string[] {
  return registry.commands.flatMap(({ name, subcommands, fallback }) =>
    [...subcommands, ...(fallback === undefined ? [] : [fallback])].map(({ verb }) => `${name} ${verb}`.trim()),
  );
}

function lineups(command: Command): { typed: string; help: string }[] {
  const own = command.fallback === undefined ? command.subcommands : [command.fallback, ...command.subcommands];
  return own.map((subcommand) => ({ typed: typedAs(command, subcommand), help: subcommand.help }));
}

function typedAs(command: Command, { verb, usage }: Subcommand): string {
  return [command.name, verb, usage].filter((part) => part !== '').join(' ');
}
