/** What Slack sends when somebody types into an external select: `block_suggestion`. */
import type { ActionPlace, Person, Workspace } from './payloads.ts';

/** `value` is what was typed so far. Source: docs.slack.dev/reference/interaction-payloads/block_suggestion-payload. */
export function blockSuggestion(
  workspace: Workspace,
  o: { person: Person; at: ActionPlace; blockId: string; actionId: string; value: string },
): Record<string, unknown> {
  const place =
    'view' in o.at
      ? { container: { type: 'view', view_id: o.at.view.id }, view: o.at.view }
      : {
          container: {
            type: 'message',
            message_ts: o.at.message.ts,
            channel_id: o.at.channel.id,
            is_ephemeral: o.at.ephemeral === true,
          },
          channel: { id: o.at.channel.id, name: o.at.channel.name },
          message: o.at.message,
        };
  return {
    type: 'block_suggestion',
    team: { id: workspace.teamId, domain: workspace.teamDomain },
    enterprise: null,
    user: { id: o.person.id, username: o.person.name, name: o.person.name, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    token: workspace.verificationToken,
    ...place,
    block_id: o.blockId,
    action_id: o.actionId,
    value: o.value,
  };
}
