import type { DbMaintain, MaintainStep } from '../../../domain/spec/data-action.ts';
import { sizeWords } from '../../../domain/text/size-words.ts';
import type { ActionContext, ActionOutcome, ConnectedTarget } from '../../../usecases/action-port.ts';
import { inSqlite, type SqliteSession } from './session.ts';

const STATEMENTS: Record<MaintainStep, readonly string[]> = {
  'vacuum-analyze': ['vacuum', 'analyze'],
  reindex: ['reindex'],
  analyze: ['analyze'],
  'bloat-report': [],
};

/**
 * Maintains a SQLite file as a whole. VACUUM writes it anew and gives free space back to the disk; while it does, others
 * wait, and it waits for them no longer than `lockTimeout`.
 */
export function maintainSqlite(
  input: DbMaintain,
  target: ConnectedTarget,
  { signal, mode }: ActionContext,
): Promise<ActionOutcome> {
  const { title } = target;
  const steps = input.steps.join(', ');
  const refusal = 'is a SQLite file, which is maintained as a whole: leave out tables';
  if (input.tables !== undefined) {
    return Promise.resolve({ outcome: 'could-not-run', summary: `${title}: ${refusal}`, output: '' });
  }
  const how = { write: mode === 'run', lockTimeout: input.lockTimeout };
  return inSqlite(target, signal, how, async (session) => {
    const before = await figures(session);
    const now = `${sizeWords(before.bytes)}, of which ${sizeWords(before.free)} free`;
    if (mode === 'preview') return { outcome: 'succeeded', summary: `${title}: would do ${steps}`, output: now };
    const lines: string[] = [];
    for (const step of input.steps) {
      const began = performance.now();
      for (const statement of STATEMENTS[step]) await session.ask(statement);
      const { bytes, free } = await figures(session);
      lines.push(
        `${step}: ${Math.round(performance.now() - began)} ms; ${sizeWords(bytes)}, of which ${sizeWords(free)} free`,
      );
    }
    return {
      outcome: 'succeeded',
      summary: `${title}: ${steps} done`,
      output: [`before: ${now}`, ...lines].join('\n'),
    };
  });
}

async function figures({ ask }: SqliteSession): Promise<{ bytes: number; free: number }> {
  const { rows } = await ask(`
    select page_count * page_size, freelist_count * page_size
    from pragma_page_count, pragma_page_size, pragma_freelist_count`);
  const [bytes, free] = rows[0] ?? [];
  return { bytes: Number(bytes), free: Number(free) };
}
