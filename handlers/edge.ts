import type { App } from '@slack/bolt';
import { PATIENCE } from './ack.ts';
import type { EdgeDeps } from './deps.ts';
import { explainer, lastResort } from './errors.ts';
import { watchOutage } from './outage.ts';
import type { Reception } from './receive/context.ts';
import { REGISTRY } from './registered.ts';
import type { Registry } from './registry.ts';
import { indexRegistry } from './registry-index.ts';
import { route } from './router.ts';

/** How often to look whether the database is back, in milliseconds. */
const OUTAGE_LOOK = 5_000;

export interface EdgeOptions {
  readonly deps: EdgeDeps;
  /** Counts what came in, for the metrics. */
  readonly count: Reception['count'];
  /** Says one sentence in the operators' channel, at once and past the queue. */
  tellOperators(text: string): Promise<void>;
  /** Resolves when the database answers. */
  databaseAnswers(): Promise<void>;
  /** Instead of 2 s, in milliseconds; for tests. */
  readonly patience?: number;
  /** Instead of everything Mainstay does; for tests. */
  readonly registry?: Registry;
}

/** Gives the Bolt app everything Mainstay does in Slack. Before the app is started. */
export function createEdge(app: App, options: EdgeOptions): void {
  const { deps, count, tellOperators, databaseAnswers, patience = PATIENCE, registry = REGISTRY } = options;
  const outage = watchOutage({ tell: tellOperators, probe: databaseAnswers, every: OUTAGE_LOOK, log: deps.log });
  const explain = explainer(deps.log, outage);
  route(app, { deps, index: indexRegistry(registry), explain, patience, count });
  app.error(lastResort(explain));
}
