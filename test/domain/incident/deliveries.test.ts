import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/domain/delivery.ts';
import { decideMitigate } from '../../../src/domain/incident/mitigate.ts';
import { decideNote } from '../../../src/domain/incident/note.ts';
import { decideChannelOpened } from '../../../src/domain/incident/open-channel.ts';
import { decidePin, decideUnpin } from '../../../src/domain/incident/pin.ts';
import { decideUpdate } from '../../../src/domain/incident/post-update.ts';
import { decideResolve } from '../../../src/domain/incident/resolve.ts';
import { decideSetOwner } from '../../../src/domain/incident/set-owner.ts';
import { decideSetSeverity } from '../../../src/domain/incident/set-severity.ts';
import type { Severity } from '../../../src/domain/incident/severity.ts';
import { alice, bob, charlie, incidentSpec, minutesLater, now } from '../../support/incident-spec.ts';
import { declare, incidentOf, newStory, type Story, step, storyAt } from '../../support/incident-story.ts';

/** A promise in a few words. */
function inWords(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'post': {
      const { to, message } = delivery;
      const place = to.to === 'channel' ? `#${to.channel}` : to.to === 'user' ? to.user : 'its channel';
      const what = message.type === 'incident-event' ? message.event.kind : message.type;
      return `post ${what} in ${place}${delivery.keep === undefined ? '' : ` as ${delivery.keep}`}`;
    }
    case 'render':
      return `render ${delivery.key}`;
    case 'invite':
      return `invite ${delivery.users.join(' ')}`;
    case 'react':
    case 'unreact':
      return `${delivery.kind} ${delivery.name} on ${delivery.channel}:${delivery.ts}`;
    default:
      return delivery.kind;
  }
}

const promised = (story: Story) => story.deliveries.map(inWords);
const severityTo = (story: Story, to: Severity) =>
  step(story, (incident, situation) => decideSetSeverity(incident, { to, reason: '' }, situation));

describe('declaring', () => {
  it('opens the channel and announces where the severity says, each announcement kept to be edited', () => {
    const story = newStory();
    declare(story, { severity: 'SEV1' });
    expect(promised(story)).toEqual([
      'open-channel',
      'post incident-announcement in #outages as incident:1:announcement:outages',
      'post incident-announcement in #incidents as incident:1:announcement:incidents',
    ]);
  });

  it.each([null, 'SEV3'] as const)(
    'announces in the channel of the spec when the severity (%s) names none',
    (severity) => {
      const story = newStory();
      declare(story, { severity });
      expect(promised(story)[1]).toBe('post incident-announcement in #incidents as incident:1:announcement:incidents');
    },
  );

  it.each([
    ['empty-text', { title: ' \n ' }, 'title'],
    ['unknown-kind', { category: 'System outag' }, 'category'],
    ['unknown-service', { service: 'chekout' }, 'service'],
  ] as const)('is refused for %s, at the field it belongs to', (code, declaration, field) => {
    const decided = declare(newStory(), declaration);
    expect(decided).toMatchObject({ ok: false, refusal: { code, field } });
  });

  it('suggests the service that was meant', () => {
    const decided = declare(newStory(), { service: 'chekout' });
    expect(decided.ok ? '' : decided.refusal.message).toBe(
      '"chekout" is not a service of the operations spec; it names checkout. Did you mean "checkout"?',
    );
  });

  it('keeps a title of any length on one line', () => {
    const story = newStory();
    declare(story, { title: ` Checkout\n\n is down ${'x'.repeat(3000)}` });
    expect(incidentOf(story).title).toBe(`Checkout is down ${'x'.repeat(3000)}`);
  });
});

describe('each change', () => {
  const shown = ['render incident:1:card', 'render incident:1:announcement:incidents'];

  it('of the severity calls in the people of a worse one, once each, and announces where it was not yet', () => {
    const story = newStory();
    declare(story, { severity: 'SEV3' });
    severityTo(story, 'SEV1');
    expect(promised(story)).toEqual([
      'post incident.severity_set in its channel',
      ...shown,
      'topic',
      `invite ${alice} ${bob} S0PLATFORM ${charlie}`,
      'post incident-announcement in #outages as incident:1:announcement:outages',
    ]);
    severityTo(story, 'SEV2');
    expect(promised(story)).toEqual([
      'post incident.severity_set in its channel',
      ...shown,
      'render incident:1:announcement:outages',
      'topic',
    ]);
    expect(incidentOf(story).announcedIn).toEqual(['incidents', 'outages']);
  });

  it('of the owner brings them in', () => {
    const story = storyAt('assessed');
    step(story, (incident, situation) => decideSetOwner(incident, { owner: charlie }, situation));
    expect(promised(story)).toContain(`invite ${charlie}`);
    expect(promised(story)).toContain('topic');
  });

  it('of the owner to the same owner is refused, and so is the same severity again', () => {
    const story = storyAt('assigned');
    const owner = step(story, (incident, situation) => decideSetOwner(incident, { owner: bob }, situation));
    expect([owner, severityTo(story, 'SEV1')]).toMatchObject([
      { refusal: { code: 'same-owner', field: 'owner' } },
      { refusal: { code: 'same-severity', message: 'INC-1 is already SEV1.', field: 'severity' } },
    ]);
  });

  it('by an update shows it on card and announcement, and leaves the topic alone', () => {
    const story = newStory();
    declare(story, { severity: 'SEV2' });
    story.now = minutesLater(10);
    step(story, (incident, situation) => decideUpdate(incident, { text: 'Half are back' }, situation));
    expect(promised(story)).toEqual(['post incident.updated in its channel', ...shown]);
    expect(incidentOf(story).nextUpdateDueAt).toBe(minutesLater(40).toISOString());
  });

  it('by mitigating does not put off the update that is owed', () => {
    const story = storyAt('assigned');
    story.now = minutesLater(10);
    step(story, (incident, situation) => decideMitigate(incident, { text: '' }, situation));
    expect(incidentOf(story).nextUpdateDueAt).toBe(minutesLater(15).toISOString());
  });
});

describe('resolving', () => {
  it('sends the managers one screen, and the post-mortem is due 48 hours later', () => {
    const story = storyAt('mitigating');
    story.now = minutesLater(93);
    step(story, (incident, situation) => decideResolve(incident, { summary: 'Rolled back' }, situation));
    const last = story.deliveries.at(-1);
    expect(promised(story).at(-1)).toBe('post resolution-summary in #managers');
    expect(last?.kind === 'post' && last.message).toMatchObject({
      summary: {
        resolution: 'Rolled back',
        timeToResolve: 93 * 60_000,
        timeToAcknowledge: 0,
        severityMinutes: [{ severity: 'SEV1', minutes: 93 }],
        responders: [alice, bob],
        postmortemDueAt: minutesLater(93 + 48 * 60).toISOString(),
      },
    });
  });

  it('needs a summary', () => {
    const refused = step(storyAt('mitigating'), (incident, at) => decideResolve(incident, { summary: ' ' }, at));
    expect(refused).toMatchObject({ refusal: { code: 'empty-text', field: 'summary' } });
  });
});

describe('the channel that was opened', () => {
  const opened = { id: 'C0INC1', name: 'inc-1-checkout-is-down' };

  it('is linked from every announcement, and is only one', () => {
    const story = storyAt('assessed');
    const record = () => step(story, (incident, at) => decideChannelOpened(incident, opened, at));
    record();
    expect(promised(story)).toEqual([
      'render incident:1:announcement:incidents',
      'render incident:1:announcement:outages',
    ]);
    expect(record()).toMatchObject({ refusal: { code: 'channel-known' } });
  });
});

describe('a note', () => {
  it('in the future is refused', () => {
    const story = storyAt('assessed');
    const later = step(story, (incident, at) => decideNote(incident, { text: 'x', at: minutesLater(1) }, at));
    expect(later).toMatchObject({ refusal: { code: 'in-the-future', field: 'at' } });
  });

  it('is said in the channel and changes nothing else', () => {
    const story = storyAt('assessed');
    const before = incidentOf(story);
    step(story, (incident, at) => decideNote(incident, { text: 'A spike', at: minutesLater(-30) }, at));
    expect(promised(story)).toEqual(['post incident.noted in its channel']);
    expect(incidentOf(story)).toEqual({ ...before, version: before.version + 1 });
    expect(story.events.at(-1)).toMatchObject({ occurredAt: minutesLater(-30), recordedAt: now });
  });
});

describe('a pushpin', () => {
  const message = {
    channel: 'C0OPS',
    ts: '1795269000.000100',
    author: bob,
    text: 'It is the cache',
    permalink: 'https://x/p1',
  };
  const pin = (story: Story, by: string) => step(story, (incident, at) => decidePin(incident, { message, by }, at));
  const unpin = (story: Story, by: string) =>
    step(story, (incident, at) => decideUnpin(incident, { ...message, by }, at));

  it('is answered once, however many there are, and the answer goes with the last of them', () => {
    const story = storyAt('mitigating');
    const said: string[][] = [];
    for (const [move, by] of [
      [pin, alice],
      [pin, bob],
      [unpin, alice],
      [unpin, bob],
    ] as const) {
      move(story, by);
      said.push(promised(story));
    }
    expect(said).toEqual([[`react memo on C0OPS:${message.ts}`], [], [], [`unreact memo on C0OPS:${message.ts}`]]);
    expect(incidentOf(story).pinned).toEqual([]);
  });

  it('of the same person twice is refused, and so is taking back what was not there', () => {
    const story = storyAt('mitigating');
    pin(story, alice);
    expect([pin(story, alice), unpin(story, bob)]).toMatchObject([
      { refusal: { code: 'already-pinned' } },
      { refusal: { code: 'not-pinned' } },
    ]);
  });

  it('happened when the message was posted', () => {
    const story = storyAt('mitigating');
    pin(story, alice);
    expect(story.events.at(-1)?.occurredAt).toEqual(new Date('2026-11-21T13:50:00.000Z'));
  });
});

it('people without a Slack user cannot be invited and are left out', () => {
  const story = newStory();
  declare(story);
  severityTo(story, 'SEV2');
  expect(incidentSpec.severities.SEV2.invite).toContain('vendor');
  expect(promised(story)).toContain(`invite ${alice} ${bob} S0PLATFORM`);
});
