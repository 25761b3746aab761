import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { createAuditLog } from '../adapters/postgres/audit-log.ts';
import { anchorsIn } from '../app/anchors.ts';
import { openData } from '../app/data.ts';
import { loadStoreConfig } from '../config.ts';
import type { Verdict } from '../domain/audit/fault.ts';
import { eraseEvent } from '../usecases/audit/erase.ts';
import { verifyLog } from '../usecases/audit/verify.ts';
import type { AuditLog } from '../usecases/audit-port.ts';
import { quietLog } from './quiet-log.ts';
import { noArguments, oneArgument, type RunCli, UsageError } from './types.ts';
import { NO_QUEUE } from './with-store.ts';

export const auditVerify: RunCli = async (args, { env }) => {
  noArguments(args);
  const published = anchorsIn(loadStoreConfig(env).home);
  const verdict = await withAuditLog(env, (log) => verifyLog({ log, published }));
  return { text: sentences(verdict), json: verdict, exitCode: verdict.intact ? 0 : 1 };
};

export const auditErase: RunCli = async (args, { env }) => {
  const { subject, seq, reason } = readErasure(args);
  const actor = { kind: 'cli', user: userInfo().username } as const;
  const clock = { now: () => new Date() };
  const outcome = await withAuditLog(env, (log) => eraseEvent({ log, clock }, actor, { subject, seq, reason }));
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return { text: `What ${subject}#${seq} said is erased; the log still verifies.`, json: outcome.value };
};

function readErasure(args: readonly string[]): { subject: string; seq: number; reason: string } {
  const { positionals, values } = parseErasure(args);
  const [, subject, seq] = /^([A-Za-z]+(?:-\d+)?)#(\d+)$/.exec(oneArgument(positionals, 'the event')) ?? [];
  if (subject === undefined || seq === undefined) {
    throw new UsageError(`"${positionals[0]}" names no event; write it as INC-1#4, as post-mortems cite it.`);
  }
  const reason = values.reason?.trim() ?? '';
  if (reason === '') throw new UsageError('--reason is missing: it is kept in place of what is erased.');
  return { subject: subject.toUpperCase(), seq: Number(seq), reason };
}

function parseErasure(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { reason: { type: 'string' } } });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function withAuditLog<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (log: AuditLog) => Promise<T>,
): Promise<T> {
  const data = await openData(loadStoreConfig(env), quietLog(env), 2);
  try {
    return await work(createAuditLog(data.database, NO_QUEUE));
  } finally {
    await data.close();
  }
}

function sentences(verdict: Verdict): string {
  const { intact, chains, events, erased, anchors, published, faults, furtherFaults } = verdict;
  const counts = `${events} events in ${chains} chains, ${erased} erased, ${anchors} anchors, ${published ?? 0} of them published`;
  if (intact) return `Intact: ${counts}.`;
  const more = furtherFaults > 0 ? [`... and ${furtherFaults} further faults.`] : [];
  return ['NOT INTACT.', ...faults.map(({ sentence }) => `- ${sentence}`), ...more, `Read: ${counts}.`].join('\n');
}
