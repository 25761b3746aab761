import type { WarningKey } from '../../domain/uptime/warning.ts';
import type { UptimeTx } from '../../usecases/uptime-port.ts';
import { jsonText } from './canonical.ts';
import type { Session } from './session.ts';

const NAMED = `jsonb_to_recordset($1::jsonb) as x(slo text, objective text, period text, warning text)`;

// Whoever comes second waits here until the first has committed, and then finds that it is taken.
const TAKE = `
  insert into "BudgetWarning" (slo, objective, period, warning, at)
  select slo, objective, period, warning, $2 from ${NAMED} order by slo, objective, period, warning
  on conflict do nothing returning slo, objective, period, warning`;

const DROP = `
  delete from "BudgetWarning" as one using ${NAMED}
   where (one.slo, one.objective, one.period, one.warning) = (x.slo, x.objective, x.period, x.warning)`;

/** What was told of budgets, for a transaction that tells. */
export function warningRows({ rows }: Session): UptimeTx {
  return {
    takeWarnings: (warnings, now) => rows<WarningKey>(TAKE, [jsonText(warnings), now]),
    dropWarnings: async (warnings) => {
      await rows(DROP, [jsonText(warnings)]);
    },
  };
}
