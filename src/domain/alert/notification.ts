/** The systems that tell Mainstay of alerts, each by an address of its own. */
export type AlertSource = 'alertmanager' | 'grafana' | 'generic';

export type Labels = Readonly<Record<string, string>>;

/** One alert as its source tells of it. Instants are ISO strings in UTC. */
export interface AlertNotice {
  /** What the source knows it by: the same labels give the same fingerprint. */
  readonly fingerprint: string;
  /** Its own: a group that is firing holds resolved alerts too. */
  readonly status: 'firing' | 'resolved';
  readonly labels: Labels;
  readonly annotations: Labels;
  /**
   * With the fingerprint it is one alert, however often it is told of. Null when the source does not say: then it is the one
   * that is firing, or else begins now.
   */
  readonly startsAt: string | null;
  /** Null while it is firing. */
  readonly endsAt: string | null;
  /** Where the source shows it; empty when it does not say. */
  readonly url: string;
}

/** What one request tells: a group of alerts as it is now. */
export interface AlertNotification {
  readonly source: AlertSource;
  /** What the source knows the group by. */
  readonly group: string;
  readonly commonLabels: Labels;
  readonly commonAnnotations: Labels;
  /** Where the source itself is; empty when it does not say. */
  readonly externalUrl: string;
  /** Alerts of the group that the source left out. */
  readonly truncated: number;
  readonly alerts: readonly AlertNotice[];
}
