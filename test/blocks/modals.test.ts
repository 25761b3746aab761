import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { declareModal, readDeclareModal } from '../../blocks/declare-modal.ts';
import type { About } from '../../blocks/incident-form.ts';
import { incidentPicker, readIncidentPicker } from '../../blocks/incident-picker.ts';
import { mitigateModal, readMitigateModal } from '../../blocks/mitigate-modal.ts';
import { noteModal, readNoteModal } from '../../blocks/note-modal.ts';
import { ownerModal, readOwnerModal } from '../../blocks/owner-modal.ts';
import { publishModal, readPublishModal, readWaiveModal, waiveModal } from '../../blocks/postmortem-modals.ts';
import { publicNoteModal, readPublishNoteModal } from '../../blocks/public-note-modal.ts';
import { readReopenModal, reopenModal } from '../../blocks/reopen-modal.ts';
import { readResolveModal, resolveModal } from '../../blocks/resolve-modal.ts';
import { readSeverityModal, severityModal } from '../../blocks/severity-modal.ts';
import { readUpdateModal, updateModal } from '../../blocks/update-modal.ts';
import { stateValues } from '../../demo/slack/view-state.ts';
import type { Incident } from '../../src/domain/incident/state.ts';
import { alice, bob, incidentSpec, now } from '../support/incident-spec.ts';
import { incidentOf, storyAt } from '../support/incident-story.ts';
import { checkView } from '../support/slack-limits.ts';

const NASTY = '<!channel> <script>alert("x")</script> & '.repeat(80);
const incident = incidentOf(storyAt('mitigating'));
const another: Incident = { ...incident, number: 2, title: NASTY };
const choose: About = [another, incident];

type Answers = Parameters<typeof stateValues>[1];

/** What Slack sends when a person filled in the fields of this modal; fields left alone keep what they showed. */
function submit(modal: ModalView, answers: Answers = {}) {
  const blocks = modal.blocks as unknown as Parameters<typeof stateValues>[0];
  return { private_metadata: modal.private_metadata ?? '', state: { values: stateValues(blocks, answers) } };
}

/** Every form about an incident, with what is filled in and what is read back. */
const FORMS: [string, (about: About) => ModalView, (view: ReturnType<typeof submit>) => object, Answers, object][] = [
  [
    'update',
    (about) => updateModal(about, incidentSpec, 'Half are back'),
    readUpdateModal,
    {},
    { text: 'Half are back' },
  ],
  ['mitigate', (about) => mitigateModal(about), readMitigateModal, {}, { text: '' }],
  [
    'resolve',
    (about) => resolveModal(about, incidentSpec),
    readResolveModal,
    { summary: ' Fixed ' },
    { summary: 'Fixed' },
  ],
  ['reopen', (about) => reopenModal(about, 'Back'), readReopenModal, {}, { reason: 'Back' }],
  ['note', (about) => noteModal(about, 'A spike'), readNoteModal, {}, { text: 'A spike', at: null }],
  [
    'note in the past',
    (about) => noteModal(about, 'A spike'),
    readNoteModal,
    { at: now.getTime() / 1000 },
    { text: 'A spike', at: now },
  ],
  [
    'severity',
    (about) => severityModal(about, incidentSpec),
    readSeverityModal,
    { severity: 'SEV2', reason: 'Half' },
    { to: 'SEV2', reason: 'Half' },
  ],
  ['owner', (about) => ownerModal(about, alice), readOwnerModal, { owner: bob }, { owner: bob }],
  ['publish', (about) => publishModal(about), readPublishModal, {}, { link: null }],
  [
    'publish with a link',
    (about) => publishModal(about, 'https://wiki/1'),
    readPublishModal,
    {},
    { link: 'https://wiki/1' },
  ],
  [
    'public note',
    (about) => publicNoteModal(about, incidentSpec, 'https://status.example/status', 'Some payments fail'),
    readPublishNoteModal,
    { impact: 'outage', state: 'monitoring', title: ' Payments fail ' },
    { text: 'Some payments fail', title: 'Payments fail', state: 'monitoring', impact: 'outage' },
  ],
  ['waive', (about) => waiveModal(about), readWaiveModal, { reason: 'A drill' }, { reason: 'A drill' }],
];

describe('a form about an incident', () => {
  it.each(FORMS)('%s reads back what was filled in', (_name, form, read, answers, expected) => {
    expect(read(submit(form(incident), answers))).toEqual({ number: 1, ...expected });
  });

  it.each(FORMS)(
    '%s asks which incident when it was opened outside a channel',
    (_name, form, read, answers, expected) => {
      expect(read(submit(form(choose), { ...answers, incident: '2' }))).toEqual({ number: 2, ...expected });
    },
  );

  it.each(FORMS)('%s keeps to the limits of Slack, whatever was typed', (_name, form) => {
    for (const about of [
      incident,
      another,
      choose,
      Array.from({ length: 150 }, (_, i) => ({ ...another, number: i + 1 })),
    ]) {
      expect(checkView({ ...form(about as About) })).toEqual([]);
    }
  });

  it('is refused when it is not what our own view sends', () => {
    expect(() => readUpdateModal({ private_metadata: '{}', state: { values: {} } })).toThrow();
  });

  it('shows the severity and the owner there are', () => {
    expect(JSON.stringify(severityModal(incident, incidentSpec))).toContain('"initial_option":{"value":"SEV1"');
    expect(JSON.stringify(ownerModal(incident, alice))).toContain(`"initial_user":"${bob}"`);
    expect(JSON.stringify(ownerModal({ ...incident, owner: null }, alice))).toContain(`"initial_user":"${alice}"`);
  });

  it('says what the severity asks for next', () => {
    expect(JSON.stringify(updateModal(incident, incidentSpec))).toContain('A SEV1 owes the next one in 15 min.');
    expect(JSON.stringify(resolveModal(incident, incidentSpec))).toContain('A SEV1 owes a post-mortem within 2 d.');
  });
});

describe('the declare form', () => {
  it('is filled with what was typed already', () => {
    const modal = declareModal({ title: 'Checkout is down', severity: 'SEV2', origin: 'C0OPS' }, incidentSpec);
    expect(readDeclareModal(submit(modal))).toEqual({
      title: 'Checkout is down',
      severity: 'SEV2',
      category: null,
      service: null,
      description: '',
      origin: 'C0OPS',
    });
  });

  it('reads every field', () => {
    const modal = declareModal({ title: '', severity: null, origin: null }, incidentSpec);
    const answers = {
      title: 'Down',
      severity: 'SEV1',
      category: 'System outage',
      service: 'checkout',
      description: 'All of it',
    };
    expect(readDeclareModal(submit(modal, answers))).toEqual({ ...answers, origin: null });
  });

  it('offers no service when the spec has none', () => {
    const modal = declareModal({ title: 'Down', severity: null, origin: null }, { ...incidentSpec, services: {} });
    expect(JSON.stringify(modal)).not.toContain('"service"');
    expect(readDeclareModal(submit(modal)).service).toBeNull();
  });

  it('keeps to the limits of Slack, whatever was typed', () => {
    expect(checkView({ ...declareModal({ title: NASTY, severity: null, origin: 'C0OPS' }, incidentSpec) })).toEqual([]);
  });
});

describe('the picker', () => {
  it('gives back what was asked for and what it carried', () => {
    const modal = incidentPicker('pin', [another, incident], { channel: 'C0OPS', ts: '1.1' });
    expect(checkView({ ...modal })).toEqual([]);
    expect(readIncidentPicker(submit(modal, { incident: '1' }))).toEqual({
      number: 1,
      verb: 'pin',
      carry: { channel: 'C0OPS', ts: '1.1' },
    });
  });
});
