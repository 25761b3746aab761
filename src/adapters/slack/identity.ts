import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from '../../usecases/log.ts';
import { SlackStartError } from './start-error.ts';
import { impatientClient } from './web-client.ts';

/** Who the bot is in its workspace. */
export interface BotIdentity {
  readonly botId: string;
  readonly userId: string;
  readonly teamId: string;
  /** The workspace's address, such as https://acme.slack.com/. */
  readonly url: string;
}

/**
 * Asks Slack who the token belongs to and holds its scopes against those needed. @throws SlackStartError in one sentence
 * when the token is refused, a scope is missing, or Slack cannot be reached.
 */
export async function identify(client: WebClient, needed: readonly string[], log: Logger): Promise<BotIdentity> {
  const answer = await askWho(client);
  const granted = answer.response_metadata?.scopes;
  // The header is Slack's own habit; a stand-in for Slack need not have it.
  if (granted === undefined) log.warn({}, 'Slack did not say which scopes the token has; they were not checked');
  const missing = granted === undefined ? [] : needed.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    throw new SlackStartError(
      'scopes',
      `SLACK_BOT_TOKEN lacks ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}. ` +
        'Put manifest.yml into the app at https://api.slack.com/apps, then reinstall it to the workspace.',
    );
  }
  const { bot_id: botId, user_id: userId, team_id: teamId, url = '' } = answer;
  if (!botId || !userId || !teamId) {
    throw new SlackStartError(
      'token',
      'SLACK_BOT_TOKEN is not a bot token. Use the "Bot User OAuth Token" (xoxb-...) from "OAuth & Permissions".',
    );
  }
  return { botId, userId, teamId, url };
}

/** The same for a token alone, as `doctor` has it. @throws SlackStartError */
export function identifyToken(
  botToken: string,
  apiUrl: string,
  needed: readonly string[],
  log: Logger,
): Promise<BotIdentity> {
  return identify(impatientClient(botToken, { apiUrl, log }), needed, log);
}

async function askWho(client: WebClient) {
  try {
    return await client.auth.test();
  } catch (error) {
    if (error instanceof WebAPIPlatformError) {
      throw new SlackStartError(
        'token',
        `Slack refused SLACK_BOT_TOKEN (${error.data.error}). ` +
          'Copy the "Bot User OAuth Token" (xoxb-...) from "OAuth & Permissions" of the app.',
        error,
      );
    }
    throw new SlackStartError(
      'unreachable',
      `Slack could not be reached at ${client.slackApiUrl}: ${error instanceof Error ? error.message : String(error)}.`,
      error,
    );
  }
}
