import { commandRun } from '../adapters/actions/command-run.ts';
import { dbMaintain } from '../adapters/actions/db-maintain.ts';
import { dbReport } from '../adapters/actions/db-report.ts';
import { filesPrune } from '../adapters/actions/files-prune.ts';
import { httpGet } from '../adapters/actions/http-get.ts';
import { prune } from '../adapters/actions/prune.ts';
import { sqlQuery } from '../adapters/actions/sql-query.ts';
import type { ActionInput, ActionName } from '../domain/spec/action.ts';
import type { Action, ActionOutcome, CarryOut, ConnectedTarget } from '../usecases/action-port.ts';
import type { DigestDeps } from '../usecases/digest/deps.ts';
import { digestPost } from '../usecases/digest/post-now.ts';
import { specValidate } from '../usecases/spec/validate.ts';
import type { RunningSpec } from '../usecases/spec-port.ts';

type Actions = { readonly [Name in ActionName]: Action<Name> };

export interface ActionsOptions extends DigestDeps {
  readonly spec: RunningSpec;
  /** Mainstay's own environment, of which a command is given what its duty names. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Everything automated duties can do here. */
export function carryOutActions(options: ActionsOptions): CarryOut {
  const actions: Actions = {
    'http.get': httpGet,
    'command.run': commandRun(options.environment),
    'spec.validate': specValidate(options.spec),
    'digest.post': digestPost(options),
    'sql.query': sqlQuery,
    'db.maintain': dbMaintain,
    'db.report': dbReport,
    prune,
    'files.prune': filesPrune,
  };
  return (action, target, context) => carryOut(actions, action.action, action, target, context);
}

/** Its name says which action the input is for, which only a type parameter of its own can say. */
function carryOut<Name extends ActionName>(
  actions: Actions,
  name: Name,
  input: ActionInput<Name>,
  target: ConnectedTarget | null,
  context: Parameters<CarryOut>[2],
): Promise<ActionOutcome> {
  const action: Actions[Name] = actions[name];
  return action(input, target, context);
}
