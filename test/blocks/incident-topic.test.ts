import { describe, expect, it } from 'vitest';
import { incidentTopic } from '../../blocks/incident-topic.ts';
import { bob } from '../support/incident-spec.ts';
import { declare, incidentOf, newStory, storyAt } from '../support/incident-story.ts';

describe("the topic of an incident's channel", () => {
  it('says severity, number, state and owner before the title', () => {
    expect(incidentTopic(incidentOf(storyAt('assigned')))).toBe(
      `SEV1 · INC-1 · Assigned · <@${bob}> · Checkout is down`,
    );
  });

  it('says when there is no severity and no owner', () => {
    expect(incidentTopic(incidentOf(storyAt('identified')))).toBe(
      'INC-1 · Identified · no owner yet · Checkout is down',
    );
  });

  it('cuts a long title with a mark, at what Slack allows, and calls nobody', () => {
    const story = newStory();
    declare(story, { title: `<!channel> ${'x'.repeat(400)}` });
    const topic = incidentTopic(incidentOf(story));
    expect(topic.length).toBeLessThanOrEqual(250);
    expect(topic.endsWith('…')).toBe(true);
    expect(topic).not.toContain('<!');
  });
});
