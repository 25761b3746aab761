import type { HomeView, ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { ViewNotShown } from '../../usecases/slack-errors.ts';

/** Shows modals and the App Home while a person waits. @throws ViewNotShown with Slack's word for why not. */
export function createViews(client: WebClient) {
  return {
    /** Opens a modal; the trigger lives 3 s and works once. */
    open: (trigger: string, view: ModalView) => shown(client.views.open({ trigger_id: trigger, view })),
    /** Replaces a modal that is open. */
    update: (viewId: string, view: ModalView) => shown(client.views.update({ view_id: viewId, view })),
    /** Replaces a person's App Home. */
    publish: (user: string, view: HomeView) => shown(client.views.publish({ user_id: user, view })),
  };
}

async function shown(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const reason = error instanceof WebAPIPlatformError ? error.data.error : 'no_answer';
    throw new ViewNotShown(reason, error);
  }
}
