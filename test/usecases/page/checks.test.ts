import { afterEach, describe, expect, it } from 'vitest';
import { muteCheck } from '../../../src/usecases/health/mute.ts';
import { endPagesOfChecks } from '../../../src/usecases/page/for-checks.ts';
import { aCheck, MINUTE } from '../../support/check-story.ts';
import { alice } from '../../support/incident-spec.ts';
import { pagingSpec } from '../../support/page-story.ts';
import { type HealthHarness, healthHarness, person } from '../health/health-harness.ts';

let health: HealthHarness;
afterEach(() => health.close());

/** Two checks that wake somebody and one that does not, all of which fail from the first look on. */
async function failing() {
  const checks = [
    aCheck({ key: 'checkout', title: 'Checkout answers', severity: 'SEV1' }),
    aCheck({ key: 'cart', title: 'The cart answers', severity: 'SEV1' }),
    aCheck({ key: 'colours', title: 'Colours are right', severity: 'SEV3' }),
  ];
  health = await healthHarness(...checks);
  const { teams, contacts, severities } = pagingSpec();
  health.rules.spec = { ...health.rules.spec, teams, contacts, severities };
  for (const { key } of checks) health.answers.set(key, 'failing');
  await health.start('one');
  health.later(MINUTE);
  for (const { key } of checks) await health.becomes(key, 'failing');
  return health;
}

const open = () => health.deps.store.pages(['calling', 'exhausted', 'acknowledged'], 10);

describe('checks that begin to fail together', () => {
  it('wake the team once, and nobody any more when they answer again', async () => {
    const { deps, answers } = await failing();
    const [page, ...others] = await open();
    expect(others).toEqual([]);
    expect(page).toMatchObject({ team: 'platform', urgency: 'SEV1', subject: { of: 'checks', group: 1 } });
    expect(page?.calls).toHaveLength(1);
    answers.set('checkout', 'ok');
    health.later(MINUTE);
    await health.becomes('checkout', 'ok');
    expect(await endPagesOfChecks(deps)).toEqual([]);
    answers.set('cart', 'ok');
    answers.set('colours', 'ok');
    health.later(MINUTE);
    await health.becomes('cart', 'ok');
    await health.becomes('colours', 'ok');
    expect(await endPagesOfChecks(deps)).toEqual(['PAGE-1']);
    expect(await deps.store.page(1)).toMatchObject({ resolved: { why: 'checks-recovered' } });
    // It fails again, in a message of its own: that is another page.
    answers.set('cart', 'failing');
    health.later(5 * MINUTE);
    await health.becomes('cart', 'failing');
    expect((await open()).map(({ number, title }) => [number, title])).toEqual([[2, 'The cart answers fails']]);
  });

  it('wake nobody while they are muted, and again when that ends', async () => {
    const { deps } = await failing();
    const until = new Date(health.now().getTime() + 60 * MINUTE);
    for (const key of ['checkout', 'cart', 'colours']) {
      await muteCheck(deps, person(alice), { key, until, reason: 'Known' });
    }
    expect(await endPagesOfChecks(deps)).toEqual(['PAGE-1']);
    expect(await deps.store.page(1)).toMatchObject({ resolved: { why: 'checks-quiet' } });
  });
});
