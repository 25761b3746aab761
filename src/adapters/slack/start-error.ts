/** Why the bot may not start: `message` says what Slack refused and what to do about it, for a person at a terminal. */
export class SlackStartError extends Error {
  readonly code: 'token' | 'scopes' | 'unreachable' | 'socket';

  constructor(code: SlackStartError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SlackStartError';
    this.code = code;
  }
}
