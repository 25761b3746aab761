import type { AlertNotification } from '../../domain/alert/notification.ts';
import type { AlertIntake } from '../alert-port.ts';
import type { Clock } from '../ports.ts';

/**
 * Stores what a source tells of its alerts. What follows from it - the message, an incident - is for those who look at the
 * inbox: a source is not kept waiting for that.
 *
 * @throws Overloaded, DatabaseUnavailable: nothing is stored, and the source tells again
 */
export function receiveAlerts(
  { alerts, clock }: { readonly alerts: AlertIntake; readonly clock: Clock },
  notification: AlertNotification,
): Promise<void> {
  return alerts.take(notification, clock.now());
}
