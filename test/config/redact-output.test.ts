import { expect, it } from 'vitest';
import { redactOutput } from '../../src/app/redact-output.ts';
import { aDuty, CHANGE, specWith } from '../support/duty-spec.ts';

it('an output holds no value of four characters or more that a command was given, longest first', () => {
  const spec = specWith(aDuty({ run: { ...CHANGE, environment: ['PIN', 'PIN_LONG', 'TINY', 'UNSET'] } }));
  const environment = { PIN: '4711', PIN_LONG: '4711-extra', TINY: 'abc', OTHER: 'not passed' };
  const text = '4711 4711-extra abc not passed hunter2';
  expect(redactOutput(text, ['hunter2'], spec, environment)).toBe('[secret] [secret] abc not passed [secret]');
});
