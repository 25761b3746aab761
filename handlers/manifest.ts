import type { Registry } from './registry.ts';

/**
 * What the bot may do in a workspace, each for something it does; a test holds this list against the Web API methods that are
 * called and the events that are listened to, both ways.
 */
export const BOT_SCOPES: readonly string[] = [
  'bookmarks:read',
  'bookmarks:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:write',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'usergroups:read',
  'users:read',
];

/**
 * The app's manifest as Slack takes it. `manifest.yml` is this, written for people: Socket Mode, so no address of ours is in it.
 */
export function manifestOf(registry: Pick<Registry, 'commands' | 'shortcuts' | 'events'>) {
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: 'Mainstay',
      description:
        'Runs operations: incidents from the first alarm to the post-mortem, and an operations spec that executes.',
      background_color: '#1f3a34',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Mainstay', always_online: true },
      slash_commands: registry.commands.map(({ name, description, usageHint, shouldEscape }) => ({
        command: name,
        description,
        usage_hint: usageHint,
        should_escape: shouldEscape,
      })),
      shortcuts: registry.shortcuts.map(({ name, type, id, description }) => ({
        name,
        type,
        callback_id: id,
        description,
      })),
    },
    oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      event_subscriptions: { bot_events: registry.events.map(({ type }) => type) },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  };
}
