import type { CodedError } from '@slack/bolt';
import { DatabaseUnavailable } from '../src/usecases/errors.ts';
import type { Logger } from '../src/usecases/log.ts';
import { SlackUnanswered, ViewNotShown } from '../src/usecases/slack-errors.ts';
import type { Outage } from './outage.ts';

/** What was received when something failed, for the log. */
export interface Received {
  readonly kind: 'command' | 'action' | 'submission' | 'shortcut' | 'event';
  /** Name of the command, id of the action, type of the event. */
  readonly name: string;
  readonly key: string;
}

export type Explain = (error: unknown, received: Received) => string;

/**
 * Turns what was thrown into a sentence for the person: a known fault into what to do about it, any other into a reference that
 * the log line has too. Never a stack.
 */
export function explainer(log: Logger, outage: Outage): Explain {
  return (error, received) => {
    const ref = newReference();
    const fields = { err: error, ref, req: received.key, kind: received.kind, name: received.name };
    if (error instanceof DatabaseUnavailable) {
      log.warn(fields, 'a request of Slack met a database that is away');
      outage.met();
      return (
        "Mainstay's own database does not answer, so this may not have been recorded. The operators know. " +
        `Look before you try again in a minute; reference ${ref}.`
      );
    }
    if (error instanceof ViewNotShown) {
      log.warn(fields, 'Slack did not show a view');
      return error.reason === 'expired_trigger_id'
        ? 'That took too long for Slack to still open the form. Nothing was done; please try again.'
        : `Slack did not open the form (${error.reason}). Nothing was done; please try again.`;
    }
    if (error instanceof SlackUnanswered) {
      log.warn(fields, 'Slack did not say what a request needed');
      return `Slack did not tell Mainstay what it needs to know for this. ${error.reason} Nothing was done; please try again.`;
    }
    log.error(fields, 'a request of Slack failed');
    return `Something failed, reference ${ref}. It may not have been done: look before you try again, and give the reference to your operators.`;
  };
}

/** Where errors end that no reply can carry: logged, and given back so that Slack delivers an event again. */
export function lastResort(explain: Explain) {
  return async ({ error, body }: { error: CodedError; body: object }): Promise<void> => {
    const thrown = 'original' in error && error.original !== undefined ? error.original : error;
    explain(thrown, receivedOf(body));
    if ('event' in body) throw thrown;
  };
}

function receivedOf(body: object): Received {
  if ('event' in body) {
    const { event, event_id: id } = body as { event: { type: string }; event_id?: string };
    return { kind: 'event', name: event.type, key: `event:${id}` };
  }
  const { command, type, trigger_id: trigger } = body as { command?: string; type?: string; trigger_id?: string };
  return { kind: command === undefined ? 'action' : 'command', name: command ?? String(type), key: String(trigger) };
}

/** Short enough to read out, and unlikely enough to be found once in a log: 8 hex digits. */
function newReference(): string {
  return crypto.randomUUID().slice(0, 8);
}
