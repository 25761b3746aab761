import type { App, BlockAction } from '@slack/bolt';
import { receiveActions } from './receive/action.ts';
import { receiveCommands } from './receive/command.ts';
import type { Reception } from './receive/context.ts';
import { receiveEvents } from './receive/event.ts';
import { receiveShortcuts } from './receive/shortcut.ts';
import { receiveSubmissions } from './receive/submission.ts';

const ANYTHING = /.*/;

/**
 * One listener for each kind of payload, whatever its name: Bolt asks every listener about every request, so that a listener for
 * each command would make each command dearer.
 */
export function route(app: App, reception: Reception): void {
  app.command(ANYTHING, receiveCommands(reception));
  app.action<BlockAction>({ type: 'block_actions', action_id: ANYTHING }, receiveActions(reception));
  app.view(ANYTHING, receiveSubmissions(reception));
  app.view({ type: 'view_closed', callback_id: ANYTHING }, ({ ack }) => ack());
  app.shortcut(ANYTHING, receiveShortcuts(reception));
  app.options(ANYTHING, ({ ack }) => ack({ options: [] }));
  app.event(ANYTHING, receiveEvents(reception));
}
