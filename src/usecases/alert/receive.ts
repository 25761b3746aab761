import type { AlertNotification } from '../../domain/alert/notification.ts';
import type { AlertIntake } from '../alert-port.ts';
import type { Clock } from '../ports.ts';

interface ReceiveDeps {
  readonly alerts: AlertIntake;
  readonly clock: Clock;
  /** Something was taken in: whoever looks at the inbox in this process need not wait any longer. */
  readonly alertsTaken: () => void;
}

/**
 * Stores what a source tells of its alerts. What follows from it - the message, an incident - is for those who look at the
 * inbox: a source is not kept waiting for that.
 *
 * @throws Overloaded, DatabaseUnavailable: nothing is stored, and the source tells again
 */
export async function receiveAlerts(
  { alerts, clock, alertsTaken }: ReceiveDeps,
  notification: AlertNotification,
): Promise<void> {
  await alerts.take(notification, clock.now());
  alertsTaken();
}
