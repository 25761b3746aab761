import { describe, expect, it } from 'vitest';
import { drawing } from '../../demo/show/blocks.ts';

const draw = drawing(() => ({
  users: [{ id: 'U0BOB', name: 'Bob' }],
  channels: [{ id: 'C0OPS', name: 'ops' }],
}));
const text = (mrkdwn: string) => JSON.stringify(draw.text(mrkdwn));
const section = (mrkdwn: string) => ({ type: 'section', text: { type: 'mrkdwn', text: mrkdwn } });

describe('drawing for the page', () => {
  it('lets no text become an element', () => {
    for (const hostile of [
      '<script>x()</script>',
      '<img src=x onerror=x()>',
      '&lt;script&gt;',
      '<javascript:x()|click>',
    ]) {
      expect(text(hostile)).not.toMatch(/<script|<img|href=\\"javascript:(?!throw)/i);
    }
    const [header] = draw.blocks([{ type: 'header', text: { type: 'plain_text', text: '<b onclick=x()>hi</b>' } }]);
    expect(JSON.stringify(header)).not.toContain('<b ');
  });

  it('names people and channels, by the id alone or with a label', () => {
    expect(text('<@U0BOB> in <#C0OPS>')).toMatch(/@Bob.*#ops/);
    expect(text('<@U0BOB|old name> in <#C0GONE|gone>')).toMatch(/@Bob.*#gone/);
  });

  it('shows a picture that the app has put into Slack, with its words for who does not see it', () => {
    const [image] = draw.blocks([
      { type: 'image', slack_file: { id: 'F0CHART' }, alt_text: 'Chart of a week' } as never,
    ]);
    expect(JSON.stringify(image)).toContain('src=\\"/pictures/F0CHART\\"');
    expect(JSON.stringify(image)).toContain('alt=\\"Chart of a week\\"');
  });

  it('leaves the wording of moments to the reader', () => {
    expect(text('<!date^1795252263^{date_short_pretty} at {time}|soon>')).toContain('data-at=\\"1795252263\\"');
  });

  it('drops the line breaks beside the fences of code', () => {
    expect(text('```\nerror\n```\nthen')).toMatch(/>error\\n<\/code>/);
  });

  it('gives what can be acted on as data, with the ids the payloads use', () => {
    const button = { type: 'button', text: { type: 'plain_text', text: ':pushpin: Pin' } };
    const [plain, actions, withAccessory] = draw.blocks([
      section('hello'),
      { type: 'actions', elements: [button] },
      { ...section('more'), block_id: 'menu', accessory: { ...button, action_id: 'go' } },
    ]);
    expect(plain).toMatchObject({ kind: 'html' });
    expect(actions).toMatchObject({ kind: 'actions', blockId: 'b1', elements: [{ action_id: 'b1-a0' }] });
    expect(actions).toMatchObject({ elements: [{ text: { html: expect.stringContaining('📌') } }] });
    expect(withAccessory).toMatchObject({ kind: 'section', blockId: 'menu', accessory: { action_id: 'go' } });
  });

  it('says so where it cannot draw a block, and draws the rest', () => {
    const drawn = draw.blocks([
      { type: 'data_table', rows: [] },
      { type: 'table', rows: [[{ type: 'raw_number', value: 3 }]] },
      section('still here'),
    ]);
    expect(drawn.map((piece) => (piece.kind === 'html' ? piece.html : piece.kind))).toEqual([
      expect.stringContaining('cannot draw this “data_table” block'),
      expect.stringContaining('cannot draw this “table” block'),
      expect.stringContaining('still here'),
    ]);
  });
});
