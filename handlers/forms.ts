import { mitigateModal } from '../blocks/mitigate-modal.ts';
import { noteModal } from '../blocks/note-modal.ts';
import { ownerModal } from '../blocks/owner-modal.ts';
import { publishModal, waiveModal } from '../blocks/postmortem-modals.ts';
import { reopenModal } from '../blocks/reopen-modal.ts';
import { resolveModal } from '../blocks/resolve-modal.ts';
import { severityModal } from '../blocks/severity-modal.ts';
import { updateModal } from '../blocks/update-modal.ts';
import type { Severity } from '../src/domain/incident/severity.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import type { Form } from './work-on.ts';

/** The forms that ask for words about an incident; a verb typed without them and its button open the same one. */
export const FORMS = {
  severity: (spec: OperationsSpec, typed?: { severity: Severity | null; reason: string }): Form => ({
    move: 'set-severity',
    view: (about) => severityModal(about, spec, typed),
  }),
  /** `owner` is chosen at first where the incident has none. */
  owner: (owner: string): Form => ({ move: 'set-owner', view: (about) => ownerModal(about, owner) }),
  update: (spec: OperationsSpec, text = ''): Form => ({
    move: 'update',
    view: (about) => updateModal(about, spec, text),
  }),
  note: (text = '', at: Date | null = null): Form => ({ move: 'note', view: (about) => noteModal(about, text, at) }),
  mitigate: (text = ''): Form => ({ move: 'mitigate', view: (about) => mitigateModal(about, text) }),
  resolve: (spec: OperationsSpec, summary = ''): Form => ({
    move: 'resolve',
    view: (about) => resolveModal(about, spec, summary),
  }),
  reopen: (reason = ''): Form => ({ move: 'reopen', view: (about) => reopenModal(about, reason) }),
  publish: (link = ''): Form => ({ move: 'document', view: (about) => publishModal(about, link) }),
  waive: (reason = ''): Form => ({ move: 'document', view: (about) => waiveModal(about, reason) }),
};
