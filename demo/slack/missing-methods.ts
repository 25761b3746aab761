/**
 * The Web API methods the app calls and `emulate` does not have: `usergroups.list`, `usergroups.users.list` and
 * `users.conversations`. They are our own reading of Slack's reference, so they prove less than the emulator's answers do.
 */
import type { ApiAnswer, Emulator } from './emulator.ts';
import type { ChannelRow } from './records.ts';

/** A user group; `handle` is what follows the `@`. */
export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
}

type Args = Readonly<Record<string, unknown>>;

/** Answers one of the missing methods as the user `asker`; undefined for every other method. Paging is not done: all comes at once. */
export function missingMethod(
  o: { emulator: Emulator; userGroups: readonly UserGroup[]; asker: string },
  method: string,
  args: Args,
): ApiAnswer | undefined {
  const { emulator, userGroups, asker } = o;
  switch (method) {
    case 'usergroups.list': {
      const withUsers = isTrue(args['include_users']);
      const usergroups = userGroups.map(({ users, ...group }) => ({
        ...group,
        is_usergroup: true,
        date_delete: 0,
        user_count: users.length,
        ...(withUsers ? { users } : {}),
      }));
      return { ok: true, usergroups };
    }
    case 'usergroups.users.list': {
      const group = userGroups.find(({ id }) => id === args['usergroup']);
      return group ? { ok: true, users: group.users } : { ok: false, error: 'no_such_subteam' };
    }
    case 'users.conversations': {
      const types = String(args['types'] ?? 'public_channel').split(',');
      const of = String(args['user'] ?? asker);
      const channels = emulator
        .table('channels')
        .all()
        .filter((row) => row.members.includes(of) && types.includes(typeOf(row)))
        .filter((row) => !(isTrue(args['exclude_archived']) && row.is_archived))
        .map((row) => ({
          id: row.channel_id,
          name: row.name,
          is_private: row.is_private,
          is_archived: row.is_archived,
        }));
      return { ok: true, channels, response_metadata: { next_cursor: '' } };
    }
    default:
      return undefined;
  }
}

function typeOf(row: ChannelRow): string {
  if (row.is_im) return 'im';
  if (row.is_mpim) return 'mpim';
  return row.is_private ? 'private_channel' : 'public_channel';
}

const isTrue = (value: unknown): boolean => value === true || value === 'true' || value === '1';
