/**
 * What names a request, so that a second delivery of it is answered as the first and does nothing (DESIGN 3.2). Slack gives
 * every command and click its own trigger, every event its id, and every state of a view its hash.
 */

export function commandKey(triggerId: string): string {
  return `command:${triggerId}`;
}

export function shortcutKey(triggerId: string): string {
  return `shortcut:${triggerId}`;
}

export function actionKey(triggerId: string, actionId: string): string {
  return `action:${triggerId}:${actionId}`;
}

export function submissionKey(view: {
  readonly id: string;
  readonly callback_id: string;
  readonly hash: string;
}): string {
  return `view:${view.id}:${view.callback_id}:${view.hash}`;
}

export function eventKey(eventId: string): string {
  return `event:${eventId}`;
}
