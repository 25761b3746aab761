import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandRun } from '../../../src/adapters/actions/command-run.ts';
import type { ActionInput } from '../../../src/domain/spec/action.ts';
import type { ActionContext, ConnectedTarget } from '../../../src/usecases/action-port.ts';

let folder: string;
let target: ConnectedTarget;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mainstay-command-'));
  target = { key: 'scripts', kind: 'repository', title: 'Scripts', url: folder };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ENV = { PATH: '/usr/bin:/bin', HOME: '/home/ops', SLACK_BOT_TOKEN: 'xoxb-1', REGION: 'eu' };

function run(argv: string[], more: Partial<Omit<ActionContext, 'now'>> & { environment?: string[] } = {}) {
  const { signal = new AbortController().signal, mode = 'run', environment = [] } = more;
  const input: ActionInput<'command.run'> = { action: 'command.run', target: 'scripts', argv, environment, timeout: 1 };
  return commandRun(ENV)(input, target, { signal, mode, now: new Date('2026-03-02T08:00:00Z') });
}

const node = (code: string) => [process.execPath, '-e', code];
/** The process with this number is gone, or is only waiting to be reaped. */
async function isGone(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X');
  return /\) [XZ]/.test(status);
}

describe('a command', () => {
  it('gets its arguments as they are written, in the folder of its target, and no shell reads them', async () => {
    const show = 'console.log(process.cwd(), JSON.stringify(process.argv.slice(1)))';
    const { outcome, output } = await run([...node(show), '$HOME; rm -rf *', '`id`', '']);
    expect(outcome).toBe('succeeded');
    expect(output).toBe(`${folder} ${JSON.stringify(['$HOME; rm -rf *', '`id`', ''])}\n`);
  });

  it('sees of the environment what every program needs and what the duty names, and no token', async () => {
    const show = 'console.log(JSON.stringify(process.env))';
    const { output } = await run(node(show), { environment: ['REGION', 'UNSET'] });
    expect(JSON.parse(output)).toEqual({ PATH: ENV.PATH, HOME: '/home/ops', REGION: 'eu' });
  });

  it.each([
    ['process.exit(0)', 'succeeded', 'ended with 0'],
    ['console.error("bad config"); process.exit(3)', 'failed', 'ended with 3'],
    ['process.kill(process.pid, "SIGSEGV")', 'failed', 'was ended by SIGSEGV'],
  ])('that does %s has %s', async (code, outcome, words) => {
    const ended = await run(node(code));
    expect(ended).toMatchObject({ outcome, summary: expect.stringContaining(`in Scripts ${words}`) });
    if (code.includes('bad config')) expect(ended.output).toBe('bad config\n');
  });

  it.each<[string, () => string[], string]>([
    ['is not there', () => ['no-such-program'], 'could not be started: spawn no-such-program ENOENT'],
    ['may not be executed', () => ['./plain.txt'], 'EACCES'],
  ])('that %s could not run', async (_what, argv, words) => {
    await writeFile(join(folder, 'plain.txt'), 'words', { mode: 0o644 });
    expect(await run(argv())).toMatchObject({ outcome: 'could-not-run', summary: expect.stringContaining(words) });
  });

  it('could not run where its target is an address, or a folder that is not there', async () => {
    target = { ...target, url: 'git@example.com:ops/scripts.git' };
    expect(await run(['true'])).toMatchObject({
      outcome: 'could-not-run',
      summary: expect.stringContaining('address'),
    });
    target = { ...target, url: join(folder, 'gone') };
    expect(await run(['true'])).toMatchObject({
      outcome: 'could-not-run',
      summary: 'The folder of Scripts is not there',
    });
  });

  it('is only named in a preview', async () => {
    const marker = join(folder, 'ran');
    expect(await run(['touch', marker], { mode: 'preview' })).toMatchObject({
      outcome: 'succeeded',
      summary: `touch ${marker} in Scripts would run`,
    });
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
  });

  it('with 20 MB to say keeps the beginning and the end, and the mark says how much is missing', async () => {
    const { outcome, output } = await run(
      node('console.log("begin"); for (let i = 0; i < 20; i++) console.log("x".repeat(1 << 20)); console.log("end")'),
    );
    expect(outcome).toBe('succeeded');
    expect(output.length).toBeLessThan(50 * 1024);
    expect(output).toMatch(/^begin\nx+\n\[… \d+ bytes left out …\]\nx+\nend\n$/);
  });

  it('that leaves something running in its group takes it along', async () => {
    const { outcome, output } = await run(
      node(`const { spawn } = require('node:child_process');
        const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit' });
        console.log(left.pid); left.unref();`),
    );
    expect(outcome).toBe('succeeded');
    await vi.waitUntil(() => isGone(Number(output)));
  });

  it.each([
    ['when it ends', '', 'succeeded'],
    ['when it is told to end', 'setInterval(() => {}, 1e6)', 'failed'],
  ])(
    'whose child has left its group is not waited for %s, and its output is kept',
    async (_when, then, outcome) => {
      const stop = new AbortController();
      const pids = join(folder, 'pids');
      const running = run(
        node(`const { spawn } = require('node:child_process');
        const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'inherit', detached: true });
        left.unref(); console.log('so far');
        require('node:fs').writeFileSync(${JSON.stringify(pids)}, String(left.pid));${then}`),
        { signal: stop.signal },
      );
      const left = Number(await vi.waitUntil(() => readFile(pids, 'utf8').catch(() => ''), { timeout: 20_000 }));
      try {
        if (then !== '') stop.abort();
        expect(await running).toMatchObject({ outcome, output: 'so far\n' });
        expect(await isGone(left)).toBe(false);
      } finally {
        process.kill(left, 'SIGKILL');
      }
    },
    30_000,
  );

  it('that is told to end is ended with its children, also when it does not listen', async () => {
    const stop = new AbortController();
    const pids = join(folder, 'pids');
    const deaf = `process.on('SIGTERM', () => {});
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)']);
      console.log('so far');
      require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid);
      setInterval(() => {}, 1e6);`;
    const running = run(node(deaf), { signal: stop.signal });
    const started = await vi.waitUntil(() => readFile(pids, 'utf8').catch(() => ''), { timeout: 20_000 });
    stop.abort();
    const { outcome, output } = await running;
    expect([outcome, output]).toEqual(['failed', 'so far\n']);
    for (const pid of started.split(' ')) await vi.waitUntil(() => isGone(Number(pid)));
  }, 30_000);
});
