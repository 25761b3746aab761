/**
 * The workspace on its first day: who works here, which channels there are, and Mainstay installed. Ids are fixed, so two
 * fresh demos are the same workspace; what people and the app create later gets ids from the emulator.
 */
import type { Emulator } from './emulator.ts';
import type { Manifest } from './manifest.ts';
import type { Workspace } from './payloads.ts';

/** Somebody one can act as in the demo. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly title: string;
  /** The token Slack's own client would use for this person. */
  readonly token: string;
}

export const TEAM = { id: 'T0NORTHWIND', name: 'Northwind', domain: 'northwind' } as const;
export const BOT = { appId: 'A0MAINSTAY', botId: 'B0MAINSTAY', userId: 'U0MAINSTAY' } as const;
/** Slack's own account, which tells people what Slack could not do. */
export const SLACKBOT = 'USLACKBOT';

export const PERSONAS: readonly Persona[] = [
  { id: 'U0ALICE', name: 'alice', realName: 'Alice Moreau', title: 'On-call engineer', token: 'xoxp-demo-alice' },
  { id: 'U0BOB', name: 'bob', realName: 'Bob Lindqvist', title: 'Incident commander', token: 'xoxp-demo-bob' },
  {
    id: 'U0CHARLIE',
    name: 'charlie',
    realName: 'Charlie Okafor',
    title: 'Engineering manager',
    token: 'xoxp-demo-charlie',
  },
];

/** A second token of the app, for what Slack itself does in the app's name: triggers, views answered in an ack. */
export const PLATFORM_TOKEN = 'xoxb-demo-platform';

/** Who the app is to Slack, as its payloads name it. */
export const INSTALLATION: Workspace = {
  teamId: TEAM.id,
  teamDomain: TEAM.domain,
  appId: BOT.appId,
  botUserId: BOT.userId,
  verificationToken: 'demo-verification-token',
};

interface ChannelPlan {
  readonly id: string;
  readonly name: string;
  readonly topic: string;
  readonly isPrivate?: boolean;
  readonly members: readonly string[];
}

const everybody = ['U0ALICE', 'U0BOB', 'U0CHARLIE', BOT.userId];

/** The channels of the first day. */
export const CHANNELS: readonly ChannelPlan[] = [
  { id: 'C0GENERAL', name: 'general', topic: 'Company-wide announcements', members: everybody },
  { id: 'C0INCIDENTS', name: 'incidents', topic: 'Every open incident is announced here', members: everybody },
  { id: 'C0OPS', name: 'ops', topic: 'Maintenance calendar, health checks, backups', members: everybody },
  { id: 'C0PAYMENTS', name: 'team-payments', topic: 'Checkout, cards, payouts', members: everybody },
  {
    id: 'C0MANAGERS',
    name: 'managers',
    topic: 'Summaries of resolved incidents',
    isPrivate: true,
    members: ['U0BOB', 'U0CHARLIE', BOT.userId],
  },
];

const ALL_SCOPES = (
  'chat:write channels:read channels:history channels:join channels:write groups:read groups:history groups:write ' +
  'im:read im:history im:write mpim:read mpim:history mpim:write users:read users:write reactions:read reactions:write ' +
  'pins:read pins:write bookmarks:read bookmarks:write'
).split(' ');

/** What the app needs to know to be this workspace's Mainstay. */
export interface Credentials {
  readonly botToken: string;
  readonly signingSecret: string;
}

/** Fills an empty emulator with the workspace. `now` is in milliseconds. */
export function seedWorkspace(emulator: Emulator, { manifest, now }: { manifest: Manifest; now: number }): void {
  const at = Math.floor(now / 1000);
  emulator.put('teams', [{ team_id: TEAM.id, name: TEAM.name, domain: TEAM.domain }]);
  const handle = manifest.name.toLowerCase();
  emulator.put('bots', [
    {
      bot_id: BOT.botId,
      app_id: BOT.appId,
      user_id: BOT.userId,
      name: handle,
      deleted: false,
      icons: { image_48: '' },
    },
  ]);
  const users = emulator.table('users');
  for (const { id, name, realName, title } of PERSONAS) users.insert(user({ id, name, realName, title }));
  users.insert(
    user({ id: BOT.userId, name: handle, realName: manifest.name, title: manifest.description, isBot: true }),
  );
  users.insert(user({ id: SLACKBOT, name: 'slackbot', realName: 'Slackbot', title: '', isBot: true }));
  for (const plan of CHANNELS) emulator.table('channels').insert(channel(plan, at));
}

/** Issues everybody's tokens anew: the app's have the scopes its manifest asks for now. */
export function issueTokens(
  emulator: Emulator,
  { credentials, manifest }: { credentials: Credentials; manifest: Manifest },
): void {
  const app = { token_type: 'bot', user_id: BOT.userId, app_id: BOT.appId, bot_id: BOT.botId, bot_user_id: BOT.userId };
  emulator.put('tokens', [
    ...PERSONAS.map(({ id, token }) => ({
      token,
      token_type: 'user',
      team_id: TEAM.id,
      user_id: id,
      scopes: [...ALL_SCOPES],
    })),
    { ...app, token: credentials.botToken, team_id: TEAM.id, scopes: [...manifest.scopes] },
    { ...app, token: PLATFORM_TOKEN, team_id: TEAM.id, scopes: [...ALL_SCOPES] },
  ]);
}

function channel({ id, name, topic, isPrivate = false, members }: ChannelPlan, at: number) {
  const described = { value: topic, creator: 'U0CHARLIE', last_set: at };
  return {
    channel_id: id,
    team_id: TEAM.id,
    name,
    is_channel: !isPrivate,
    is_private: isPrivate,
    is_archived: false,
    topic: described,
    purpose: described,
    members,
    creator: 'U0CHARLIE',
    num_members: members.length,
  };
}

function user(o: { id: string; name: string; realName: string; title: string; isBot?: boolean }) {
  const { id, name, realName, title, isBot = false } = o;
  const email = `${name}@northwind.example`;
  const display_name = isBot ? '' : (realName.split(' ')[0] ?? realName);
  return {
    user_id: id,
    team_id: TEAM.id,
    name,
    real_name: realName,
    email,
    is_admin: false,
    is_bot: isBot,
    deleted: false,
    profile: { display_name, real_name: realName, email, title, image_48: '', image_192: '' },
    presence: 'active',
  };
}
