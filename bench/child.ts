import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Usage } from './usage.ts';

export interface BenchChild {
  readonly port: number;
  /** Milliseconds from fork to the message that names its port. */
  readonly readyMs: number;
  readonly process: ChildProcess;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** Runs a server of this folder in a process of its own, so that its CPU is its own. */
export async function startChild(file: string, args: readonly string[]): Promise<BenchChild> {
  const began = performance.now();
  const child = fork(new URL(file, import.meta.url), args, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  const answer = async (): Promise<Record<string, unknown>> => {
    const heard = new AbortController();
    const { signal } = heard;
    try {
      const gone = once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${file} ended with ${code} before it answered`);
      });
      const [message] = await Promise.race([once(child, 'message', { signal }), gone]);
      return message as Record<string, unknown>;
    } finally {
      heard.abort();
    }
  };
  const first = await answer();
  return {
    port: Number(first['port']),
    readyMs: performance.now() - began,
    process: child,
    async usage() {
      child.send('usage');
      const said = await answer();
      const cpu = said['usage'] as NodeJS.CpuUsage;
      return { cpu: cpu.user + cpu.system, resident: Number(said['resident']) };
    },
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
