import { type FetchFunction, type WebAPICallResult, WebClient, type WebClientOptions } from '@slack/web-api';
import { slackFault } from './fault.ts';

/** How a call to Slack ended; `faulty` is a fault of our own. */
type CallOutcome = 'done' | 'refused' | 'rate-limited' | 'transient' | 'faulty';

/** Hears of every call to Slack's Web API. */
export interface CallAccount {
  called(method: string, outcome: CallOutcome, seconds: number): void;
  /** Slack's clock is ahead of ours by so many milliseconds, good to a second. */
  clockRead(aheadMs: number): void;
}

/** A client whose calls are counted, whatever they come to. */
export class AccountedClient extends WebClient {
  readonly #account: CallAccount | undefined;

  constructor(token: string, options: WebClientOptions & { readonly fetch: FetchFunction }, account?: CallAccount) {
    super(token, { ...options, fetch: account === undefined ? options.fetch : readingClock(options.fetch, account) });
    this.#account = account;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    const begun = performance.now();
    const ended = (outcome: CallOutcome) => this.#account?.called(method, outcome, (performance.now() - begun) / 1000);
    try {
      const answer = await super.apiCall(method, options);
      ended('done');
      return answer;
    } catch (error) {
      ended(slackFault(error)?.kind ?? 'faulty');
      throw error;
    }
  }
}

/** Every answer says when it was made, cut to the second. */
function readingClock(fetch: FetchFunction, account: CallAccount): FetchFunction {
  return async (url, init) => {
    const asked = Date.now();
    const answer = await fetch(url, init);
    const said = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(said)) account.clockRead(said + 500 - (asked + Date.now()) / 2);
    return answer;
  };
}
