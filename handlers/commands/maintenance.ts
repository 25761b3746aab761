import { relinkedAnswer } from '../../blocks/calendar-links.ts';
import { calendarMessage, nextMessage } from '../../blocks/duty-lists.ts';
import { parseCalendar, parseTeam } from '../../src/domain/duty/command.ts';
import { answerOf, refusalAnswer } from '../answers.ts';
import { maintenanceReport } from '../maintenance-report.ts';
import type { Command, Subcommand } from '../registry.ts';
import { runVerbs } from '../run-verbs.ts';
import { subscribeAnswer } from '../subscribe.ts';
import { windowVerbs } from '../window-verbs.ts';

const DAY = 86_400_000;

const calendar: Subcommand = {
  verb: 'calendar',
  usage: '[team] [days]',
  help: 'Shows what falls due: in the next 7 days, or as many as you say.',
  permission: null,
  async run({ rest }, { verbs, spec, clock }) {
    const typed = parseCalendar(rest, spec.current());
    if (!typed.ok) return refusalAnswer(typed.problem);
    const { owner, days } = typed.value;
    const from = clock.now();
    const to = new Date(from.getTime() + days * DAY);
    const entries = verbs.showCalendar({ from, to, ...(owner === null ? {} : { owners: [owner] }) });
    return calendarMessage(entries, { to, owner }, spec.current());
  },
};

const subscribe: Subcommand = {
  verb: 'subscribe',
  usage: '[team]',
  help: 'Gives you the private link that puts your duties, or those of a team, into your calendar program.',
  permission: null,
  async run({ rest, user }, deps) {
    if (rest.trim() === '') return subscribeAnswer(deps, user, null);
    const team = parseTeam(rest, deps.spec.current());
    return team.ok ? subscribeAnswer(deps, user, team.value) : refusalAnswer(team.problem);
  },
};

const relink: Subcommand = {
  verb: 'relink',
  usage: '<team>',
  help: "Ends all links to a team's calendar, because one got into wrong hands; there are new ones.",
  permission: 'duty.relink',
  async run({ rest, caller }, { verbs, spec }) {
    const team = parseTeam(rest, spec.current());
    if (!team.ok) return refusalAnswer(team.problem);
    return answerOf(await verbs.relinkCalendar(caller, { team: team.value }), relinkedAnswer(spec.current()));
  },
};

const next: Subcommand = {
  verb: 'next',
  usage: '[team]',
  help: 'Shows what is open and what comes next.',
  permission: null,
  async run({ rest }, { verbs, spec }) {
    if (rest.trim() === '') return nextMessage(await verbs.nextDuties(), spec.current());
    const team = parseTeam(rest, spec.current());
    if (!team.ok) return refusalAnswer(team.problem);
    return nextMessage(await verbs.nextDuties({ owners: [team.value] }), spec.current());
  },
};

/** `/maintenance`: what the operations spec asks for and who did it, and the windows in which systems are worked on. */
export const maintenanceCommand: Command = {
  name: '/maintenance',
  description: 'Shows and does the duties of the operations spec, and plans maintenance windows.',
  usageHint:
    'calendar | subscribe | relink | next | show | take | done | skip | snooze | cannot | waive | run | history | report | plan | approve | start | extend | end | cancel | info | list | help',
  // Mentions in a reason stay people.
  shouldEscape: true,
  subcommands: [calendar, subscribe, relink, next, ...runVerbs, maintenanceReport, ...windowVerbs],
};
