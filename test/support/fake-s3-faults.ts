/** What a store is asked for. */
export type S3Verb =
  | 'put'
  | 'create'
  | 'part'
  | 'complete'
  | 'abort'
  | 'head'
  | 'get'
  | 'list'
  | 'uploads'
  | 'delete'
  | 'lock';

/**
 * What goes wrong. `reset`: the connection is cut before anything is done. `lost`: it is done, and then the connection is
 * cut. `hang`: no answer ever comes. `short`: half a body comes, and then the connection is cut. `error-in-200`: 200, and a
 * body that says that it failed. `flip`: it is done, with one bit of it changed, and nobody says so. `rot`: as `flip`, and
 * the store's own checksum was made of what it should be.
 */
export type S3Fault =
  | { readonly status: number; readonly code: string }
  | 'reset'
  | 'lost'
  | 'hang'
  | 'short'
  | 'error-in-200'
  | 'flip'
  | 'rot';

/** Takes what is planned for each verb, in order: the next requests of that verb meet it, and those after are well. */
export class FaultPlan {
  readonly #planned = new Map<S3Verb, S3Fault[]>();

  /** The next `times` requests of this verb meet this. */
  plan(verb: S3Verb, fault: S3Fault, times = 1): void {
    this.#planned.set(verb, [...(this.#planned.get(verb) ?? []), ...Array<S3Fault>(times).fill(fault)]);
  }

  next(verb: S3Verb): S3Fault | null {
    return this.#planned.get(verb)?.shift() ?? null;
  }

  clear(): void {
    this.#planned.clear();
  }
}
