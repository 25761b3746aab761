import { expect, it } from 'vitest';
import { inWords } from '../../../src/domain/text/slack-text.ts';

it.each([
  ['<@U0BOB|bob> cannot log in', '@bob cannot log in'],
  ['<@U0BOB> in <#C0OPS|ops>', '@U0BOB in #ops'],
  ['see <https://example.com/graph|the graph> or <https://example.com>', 'see the graph or https://example.com'],
  ['<!channel> and <!subteam^S0DBA|@dba>', '@channel and @dba'],
  ['2 < 3 & 3 > 2', '2 < 3 & 3 > 2'],
])('%s is, outside of Slack, %s', (text, words) => {
  expect(inWords(text)).toBe(words);
});
