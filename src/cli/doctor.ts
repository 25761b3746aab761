import { BOT_SCOPES } from '../../handlers/manifest.ts';
import { doctorProbes } from '../app/probes.ts';
import { type DoctorReport, doctor } from '../usecases/ops/doctor.ts';
import { quietLog } from './quiet-log.ts';
import { noArguments, type RunCli } from './types.ts';

const MARKS = { ok: 'ok', skipped: '-', warning: 'warning', failed: 'FAILED' } as const;

export const doctorCommand: RunCli = async (args, { env }) => {
  noArguments(args);
  const { probes, release } = doctorProbes(env, BOT_SCOPES, quietLog(env));
  try {
    const report = await doctor(probes);
    return { text: table(report), json: report, exitCode: report.healthy ? 0 : 1 };
  } finally {
    await release();
  }
};

function table({ healthy, findings }: DoctorReport): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const indent = ' '.repeat(width + 10);
  const lines = findings.map((finding) => {
    const detail = finding.detail.replaceAll('\n', `\n${indent}`);
    const line = `${finding.name.padEnd(width)}  ${MARKS[finding.state].padEnd(8)}${detail}`;
    return 'remedy' in finding ? `${line}\n${indent}-> ${finding.remedy}` : line;
  });
  return [...lines, '', healthy ? 'Ready to start.' : 'Not ready to start.'].join('\n');
}
