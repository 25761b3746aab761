import { describe, expect, it } from 'vitest';
import { encodeCommandText, encodeMessage } from '../../demo/slack/typed-text.ts';

const directory = {
  users: [
    { id: 'U0ALICE', name: 'alice' },
    { id: 'U0BOB', name: 'bob' },
  ],
  channels: [{ id: 'C0OPS', name: 'ops' }],
};

describe('what a person types', () => {
  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<@U0BOB>', '&lt;@U0BOB&gt;'],
    ['@bob, look', '<@U0BOB>, look'],
    ['@Bob look', '<@U0BOB> look'],
    ['mail bob@bob.example', 'mail bob@bob.example'],
    ['@nobody', '@nobody'],
    ['@here help', '<!here> help'],
    ['see #ops', 'see <#C0OPS|ops>'],
    ['#nowhere', '#nowhere'],
    ['see https://a.example/x?y=1&z=2 now', 'see <https://a.example/x?y=1&amp;z=2> now'],
    ['`@bob` is code', '`@bob` is code'],
  ])('is stored as Slack stores it: %s', (typed, stored) => {
    expect(encodeMessage(typed, directory)).toBe(stored);
  });

  it.each([
    ['INC-1 @bob', 'INC-1 <@U0BOB|bob>'],
    ['#ops', '<#C0OPS|ops>'],
    ['https://a.example', '<https://a.example>'],
    ['@here', '@here'],
  ])('after a command that asks for ids: %s', (typed, sent) => {
    expect(encodeCommandText(typed, directory, { escapes: true })).toBe(sent);
  });

  it('stays as typed after any other command, but for the three signs Slack always escapes', () => {
    expect(encodeCommandText('@bob & #ops https://a.example', directory, { escapes: false })).toBe(
      '@bob &amp; #ops https://a.example',
    );
  });
});
