import { z } from 'zod';
import { homeView } from '../../blocks/home.ts';
import { personOf } from '../caller.ts';
import type { EventListener } from '../registry.ts';

const openedSchema = z.object({ user: z.string(), tab: z.string() });

/** Somebody looks at App Home: it shows what is theirs and what is open now. */
export const homeOpened: EventListener = {
  type: 'app_home_opened',
  async run({ event }, deps) {
    const { verbs, views, spec } = deps;
    const { user, tab } = openedSchema.parse(event);
    if (tab !== 'home') return;
    const open = await verbs.listIncidents('open');
    const resolved = (await verbs.listIncidents('all')).filter(({ status }) => status === 'resolved');
    const duties = await verbs.myDuties(await personOf(user, deps));
    const windows = await verbs.windowsAhead();
    const checks = await verbs.showChecks();
    const uptime = await verbs.uptimeOverview();
    const backups = await verbs.backupGlances();
    const incidents = [...open, ...resolved];
    await views.publish(
      user,
      homeView({ user, incidents, duties, windows, checks, uptime, backups, spec: spec.current() }),
    );
  },
};
