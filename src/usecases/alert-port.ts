import type { AlertNotification } from '../domain/alert/notification.ts';

/** More waits to be stored than can be stored soon: the source is to tell again later. */
export class Overloaded extends Error {
  readonly code = 'overloaded';

  constructor() {
    super('More alerts wait to be stored than can be stored in time.');
    this.name = 'Overloaded';
  }
}

/** Where alerts are kept as their sources tell of them. */
export interface AlertIntake {
  /**
   * Stores the alerts and puts their group into the inbox if something changed; resolved once that is durable. Told of again, or by
   * two at once, an alert is still one alert; one that was resolved stays so.
   *
   * @throws Overloaded before anything is stored
   * @throws DatabaseUnavailable
   */
  take(notification: AlertNotification, at: Date): Promise<void>;
}
