import type { Delivery, Destination, Message, MessageKey } from '../src/domain/delivery.ts';
import { incidentSubject } from '../src/domain/event.ts';

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
  const [, digits, shown, channel] = key.split(':');
  const number = Number(digits);
  return {
    what: `the newest state of ${incidentSubject(number)}`,
    where: shown === 'card' ? channelOf(number) : `#${channel}`,
  };
}

function channelOf(number: number): string {
  return `the channel of ${incidentSubject(number)}`;
}
