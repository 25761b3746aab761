import { spawn } from 'node:child_process';

/**
 * A process of its own between Mainstay and a command, the leader of the command's process group: when Mainstay is gone,
 * however it ended, the whole group is ended, so that no command outlives the attempt that began it.
 */

/** What the keeper says to Mainstay. */
export type KeeperWord =
  | { readonly ended: number }
  | { readonly killed: string }
  /** It could not be started at all. */
  | { readonly refused: string };

/** From asking to killing, in milliseconds. */
const MOST_TO_END = 5_000;

const [program = '', ...rest] = process.argv.slice(2);
const command = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] });

/** The keeper leaves when Mainstay has heard it. */
function say(word: KeeperWord): void {
  process.off('disconnect', endGroup);
  if (process.connected) process.send?.(word, () => process.disconnect());
}

command.on('error', (error) => say({ refused: error.message }));
command.on('exit', (code, signal) => say(code === null ? { killed: String(signal) } : { ended: code }));

function endGroup(): void {
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), MOST_TO_END);
}

// It is asked with its group, and stays to see the command end.
process.on('SIGTERM', () => {});
process.on('disconnect', endGroup);
