import { expect, it } from 'vitest';
import { entryWords } from '../../../src/domain/postmortem/entry-words.ts';
import { alice, bob } from '../../support/incident-spec.ts';

const ownerLine = (from: string | null, to: string, by: string) =>
  entryWords({ kind: 'incident.owner_set', from, to }, { kind: 'slack', user: by })
    .map((part) => ('user' in part ? `@${part.user}` : 'text' in part ? part.text : ''))
    .join('');

it.each([
  [null, bob, alice, `Owner @${bob}, named by @${alice}`],
  [bob, alice, bob, `Owner @${bob} → @${alice}, named by @${bob}`],
  [null, alice, alice, `Owner @${alice}`],
  [bob, alice, alice, `Owner @${bob} → @${alice}`],
])('an owner after %s is %s, set by %s', (from, to, by, line) => {
  expect(ownerLine(from, to, by)).toBe(line);
});
