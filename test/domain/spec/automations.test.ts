import { expect, it } from 'vitest';
import { newAutomations } from '../../../src/domain/spec/automations.ts';
import { Secret } from '../../../src/domain/spec/secret.ts';
import { aDuty, CHANGE, specWith } from '../../support/duty-spec.ts';

it.each([
  [{ url: '/srv/production' }, 'at repository /srv/production'],
  [{ url: new Secret('REPO_URL', '/srv/hidden') }, 'at repository env:REPO_URL'],
  [{ role: 'admin' }, 'at repository /srv/scripts, as role admin'],
])('what is carried out elsewhere now is new, and says where: %j', (place, words) => {
  const before = specWith(aDuty({ run: CHANGE }));
  const scripts = { kind: 'repository' as const, title: 'Scripts', url: '/srv/scripts', ...place };
  const after = { ...before, targets: { ...before.targets, scripts } };
  const { fresh, kept } = newAutomations(before, after);
  expect(fresh).toEqual([{ title: 'Backup verification', words: expect.stringContaining(words) }]);
  expect(JSON.stringify(fresh)).not.toContain('hidden');
  expect(kept).toEqual([]);
  expect(newAutomations(after, after).kept).toEqual(['Backup verification']);
});
