import { createAlertIntake } from '../../../src/adapters/postgres/alert-intake.ts';
import { eventsOf } from '../../../src/adapters/postgres/event-log.ts';
import { rowsOf } from '../../../src/adapters/postgres/session.ts';
import { apply } from '../../../src/domain/alert/apply.ts';
import type { AlertEvent } from '../../../src/domain/alert/events.ts';
import type { AlertGroup } from '../../../src/domain/alert/group.ts';
import type { AlertNotification } from '../../../src/domain/alert/notification.ts';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { alertSubject } from '../../../src/domain/event.ts';
import type { OperationsSpec } from '../../../src/domain/spec/types.ts';
import { type AlertReport, workOffAlerts } from '../../../src/usecases/alert/work-off.ts';
import { storeHarness } from '../../adapters/postgres/store-harness.ts';
import { alertSpec } from '../../support/alert-story.ts';
import { now } from '../../support/incident-spec.ts';

/** Alerts on a real database, with a clock that stands until a test moves it. */
export async function alertHarness() {
  const stored = await storeHarness();
  const { pool } = stored.db;
  const time = { now };
  const rules: { spec: OperationsSpec } = { spec: alertSpec };
  const deps = { store: stored.store, clock: { now: () => time.now }, spec: { current: () => rules.spec } };
  const intake = createAlertIntake(pool);
  let read = 0n;

  const events = (number: number) =>
    eventsOf<AlertEvent>((text, values) => rowsOf(pool, text, values), alertSubject(number));

  return {
    ...stored,
    deps,
    rules,
    intake,
    now: () => time.now,
    later: (minutes: number) => {
      time.now = new Date(time.now.getTime() + minutes * 60_000);
    },
    /** Takes it in and works it off; the reasons tell what came of each group. */
    async take(...notifications: readonly AlertNotification[]): Promise<readonly AlertReport[]> {
      await Promise.all(notifications.map((one) => intake.take(one, time.now)));
      return workOffAlerts(deps);
    },
    async group(number: number): Promise<AlertGroup> {
      const group = await stored.store.alertGroup(number);
      if (group === null) throw new Error(`there is no ALERT-${number}`);
      return group;
    },
    /** The state that the group's events lead to. */
    async fold(number: number): Promise<AlertGroup | null> {
      let folded: AlertGroup | null = null;
      for await (const event of events(number)) folded = apply(folded, event);
      return folded;
    },
    async kinds(number: number): Promise<string[]> {
      const kinds: string[] = [];
      for await (const event of events(number)) kinds.push(event.kind);
      return kinds;
    },
    /** What was promised to Slack since this was last asked. */
    async promised(): Promise<Delivery[]> {
      const { rows } = await pool.query<{ id: string; intent: Delivery }>(
        'select id, intent from "Delivery" where id > $1 order by id',
        [read],
      );
      read = BigInt(rows.at(-1)?.id ?? read);
      return rows.map(({ intent }) => intent);
    },
    count: async (query: string): Promise<number> => (await pool.query<{ n: number }>(query)).rows[0]?.n ?? 0,
  };
}
