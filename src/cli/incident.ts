import { incidentSubject } from '../domain/event.ts';
import { parseAddressed } from '../domain/incident/command.ts';
import type { IncidentRefusal } from '../domain/incident/refusals.ts';
import type { Incident } from '../domain/incident/state.ts';
import type { Outcome } from '../domain/outcome.ts';
import { inWords } from '../domain/text/slack-text.ts';
import { listIncidents } from '../usecases/incident/list.ts';
import { showIncident } from '../usecases/incident/show.ts';
import { oneArgument, type RunCli, UsageError } from './types.ts';
import { withStore } from './with-store.ts';

export const incidentList: RunCli = async (args, { env }) => {
  const [word, extra] = args;
  if (extra !== undefined || (word !== undefined && word !== '--all')) {
    throw new UsageError(`"${extra ?? word}" is not expected here: the only option is --all.`);
  }
  const incidents = await withStore(env, (store) => listIncidents({ store }, word === '--all' ? 'all' : 'open'));
  const none = word === '--all' ? 'There is no incident yet.' : 'No incident is open.';
  return { text: incidents.length === 0 ? none : table(incidents), json: incidents };
};

export const incidentShow: RunCli = async (args, { env }) => {
  const number = incidentArgument(args);
  const incident = demand(await withStore(env, (store) => showIncident({ store }, number)), number);
  return { text: details(incident), json: incident };
};

/** The incident a command line names. @throws UsageError */
export function incidentArgument(args: readonly string[]): number {
  const word = oneArgument(args, 'the incident');
  const { incident, text } = parseAddressed(word);
  if (incident === null || text !== '') throw new UsageError(`"${word}" names no incident; write it as INC-1.`);
  return incident;
}

/** The value, or the refusal as the error the command ends with: where it would name Slack's command, the terminal's. */
export function demand<Value>(outcome: Outcome<Value, IncidentRefusal>, number: number): Value {
  if (outcome.ok) return outcome.value;
  const { code, message } = outcome.refusal;
  if (code !== 'unknown-incident') throw new Error(message);
  throw new Error(
    `There is no ${incidentSubject(number)}. \`mainstay incident list --all\` shows every incident there is.`,
  );
}

function table(incidents: readonly Incident[]): string {
  return incidents
    .map(({ number, severity, status, declaredAt, title }) =>
      [
        `INC-${number}`.padEnd(8),
        (severity ?? '-').padEnd(5),
        status.padEnd(11),
        declaredAt.slice(0, 16),
        inWords(title),
      ].join(' '),
    )
    .join('\n');
}

function details(incident: Incident): string {
  const lines: [string, string | null][] = [
    ['title', inWords(incident.title)],
    ['status', incident.status],
    ['severity', incident.severity],
    ['owner', incident.owner],
    ['service', incident.service],
    ['channel', incident.channel && `#${incident.channel.name}`],
    ['declared', incident.declaredAt],
    ['acknowledged', incident.acknowledgedAt],
    ['mitigated', incident.mitigatedAt],
    ['resolved', incident.resolvedAt],
    ['resolution', incident.resolution && inWords(incident.resolution)],
    ['post-mortem due', incident.postmortemDueAt],
  ];
  const shown = lines.filter(([, value]) => value !== null).map(([name, value]) => `${name.padEnd(16)} ${value}`);
  return [`INC-${incident.number}`, ...shown].join('\n');
}
