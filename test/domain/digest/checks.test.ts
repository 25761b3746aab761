import { describe, expect, it } from 'vitest';
import { checksGlance } from '../../../blocks/checks-glance.ts';
import type { CheckStatus } from '../../../src/domain/health/state.ts';
import { viewsOf } from '../../../src/domain/health/view.ts';
import { aCheck, CheckStory, specWithChecks } from '../../support/check-story.ts';
import { digestOf } from '../../support/digest-facts.ts';

const keys = ['a', 'b', 'c', 'gone'];
const story = new CheckStory(
  ...keys.map((key) => aCheck({ key, title: `Check ${key}`, severity: key === 'b' ? 'SEV1' : 'SEV3' })),
);
const spec = {
  ...specWithChecks(...story.spec.checks, { ...aCheck({ key: 'absent', title: 'Absent' }), target: 'db' }),
  targets: { checkout: { kind: 'host', url: 'a:1' }, db: { kind: 'host', notConnected: 'It is not here.' } },
} as const;
story.answers({ a: 'failing', b: 'failing', c: 'ok' });
const status = (key: string): CheckStatus => story.state(key).status;
const views = viewsOf(
  { checks: [...spec.checks], targets: { ...spec.targets } },
  keys.map((key) => ({ key, state: story.state(key), pulse: story.pulse(key) })),
);

describe('what a team is told of its checks in the morning', () => {
  it('is what fails, the severest first', () => {
    expect(keys.map(status)).toEqual(['failing', 'failing', 'ok', 'unknown']);
    const [section] = digestOf({ checks: views }, ['checks']).sections;
    expect(section).toMatchObject({ sum: '2 failing', more: '/health' });
    expect(section?.lines.map(({ mark, title, said }) => [mark, title, said])).toEqual([
      ['SEV1', 'Check b', 'failing, since'],
      ['SEV3', 'Check a', 'failing, since'],
    ]);
  });

  it('is half a line when all is well', () => {
    const digest = digestOf({ checks: views.filter(({ check }) => check.key === 'c') }, ['checks']);
    expect(digest.sections).toEqual([]);
    expect(digest.green).toEqual(['1 check well']);
  });
});

describe('App Home', () => {
  it('shows what is not well with a button, and counts the rest', () => {
    const text = JSON.stringify(checksGlance(views));
    expect(text).toMatch(/Check b.*Check a.*Check gone/);
    expect(text).toContain('1 of 4 well  ·  1 not connected');
    expect(checksGlance([])).toEqual([]);
  });
});
