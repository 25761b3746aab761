import { withoutControls } from '../domain/text/controls.ts';
import { nearest } from '../domain/text/nearest.ts';
import { COMMANDS } from './commands.ts';
import { type CliIo, type CliResult, UsageError } from './types.ts';

/**
 * Runs one command line and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage. With `--json` standard
 * output holds one JSON document and nothing else; sentences about faults go to standard error.
 */
export async function runCommand(words: readonly string[], io: CliIo): Promise<number> {
  const json = words.includes('--json');
  const [name, ...rest] = words.filter((word) => word !== '--json');
  if (name === undefined || name === 'help' || name === '--help') {
    io.out(usage());
    return name === undefined ? 2 : 0;
  }
  const found = COMMANDS.find(({ words: [first, second] }) => first === name && (!second || second === rest[0]));
  if (!found) {
    io.err(unknownCommand(name, rest[0]));
    return 2;
  }
  try {
    const run = await found.load();
    const result = await run(rest.slice(found.words.length - 1), { ...io, json });
    if (result !== null) print(result, json, io);
    return result?.exitCode ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nUsage: mainstay ${found.words.join(' ')} ${found.usage}\n`);
      return 2;
    }
    io.err(`${withoutControls(error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  }
}

/** Text for people may hold words of people: none of it steers the terminal. */
function print(result: CliResult, json: boolean, io: CliIo): void {
  io.out(json ? `${JSON.stringify(result.json, null, 2)}\n` : ensureNewline(withoutControls(result.text)));
}

const ensureNewline = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function usage(): string {
  const lines = COMMANDS.map(({ words, usage, help }) => [`mainstay ${words.join(' ')} ${usage}`.trimEnd(), help]);
  const width = Math.max(...lines.map(([left]) => (left ?? '').length));
  return `Mainstay\n\n${lines.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}\n\nWith --json a command prints one JSON document. Exit code: 0 done, 1 refused or failed, 2 wrong usage.\n`;
}

function unknownCommand(name: string, second: string | undefined): string {
  const typed = second === undefined ? name : `${name} ${second}`;
  const known = COMMANDS.map(({ words }) => words.join(' '));
  const near = nearest(typed, known) ?? nearest(name, known);
  return `mainstay has no command "${typed}".${near ? ` Did you mean "${near}"?` : ''} \`mainstay help\` lists them.\n`;
}
