import type { Action } from '../action-port.ts';
import { composeDigest } from './compose.ts';
import type { DigestDeps } from './deps.ts';
import { sendDigests } from './send.ts';

/** A duty that posts a team's digest, beside the one of the day. */
export function digestPost(deps: DigestDeps): Action<'digest.post'> {
  return async ({ team }, _target, { mode }) => {
    const name = deps.spec.current().teams[team]?.name ?? team;
    const summary = `The digest of ${name}`;
    if (mode === 'preview') return { outcome: 'succeeded', summary: `${summary} would be posted`, output: '' };
    await sendDigests(deps, { digests: [await composeDigest(deps, team)], rollups: [] });
    return { outcome: 'succeeded', summary: `${summary} is posted`, output: '' };
  };
}
