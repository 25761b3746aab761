/** Slack did not show what a person asked for while they waited. `reason` is Slack's own word, or `no_answer`. */
export class ViewNotShown extends Error {
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`Slack did not show the view: ${reason}`, { cause });
    this.name = 'ViewNotShown';
    this.reason = reason;
  }
}

/** Slack did not tell what had to be known before anything could be done. `reason` is a sentence. */
export class SlackUnanswered extends Error {
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`Slack did not answer a question: ${reason}`, { cause });
    this.name = 'SlackUnanswered';
    this.reason = reason;
  }
}
