import { describe, expect, it } from 'vitest';
import { writePostmortem } from '../../../src/domain/postmortem/format.ts';
import type { PostmortemJson } from '../../../src/domain/postmortem/json.ts';
import { bob } from '../../support/incident-spec.ts';
import { declare, newStory, storyAt } from '../../support/incident-story.ts';
import { draftOf, wholeStory } from '../../support/postmortem-story.ts';

const draft = draftOf(wholeStory());

describe('in every format', () => {
  it.each(['md', 'html', 'json'] as const)('a %s says the same each time it is drawn', (format) => {
    expect(writePostmortem(draftOf(wholeStory()), format)).toBe(writePostmortem(draft, format));
  });

  it.each(['md', 'html'] as const)('%s marks each gap and cites each fact', (format) => {
    const written = writePostmortem(draft, format);
    expect(written).toContain('TODO:');
    for (const entry of draft.facts.timeline) expect(written).toContain(entry.cite);
    expect(written).toContain('@Alice');
    expect(written).not.toContain(bob);
  });
});

describe('the gaps', () => {
  const gaps = (story = wholeStory()) => (JSON.parse(writePostmortem(draftOf(story), 'json')) as PostmortemJson).gaps;

  it('ask only what no log can know when the log says all it could', () => {
    expect(gaps()).toEqual([
      'What kind of incident was it? Nobody said.',
      'Updates were overdue; somebody was reminded once. Why?',
      'The timeline has entries from before it was declared. When did the impact begin?',
      'Who was affected, and how? Give numbers.',
      'What caused it, and what allowed that to happen? Keep asking why.',
      'What helped: detection, tools, decisions, luck?',
      'Which actions follow, who owns each, and by when?',
    ]);
  });

  it('ask for what nobody wrote down', () => {
    const story = newStory();
    declare(story);
    expect(gaps(story).slice(0, 6)).toEqual([
      'It is not resolved yet; this draft ends where the log ends.',
      'No severity was ever set. Which was it?',
      'Which service was affected? Nobody said.',
      'What kind of incident was it? Nobody said.',
      'Nobody owned it while it was open. Who took care of it, and when?',
      'When did mitigation begin, and what was it? The log does not say.',
    ]);
    expect(gaps(storyAt('resolved'))).toContain('No status update was posted. How were people told?');
  });
});

describe('Markdown', () => {
  const written = writePostmortem(draft, 'md');

  it('has the severity history with its minutes, each with its place in the log', () => {
    expect(written).toContain(
      '| **SEV3** | 2026-11-21 14:00 UTC (`INC-1#2`) | 2026-11-21 14:04 UTC (`INC-1#3`) | 4 | @Alice |',
    );
    expect(written).toContain('In all: SEV1 66 min, SEV3 4 min.');
  });

  it('has the times to acknowledge, mitigate and resolve', () => {
    expect(written).toContain('| Acknowledged (first owner) | 6 min | 2026-11-21 14:06 UTC (`INC-1#4`) |');
    expect(written).toMatch(/\| Resolved \| 1 h 40 min \| .+ \|/);
  });

  it('leaves the words of people as they are, whatever they look like', () => {
    expect(written).toContain('Deployed 4.2.2 \\| \\*by hand\\*');
    expect(written).toContain('Cards are &lt;b&gt;refused&lt;/b&gt; &amp; carts are lost');
    expect(written).toContain('Rolling back; @U0CHARLIE helps');
  });

  it('links to the message that was pinned', () => {
    expect(written).toContain('wrote: It is the cache [message](https://acme.slack.com/archives/C0INC1/p18)');
  });

  it('has as many cells in each row of a table as in its head', () => {
    const tables = written.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      const widths = table
        .trim()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});

describe('HTML', () => {
  const written = writePostmortem(draft, 'html');

  it('needs nothing else and runs nothing', () => {
    expect(written).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
    expect(written).toMatch(/^<!doctype html>/);
    expect(written).toContain('@media print');
  });

  it('escapes the words of people', () => {
    expect(written).toContain('Cards are &lt;b&gt;refused&lt;/b&gt; &amp; carts are lost');
    expect(written).toContain('@Bob &lt;bob@example.com&gt;');
  });

  it('opens no link but http(s)', () => {
    const hrefs = [...written.matchAll(/href="([^"]*)"/g)].map((found) => found[1]);
    expect(hrefs.every((href) => href?.startsWith('#INC-1#') || href?.startsWith('https://'))).toBe(true);
  });

  it('leads from a cite to the line of the timeline that it names, and only where there is one', () => {
    const ids = new Set([...written.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]));
    const targets = [...written.matchAll(/href="#([^"]+)"/g)].map((found) => found[1]);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });
});

describe('JSON', () => {
  const written = JSON.parse(writePostmortem(draft, 'json')) as PostmortemJson;

  it('has one shape, with its name', () => {
    expect(Object.keys(written)).toEqual([
      'schema',
      'id',
      'title',
      'status',
      'severity',
      'category',
      'service',
      'description',
      'drawn',
      'declared',
      'acknowledged',
      'mitigated',
      'resolved',
      'reopened',
      'impact',
      'severityHistory',
      'minutesAtSeverity',
      'responders',
      'updates',
      'resolution',
      'timeline',
      'gaps',
    ]);
    expect(written).toMatchObject({
      schema: 'mainstay.postmortem/1',
      id: 'INC-1',
      drawn: { upTo: 'INC-1#15', at: '2026-11-21T16:00:00.000Z' },
      acknowledged: { afterMs: 360_000, cite: 'INC-1#4', owner: bob },
      minutesAtSeverity: [
        { severity: 'SEV1', minutes: 66 },
        { severity: 'SEV3', minutes: 4 },
      ],
      updates: { posted: 1, overdue: ['INC-1#6'] },
      resolution: 'Cache emptied',
    });
  });

  it('leaves out the message that was taken back', () => {
    expect(JSON.stringify(written)).not.toContain('Lunch?');
  });
});
