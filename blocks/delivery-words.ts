import type { Delivery, Destination, Message, MessageKey } from '../src/domain/delivery.ts';
import {
  alertSubject,
  backupSubject,
  drillSubject,
  incidentSubject,
  pageSubject,
  runSubject,
  windowSubject,
} from '../src/domain/event.ts';

/** What was promised and where, for the people who read that it could not be kept. */
export function wordsFor(delivery: Delivery): { what: string; where: string } {
  switch (delivery.kind) {
    case 'open-channel':
      return { what: `the channel of ${incidentSubject(delivery.incident)}`, where: 'the workspace' };
    case 'topic':
      return { what: 'the topic', where: channelOf(delivery.incident) };
    case 'invite':
      return { what: 'invitations', where: channelOf(delivery.incident) };
    case 'render':
      return renderWords(delivery.key);
    case 'react':
    case 'unreact':
      return { what: `the mark :${delivery.name}:`, where: `<#${delivery.channel}>` };
    case 'post':
      return { what: messageWords(delivery.message), where: destinationWords(delivery.to) };
  }
}

function messageWords(message: Message): string {
  switch (message.type) {
    case 'incident-card':
      return `the card of ${incidentSubject(message.incident)}`;
    case 'incident-announcement':
      return `the announcement of ${incidentSubject(message.incident)}`;
    case 'incident-event':
      return `a line about ${incidentSubject(message.incident)}`;
    case 'update-overdue':
      return `the reminder that ${incidentSubject(message.incident)} owes an update`;
    case 'resolution-summary':
      return `the summary of ${incidentSubject(message.summary.number)}`;
    case 'postmortem-due':
      return `the reminder of the post-mortem of ${incidentSubject(message.incident)}`;
    case 'run-card':
      return `the card of ${runSubject(message.run)}`;
    case 'run-announcement':
      return `the announcement of ${runSubject(message.run)}`;
    case 'run-event':
      return `a line about ${runSubject(message.run)}`;
    case 'run-escalation':
      return `the word that ${runSubject(message.run)} needs somebody`;
    case 'run-reminder':
      return `the reminder of ${runSubject(message.run)}`;
    case 'runs-missed':
      return 'the list of duties that an outage kept from being asked for';
    case 'digest':
      return `the digest of ${message.digest.name}`;
    case 'budget-warning':
      return `the news of the uptime budget of ${message.warning.service}`;
    case 'uptime-report':
      return `the uptime of ${message.report.service} in ${message.report.period.name}`;
    case 'rollup':
      return `the look back of ${message.rollup.name} on ${message.rollup.period}`;
    case 'checks-failing':
      return 'the word that checks fail';
    case 'checks-changed':
      return 'what changed of the checks that are watched';
    case 'checks-unclear':
      return 'the word that checks cannot be asked';
    case 'health-screen':
      return 'the answers to /health';
    case 'window-card':
      return `the card of ${windowSubject(message.window)}`;
    case 'window-announcement':
      return `the announcement of ${windowSubject(message.window)}`;
    case 'window-event':
      return `a line about ${windowSubject(message.window)}`;
    case 'window-approval':
      return `the question to agree to ${windowSubject(message.window)}`;
    case 'window-report-asked':
      return `the question what was done in ${windowSubject(message.window)}`;
    case 'alert-card':
      return `the card of ${alertSubject(message.alert)}`;
    case 'alert-storm':
      return 'the list of alerts that began together';
    case 'page-card':
      return `the message of ${pageSubject(message.page)}`;
    case 'page-call':
      return `the call of ${pageSubject(message.page)}`;
    case 'page-not-reached':
      return `the word that ${pageSubject(message.page)} did not reach somebody`;
    case 'page-unanswered':
      return `the word that nobody answers ${pageSubject(message.page)}`;
    case 'drill-card':
      return `the card of ${drillSubject(message.drill)}`;
    case 'drill-report':
      return `the report of ${drillSubject(message.drill)}`;
    case 'backup-card':
      return `the card of ${backupSubject(message.backup)}`;
    case 'backup-failed':
      return `the word that ${backupSubject(message.backup)} failed`;
    case 'backup-not-copied':
      return `the word that ${backupSubject(message.backup)} is not copied`;
    case 'backup-copied':
      return `the word that ${backupSubject(message.backup)} is copied`;
    case 'backups-unsound':
      return `what is wrong with backups of ${message.title}`;
    case 'backups-kept':
      return `the word that no backup of ${message.title} is deleted`;
    case 'backups-to-delete':
      return `the question which backups of ${message.title} may go`;
    case 'check-history':
      return `the history of ${message.history.check.title}`;
    case 'own-health':
      return 'the word on how Mainstay itself is';
    case 'alert-fires':
      return `the word that ${alertSubject(message.alert)} fires`;
    case 'alerts-again':
      return `the word that alerts of ${incidentSubject(message.incident)} fire again`;
    case 'alerts-clear':
      return `the word that the alerts of ${incidentSubject(message.incident)} are clear`;
    case 'undeliverable':
      return 'the word that something could not be delivered';
    case 'anchor':
      return 'the anchor of the log';
  }
}

function destinationWords(to: Destination): string {
  switch (to.to) {
    case 'channel':
      return `#${to.channel}`;
    case 'incident':
      return channelOf(to.number);
    case 'user':
      return `<@${to.user}>`;
  }
}

function renderWords(key: MessageKey): { what: string; where: string } {
  const [subject, digits, shown, channel] = key.split(':');
  const number = Number(digits);
  if (subject === 'checks') return { what: 'the newest state of failing checks', where: "their owner's channel" };
  if (subject === 'health') return { what: 'the answers to /health', where: 'where it was asked' };
  if (subject === 'alerts') {
    const what = shown === 'card' ? alertSubject(number) : 'alerts that began together';
    return { what: `the newest state of ${what}`, where: "their service's channel" };
  }
  if (subject === 'run') {
    return { what: `the newest state of ${runSubject(number)}`, where: "its owner's channel" };
  }
  if (subject === 'window') {
    return {
      what: `the newest state of ${windowSubject(number)}`,
      where: shown === 'card' ? "its owner's channel" : `#${channel}`,
    };
  }
  if (subject === 'drill') {
    return { what: `the newest state of ${drillSubject(number)}`, where: "its backup's channel" };
  }
  if (subject === 'backup') {
    return { what: `the newest state of ${backupSubject(number)}`, where: "its owner's channel" };
  }
  if (subject === 'page') {
    return {
      what: `the newest state of ${pageSubject(number)}`,
      where: shown === 'card' ? "its team's channel" : 'the message to whom it called',
    };
  }
  return {
    what: `the newest state of ${incidentSubject(number)}`,
    where: shown === 'card' ? channelOf(number) : `#${channel}`,
  };
}

function channelOf(number: number): string {
  return `the channel of ${incidentSubject(number)}`;
}
