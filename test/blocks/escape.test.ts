import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bold, link, mrkdwn, mrkdwnLine, plain, plainLine, privateMrkdwn } from '../../blocks/escape.ts';

describe("a person's words in Slack's markup", () => {
  it.each([
    ['<script>alert("x")</script> & co', '&lt;script&gt;alert("x")&lt;/script&gt; &amp; co'],
    ['ask <@U0BOB> or <@U0BOB|bob>', 'ask <@U0BOB> or <@U0BOB|bob>'],
    ['see <#C0OPS|ops>', 'see <#C0OPS|ops>'],
    ['<https://example.com/?a=1&b=2>', '<https://example.com/?a=1&amp;b=2>'],
    ['<http://example.com|example.com>', '<http://example.com|example.com>'],
    ['<https://evil.example/a?b&c|your bank>', 'your bank (<https://evil.example/a?b&amp;c>)'],
    ['<javascript:alert(1)|click>', '&lt;javascript:alert(1)|click&gt;'],
    ['<!channel> <!here> <!everyone>', '@channel @here @everyone'],
    ['<!subteam^S0DBA|@dba> and <!subteam^S0DBA>', '@dba and @S0DBA'],
  ])('%s', (text, shown) => {
    expect(mrkdwn(text)).toBe(shown);
  });

  it('name a user group to one person alone, and never everybody', () => {
    expect(privateMrkdwn('<!subteam^S0DBA> & <!channel> <@U0BOB> <b>')).toBe(
      '<!subteam^S0DBA> &amp; @channel <@U0BOB> &lt;b&gt;',
    );
  });

  it('can be linked by us, whatever is in the address', () => {
    expect(link('https://a.example/?q=<x>|y z', 'Runbook <1>')).toBe(
      '<https://a.example/?q=%3Cx%3E%7Cy%20z|Runbook &lt;1&gt;>',
    );
  });

  it('are words only in a plain-text element', () => {
    expect(plain('<@U0BOB|bob> & <https://example.com|graph> in <#C0OPS|ops> <b> <!channel>')).toBe(
      '@bob & graph in #ops <b> @channel',
    );
  });

  it('stay on one line where only one is wanted', () => {
    expect([mrkdwnLine(' a\n\n b\t<c> '), plainLine(' a\n\n b\t<c> ')]).toEqual(['a b &lt;c&gt;', 'a b <c>']);
  });

  it.each([
    ['Checkout is *down*', '*Checkout is ∗down∗*'],
    ['`rm -rf` ran ~twice~', '*ˋrm -rfˋ ran ∼twice∼*'],
    ['_all_ of snake_case, __init__ and 5~6', '*ˍallˍ of snake_case, ˍˍinitˍˍ and 5~6*'],
    ['<https://a.example/x_*y*|the *page*> of <@U0BOB>', '*the ∗page∗ (<https://a.example/x_*y*>) of <@U0BOB>*'],
    ['two\n lines & <b>', '*two lines &amp; &lt;b&gt;*'],
  ])('are bold from end to end, whatever marks are in them: %s', (text, shown) => {
    expect(bold(text)).toBe(shown);
  });

  it('never end the bold they stand in, nor begin anything else', () => {
    const typed = fc
      .array(fc.constantFrom('*', '_', '~', '`', 'a', 'é', ' ', '<@U0BOB>', '&', '\n'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const inside = bold(text, limit).slice(1, -1);
        expect(inside.length).toBeLessThanOrEqual(limit);
        expect(inside).not.toMatch(/[*`]/);
        expect(inside).not.toMatch(/(?<![\p{L}\p{N}])[_~]|[_~](?![\p{L}\p{N}])/u);
      }),
    );
  });

  it('are cut with a visible mark, never inside an escape, a mention or an emoji', () => {
    expect(mrkdwn('a&&&&', 12)).toBe('a&amp;&amp;…');
    expect(mrkdwn('ab <@U0BOB>', 10)).toBe('ab …');
    expect(plain('abc😀😀', 6)).toBe('abc😀…');
    expect(plain('abcdef', 6)).toBe('abcdef');
  });

  it('never grow past the limit and never call a channel, whatever was typed', () => {
    const typed = fc
      .array(
        fc.constantFrom('<', '>', '!', '|', 'channel', '@U0BOB', '&', 'https://x.y', '#C1', 'subteam^S1', '😀', ' '),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(typed, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        expect(mrkdwn(text, limit).length).toBeLessThanOrEqual(limit);
        expect(plain(text, limit).length).toBeLessThanOrEqual(limit);
        expect(mrkdwn(text)).not.toMatch(/<!/);
        expect(mrkdwn(text).replaceAll(/<(?:@U|#C|https:)[^<>]*>/g, '')).not.toMatch(/[<>]/);
      }),
    );
  });
});
