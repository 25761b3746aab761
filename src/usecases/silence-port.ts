import type { Secret } from '../domain/spec/secret.ts';
import type { Matcher, Silence, SilenceDraft } from '../domain/window/silence.ts';

/** Where an Alertmanager is, and what lets us in. */
export interface AlertmanagerAddress {
  /** May hold a user and a password. */
  readonly url: string | Secret;
  /** Sent as a bearer token; absent where none is wanted. */
  readonly token?: string | Secret;
}

/** An alert that Alertmanager has now. */
export interface AlertNow {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Ids of the silences that keep it quiet. */
  readonly silencedBy: readonly string[];
  /** It is kept quiet by another alert. */
  readonly inhibited: boolean;
}

/** An answer, or in a sentence without secrets why there is none. */
export type Asked<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly problem: string;
      /** It did not answer at all: the next question would wait as long. */
      readonly isAway?: boolean;
    };

/** Alertmanager's API, version 2. Nothing throws: it may be away. */
export interface Alertmanagers {
  silences(at: AlertmanagerAddress): Promise<Asked<readonly Silence[]>>;
  /** Opens or changes a silence; gives its id, which may be another than before. */
  put(at: AlertmanagerAddress, silence: SilenceDraft): Promise<Asked<string>>;
  /** Ends a silence; one that has ended is as good. */
  expire(at: AlertmanagerAddress, id: string): Promise<Asked<null>>;
  /** When it was started: what it has forgotten by that it is told again within some minutes. */
  upSince(at: AlertmanagerAddress): Promise<Asked<Date>>;
  /** The alerts that fit all of these, also those that are kept quiet; without any, all there are. */
  alerts(at: AlertmanagerAddress, matchers: readonly Matcher[]): Promise<Asked<readonly AlertNow[]>>;
}
