import type { HomeView, ModalView } from '@slack/types';
import type { Logger } from '../src/usecases/log.ts';
import type { Clock, Directory, SpecSource } from '../src/usecases/ports.ts';
import type { Verbs } from './verbs.ts';

/** Shows modals and App Home while a person waits. Each throws ViewNotShown with Slack's reason. */
export interface Views {
  open(triggerId: string, view: ModalView): Promise<void>;
  update(viewId: string, view: ModalView): Promise<void>;
  publish(user: string, view: HomeView): Promise<void>;
}

/** What the handlers work with. */
export interface EdgeDeps {
  readonly log: Logger;
  readonly clock: Clock;
  readonly spec: SpecSource;
  readonly directory: Directory;
  readonly views: Views;
  readonly verbs: Verbs;
}
