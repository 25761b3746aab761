/** Slack did not show what a person asked for while they waited. `reason` is Slack's own word, or `no_answer`. */
export class ViewNotShown extends Error {
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`Slack did not show the view: ${reason}`, { cause });
    this.name = 'ViewNotShown';
    this.reason = reason;
  }
}
