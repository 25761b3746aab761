import { describe, expect, it } from 'vitest';
import { postmortemPreview } from '../../blocks/postmortem.ts';
import { decideNote } from '../../src/domain/incident/note.ts';
import { declare, newStory, step } from '../support/incident-story.ts';
import { draftOf, wholeStory } from '../support/postmortem-story.ts';
import { checkMessage } from '../support/slack-limits.ts';

describe('the preview of a post-mortem', () => {
  it('shows the draft with people, times and places in the log as Slack shows them', () => {
    const preview = postmortemPreview(draftOf(wholeStory()));
    expect(checkMessage({ ...preview })).toEqual([]);
    const text = JSON.stringify(preview.blocks);
    expect(text).toContain('*Timeline*');
    expect(text).toContain(':pencil2: *TODO:* Who was affected, and how?');
    expect(text).toContain('<https://acme.slack.com/archives/C0INC1/p18|message>');
    expect(text).toMatch(/\*Owner\* <@U0BOB>, named by <@U0ALICE> {2}· {2}`INC-1#4`/);
    expect(text).not.toContain('Lunch?');
  });

  it('shows the whole title in bold, whatever marks are in it', () => {
    const story = newStory();
    declare(story, { title: 'Checkout is *down* `again' });
    expect(JSON.stringify(postmortemPreview(draftOf(story)).blocks)).toContain(
      '*Checkout is ∗down∗ ˋagain* was declared by',
    );
  });

  it('shows the end of a long one within the limits of Slack, whatever was typed', () => {
    const story = wholeStory();
    const text = '<!channel> <https://example.com/?a=1|x> & <b> '.repeat(80);
    for (let count = 0; count < 200; count++) {
      step(story, (incident, situation) => decideNote(incident, { text, at: null }, situation));
    }
    const preview = postmortemPreview(draftOf(story));
    expect(checkMessage({ ...preview })).toEqual([]);
    expect(JSON.stringify(preview.blocks)).toContain('191 earlier left out');
    expect(JSON.stringify(preview.blocks)).not.toMatch(/<!(?!date)/);
  });
});
