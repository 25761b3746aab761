import { slackUser } from '../actor.ts';
import type { Delivery, Destination } from '../delivery.ts';
import type { EventDraft } from '../event.ts';
import { slackIdOf } from '../permissions.ts';
import type { OperationsSpec } from '../spec/types.ts';
import type { WindowEvent } from './events.ts';
import { approvalRules, type MaintenanceWindow } from './window.ts';

const inChannel = (channel: string): Destination => ({ to: 'channel', channel });

/** Every message that is edited in place shows the window as it is now. */
export function showWindow({ number, announcedAt, announceIn }: MaintenanceWindow): Delivery[] {
  const others = announcedAt === null ? [] : announceIn;
  return [
    { kind: 'render', key: `window:${number}:card` },
    ...others.map((channel): Delivery => ({ kind: 'render', key: `window:${number}:announcement:${channel}` })),
  ];
}

/** The card in the owner's channel, from the planning on. */
export function postWindowCard({ number, channel }: MaintenanceWindow): Delivery {
  return {
    kind: 'post',
    to: inChannel(channel),
    message: { type: 'window-card', window: number },
    keep: `window:${number}:card`,
  };
}

/** The message in the channels of the others who are affected, from when they are first told. */
export function postAnnouncements({ number, announceIn }: MaintenanceWindow): Delivery[] {
  return announceIn.map((channel) => ({
    kind: 'post',
    to: inChannel(channel),
    message: { type: 'window-announcement', window: number },
    keep: `window:${number}:announcement:${channel}`,
  }));
}

/** A line in these channels about something everybody there should see. */
export function sayIn(
  channels: readonly string[],
  { number }: MaintenanceWindow,
  { body: event, actor, occurredAt }: EventDraft<WindowEvent>,
): Delivery[] {
  return channels.map((channel) => ({
    kind: 'post',
    to: inChannel(channel),
    message: { type: 'window-event', window: number, event, actor, occurredAt: occurredAt.toISOString() },
  }));
}

/** Everybody who is affected. */
export function everywhere({ channel, announceIn }: MaintenanceWindow): readonly string[] {
  return [channel, ...announceIn];
}

/** Asks those who may agree to it, but for whoever planned it: people alone, teams in their channels. */
export function askApprovers(window: MaintenanceWindow, spec: OperationsSpec): Delivery[] {
  const { number, channel, planned } = window;
  const rules = approvalRules(window).flatMap((rule) => (rule === 'everyone' ? [] : rule));
  const users = new Set(rules.flatMap((rule) => rule.users.flatMap((user) => slackIdOf(spec, user) ?? [])));
  const teams = new Set(rules.flatMap((rule) => rule.teams.flatMap((team) => spec.teams[team]?.channel ?? [])));
  const to: Destination[] = [
    ...[...users].filter((user) => user !== slackUser(planned.by)).map((user) => ({ to: 'user', user }) as const),
    ...[...teams].filter((one) => one !== channel).map(inChannel),
  ];
  return to.map((one) => ({ kind: 'post', to: one, message: { type: 'window-approval', window: number } }));
}

/** Asks whoever led it, or the owner's channel, what was done. */
export function askForReport({ number, lead, channel }: MaintenanceWindow, again: boolean): Delivery {
  const to: Destination = lead === null ? inChannel(channel) : { to: 'user', user: lead };
  return { kind: 'post', to, message: { type: 'window-report-asked', window: number, again } };
}
