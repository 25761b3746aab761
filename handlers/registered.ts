import { alertButtons } from './actions/alert-buttons.ts';
import { backupButtons } from './actions/backup-buttons.ts';
import { calendarButtons } from './actions/calendar-buttons.ts';
import { checkButtons } from './actions/check-buttons.ts';
import { drillButtons } from './actions/drill-buttons.ts';
import { dutiesPage } from './actions/duties-page.ts';
import { expireSilence } from './actions/expire-silence.ts';
import { incidentButtons } from './actions/incident-buttons.ts';
import { myDuties } from './actions/my-duties.ts';
import { pageButtons } from './actions/page-buttons.ts';
import { reloadSpec } from './actions/reload-spec.ts';
import { retryDelivery } from './actions/retry-delivery.ts';
import { runButtons } from './actions/run-buttons.ts';
import { windowButtons } from './actions/window-buttons.ts';
import { backupCommand } from './commands/backup.ts';
import { healthCommand } from './commands/health.ts';
import { incidentCommand } from './commands/incident.ts';
import { maintenanceCommand } from './commands/maintenance.ts';
import { opsCommand } from './commands/ops.ts';
import { ownerCommand } from './commands/owner.ts';
import { postmortemCommand } from './commands/postmortem.ts';
import { severityCommand } from './commands/severity.ts';
import { homeOpened } from './events/home-opened.ts';
import { pushpins } from './events/pushpin.ts';
import type { Registry } from './registry.ts';
import { addToTimeline } from './shortcuts/add-to-timeline.ts';
import { declareIncident } from './shortcuts/declare-incident.ts';
import { alertForms } from './views/alert-forms.ts';
import { checkForms } from './views/check-forms.ts';
import { incidentForms } from './views/incident-forms.ts';
import { incidentPicked } from './views/incident-picked.ts';
import { pageForms } from './views/page-forms.ts';
import { runForms } from './views/run-forms.ts';

import { windowForms } from './views/window-forms.ts';

/** Everything Mainstay answers to in Slack. */
export const REGISTRY: Registry = {
  commands: [
    incidentCommand,
    severityCommand,
    ownerCommand,
    postmortemCommand,
    maintenanceCommand,
    healthCommand,
    backupCommand,
    opsCommand,
  ],
  actions: [
    ...incidentButtons,
    ...runButtons,
    ...checkButtons,
    ...alertButtons,
    ...windowButtons,
    ...pageButtons,
    ...backupButtons,
    ...drillButtons,
    ...calendarButtons,
    myDuties,
    retryDelivery,
    expireSilence,
    reloadSpec,
    dutiesPage,
  ],
  submissions: [
    ...incidentForms,
    incidentPicked,
    ...runForms,
    ...checkForms,
    ...alertForms,
    ...windowForms,
    ...pageForms,
  ],
  shortcuts: [declareIncident, addToTimeline],
  events: [homeOpened, ...pushpins],
};
