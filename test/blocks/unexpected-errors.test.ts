import { expect, test } from 'vitest';
import { captureLog } from '../support/unexpected-errors.ts';
import { refuseViolations, reportViolations, takeViolations } from '../support/violations.ts';

test('an error line nobody announced is a violation', () => {
  const log = captureLog();

  log.stream.write('{"level":50,"msg":"delivery failed"}\n');
  log.stream.write('{"level":"fatal","msg":"no database"}\n');

  expect(takeViolations()).toEqual([
    'An unexpected error was logged: {"level":50,"msg":"delivery failed"}',
    'An unexpected error was logged: {"level":"fatal","msg":"no database"}',
  ]);
});

test('an announced error and every lesser line are only collected', () => {
  const log = captureLog();
  log.expectErrors(/delivery failed/);

  log.stream.write('{"level":30,"msg":"started"}\n{"level":50,"msg":"delivery failed"}\n');

  expect(takeViolations()).toEqual([]);
  expect(log.lines.map(({ msg }) => msg)).toEqual(['started', 'delivery failed']);
  expect(log.errors().map(({ msg }) => msg)).toEqual(['delivery failed']);
});

test('a violation ends the test once, in the words it was noted with', () => {
  reportViolations(['chat.update: lacks "ts"']);

  expect(refuseViolations).toThrow('- chat.update: lacks "ts"');
  expect(refuseViolations).not.toThrow();
});
