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
  /** Every call meets the fault until `recover`; without one, connections are reset. */
  outage(fault?: Fault): void;
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
  let down: Fault | undefined;
  return {
    next(method, fault, { times = 1, where = () => true } = {}) {
      planned.push({ method, fault, where, left: times });
    },
    outage(fault = { reset: true }) {
      down = fault;
    },
    recover() {
      down = undefined;
    },
    unmet: () =>
      planned
        .filter(({ left }) => left > 0)
        .map(({ method, fault, left }) => `${left} of ${method} were to meet ${JSON.stringify(fault)} and no call did`),
    take(method, args) {
      if (down) return down;
      const meets = planned.find(
        (one) => one.left > 0 && (one.method === '*' || one.method === method) && one.where(args),
      );
      if (meets) meets.left -= 1;
      return meets?.fault;
    },
  };
}
