/**
 * Mainstay's own database could not be reached, or the connection broke before the answer came. What was asked may or
 * may not have been committed; asked again with the same request key it is done exactly once. `cause` has the reason.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'database-unavailable';

  constructor(cause: unknown) {
    super('The database cannot be reached right now.', { cause });
    this.name = 'DatabaseUnavailable';
  }
}
