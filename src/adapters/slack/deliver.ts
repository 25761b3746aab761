import { wordsFor } from '../../../blocks/delivery-words.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { TakenPromise } from '../../usecases/delivery-port.ts';
import { DatabaseUnavailable } from '../../usecases/errors.ts';
import type { JobHandler, JobOutcome } from '../../usecases/jobs-port.ts';
import { keepInvite } from './deliveries/invite.ts';
import { keepOpenChannel } from './deliveries/open-channel.ts';
import { keepPost } from './deliveries/post.ts';
import { keepReact } from './deliveries/react.ts';
import { keepRender } from './deliveries/render.ts';
import type { DeliveryTools, Kept } from './deliveries/tools.ts';
import { keepTopic } from './deliveries/topic.ts';
import { whileHeld } from './delivery-client.ts';
import { slackFault } from './fault.ts';

const HOUR = 3_600_000;
const DONE: JobOutcome = { kind: 'done' };

/** Slack refused to answer for so long that what was to be said is history. */
const GIVE_UP_AFTER = 24 * HOUR;
/** A fault of our own is tried again so often in this process; then its lane must go on. */
const MOST_OWN_FAULTS = 5;
/** One word to the operators for one reason in one lane, in this time. */
const TELL_AGAIN_AFTER = HOUR;

/**
 * Keeps the oldest promise of a lane. Whichever job of the lane runs, it is the promises' own order that counts; a promise that
 * Slack refuses for good ends as undeliverable, so that the next one's turn comes.
 */
export function deliverTo(tools: DeliveryTools): JobHandler<'slack'> {
  const { promises, clock, log, pace } = tools;
  const ownFaults = new Map<string, number>();

  const giveUp = async (promise: TakenPromise, reason: string): Promise<JobOutcome> => {
    const at = clock.now();
    const told = await promises.gaveUpSince(promise.lane, reason, new Date(at.getTime() - TELL_AGAIN_AFTER));
    const next = told ? [] : wordToOperators(promise, reason, tools);
    log.warn({ ref: reference(promise), lane: promise.lane, kind: promise.intent.kind }, `undeliverable: ${reason}`);
    await tellCaller(promise.intent, reason, tools);
    await promises.end(promise.id, { status: 'undeliverable', at, error: reason, next });
    return DONE;
  };

  const again = async (promise: TakenPromise, reason: string, options: { untried: boolean; seconds?: number }) => {
    const { untried, seconds = pace.waitSeconds(promise.attempts) } = options;
    await promises.leave(promise.id, reason, untried && promise.triedAt === null);
    return { kind: 'again', seconds, reason } as const;
  };

  const failed = async (promise: TakenPromise, error: unknown): Promise<JobOutcome> => {
    const fault = slackFault(error);
    switch (fault?.kind) {
      case 'rate-limited':
        return again(promise, fault.reason, { untried: true, seconds: fault.seconds });
      case 'refused':
        return giveUp(promise, fault.reason);
      case 'transient':
        if (clock.now().getTime() - promise.promisedAt.getTime() >= GIVE_UP_AFTER) {
          return giveUp(promise, `Slack did not take it for a day. ${fault.reason}`);
        }
        return again(promise, fault.reason, { untried: fault.arrived === 'no' });
      case undefined:
        return ownFault(promise, error);
    }
  };

  const ownFault = async (promise: TakenPromise, err: unknown): Promise<JobOutcome> => {
    const ref = reference(promise);
    const faults = (ownFaults.get(promise.id) ?? 0) + 1;
    log.error({ err, ref, lane: promise.lane, kind: promise.intent.kind }, 'a delivery failed for a fault of our own');
    if (faults < MOST_OWN_FAULTS) {
      const outcome = await again(promise, `Mainstay had a fault; the log has it as ${ref}.`, { untried: false });
      ownFaults.set(promise.id, faults);
      return outcome;
    }
    ownFaults.delete(promise.id);
    return giveUp(promise, `Mainstay had a fault; the log has it as ${ref}.`);
  };

  return ({ lane }, signal) =>
    whileHeld(signal, async () => {
      const promise = await promises.take(lane, clock.now());
      if (promise === null) return DONE;
      try {
        const { next, remark } = await keep(promise, tools);
        if (remark !== null) log.warn({ ref: reference(promise), lane }, `delivered, but not all of it: ${remark}`);
        await tellCaller(promise.intent, null, tools);
        await promises.end(promise.id, { status: 'delivered', at: clock.now(), error: remark, next });
        ownFaults.delete(promise.id);
        return DONE;
      } catch (error) {
        // Somebody else may be at it by now, or nothing can be written down: the job comes back by itself.
        if (signal.aborted || error instanceof DatabaseUnavailable) throw error;
        return await failed(promise, error);
      }
    });
}

function keep(promise: TakenPromise, tools: DeliveryTools): Promise<Kept> {
  const { intent } = promise;
  switch (intent.kind) {
    case 'open-channel':
      return keepOpenChannel({ ...promise, intent }, tools);
    case 'post':
      return keepPost({ ...promise, intent }, tools);
    case 'render':
      return keepRender({ ...promise, intent }, tools);
    case 'topic':
      return keepTopic({ ...promise, intent }, tools);
    case 'invite':
      return keepInvite({ ...promise, intent }, tools);
    case 'react':
    case 'unreact':
      return keepReact({ ...promise, intent }, tools);
  }
}

/** Whoever calls somebody must know whether the message is there. @param reason why it is not; null when it is */
async function tellCaller(intent: Delivery, reason: string | null, { called }: DeliveryTools): Promise<void> {
  if (intent.kind !== 'post' || intent.message.type !== 'page-call') return;
  const { page, attempt } = intent.message;
  await called({ page, attempt, reached: reason === null, detail: reason ?? '' });
}

/** The operators are told of what is undeliverable, and never that they could not be told. */
function wordToOperators(promise: TakenPromise, reason: string, { spec }: DeliveryTools): Delivery[] {
  const { intent } = promise;
  if (intent.kind === 'post' && intent.message.type === 'undeliverable') return [];
  const to = { to: 'channel' as const, channel: spec.current().incident.operatorsChannel };
  const message = { type: 'undeliverable' as const, ...wordsFor(intent), reason, reference: reference(promise) };
  return [{ kind: 'post', to, message }];
}

/** What `/ops queue`, the log and the word to the operators call it. */
function reference(promise: TakenPromise): string {
  return `D-${promise.id}`;
}
