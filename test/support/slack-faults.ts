/** Slack misbehaving on purpose: what the next calls of a method meet, or every call while Slack is down. */

interface Delivery {
  /** The call takes effect in Slack, and only its answer is lost: the case in which a retry would do it twice. */
  readonly delivered?: boolean;
}

/** How a call fails. `rateLimited` is Retry-After in seconds; `hang` never answers until the caller gives up. */
export type Fault =
  | { readonly rateLimited: number }
  | { readonly error: string }
  | ({ readonly status: number } & Delivery)
  | ({ readonly hang: true } & Delivery)
  | ({ readonly reset: true } & Delivery);

type Args = Readonly<Record<string, unknown>>;

export interface FaultPlan {
  /** The next `times` calls of `method` (`*`: of any) whose arguments pass `where` meet the fault. */
  next(method: string, fault: Fault, o?: { times?: number; where?: (args: Args) => boolean }): void;
  /**
   * Every call meets the fault until `recover`; without one, connections are reset. With `from` it begins at the from-th call
   * from now on, counted from 1.
   */
  outage(fault?: Fault, o?: { from?: number }): void;
  recover(): void;
  /** The faults planned with `next` that no call has met, as sentences. */
  unmet(): string[];
}

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  readonly where: (args: Args) => boolean;
  left: number;
}

/** A plan without faults, and `take`, which says what one call meets. */
export function faultPlan(): FaultPlan & { take(method: string, args: Args): Fault | undefined } {
  const planned: Planned[] = [];
  let down: { readonly fault: Fault; spared: number } | undefined;
  return {
    next(method, fault, { times = 1, where = () => true } = {}) {
      planned.push({ method, fault, where, left: times });
    },
    outage(fault = { reset: true }, { from = 1 } = {}) {
      down = { fault, spared: from - 1 };
    },
    recover() {
      down = undefined;
    },
    unmet: () =>
      planned
        .filter(({ left }) => left > 0)
        .map(({ method, fault, left }) => `${left} of ${method} were to meet ${JSON.stringify(fault)} and no call did`),
    take(method, args) {
      if (down?.spared === 0) return down.fault;
      if (down) down.spared -= 1;
      const meets = planned.find(
        (one) => one.left > 0 && (one.method === '*' || one.method === method) && one.where(args),
      );
      if (meets) meets.left -= 1;
      return meets?.fault;
    },
  };
}
