import type { ModalView } from '@slack/types';
import { publicNoteModal } from '../blocks/public-note-modal.ts';
import { withdrawNoteModal } from '../blocks/withdraw-note-modal.ts';
import { visibleNotes } from '../src/domain/incident/public-note.ts';
import { NO_STATUS_PAGE } from '../src/domain/incident/publish-note.ts';
import { refusalAnswer } from './answers.ts';
import type { EdgeDeps } from './deps.ts';
import type { Answer, CommandCall } from './registry.ts';
import { type Form, NOT_CLOSED, workOn } from './work-on.ts';

/** Always a form: whoever writes for everybody sees first where it will stand. Null where there is no status page. */
export function publishForm({ verbs, spec }: Pick<EdgeDeps, 'verbs' | 'spec'>, text = ''): Form | null {
  const page = verbs.statusAddress();
  return page === null ? null : { move: null, view: (about) => publicNoteModal(about, spec.current(), page.url, text) };
}

/** Opens the form for a public note. @param named null for the incident of the channel */
export async function writePublicNote(
  deps: EdgeDeps,
  call: CommandCall,
  { named, text }: { readonly named: number | null; readonly text: string },
): Promise<Answer | null> {
  const form = publishForm(deps, text);
  if (form === null) return refusalAnswer(NO_STATUS_PAGE);
  const { channel, openModal } = call;
  // One that is named is looked up all the same: the form says whose note it is.
  return workOn(deps, { named, channel, openModal, candidates: NOT_CLOSED, act: null, form });
}

/** Opens the form that takes a note off the page: of one incident, or of all that have any. */
export async function withdrawPublicNote(
  { verbs }: Pick<EdgeDeps, 'verbs'>,
  { channel, openModal }: { readonly channel: string; openModal(view: ModalView): Promise<void> },
  named: number | null,
): Promise<Answer | null> {
  const meant = await verbs.findIncident({ number: named, channel });
  if (!meant.ok) return refusalAnswer(meant.refusal.message);
  const all = meant.value === null ? await verbs.listIncidents('all') : [meant.value];
  const withNotes = all.filter((incident) => visibleNotes(incident).length > 0);
  if (withNotes.length === 0) {
    const whose = meant.value === null ? 'No incident has a note' : `INC-${meant.value.number} has no note`;
    return refusalAnswer(`${whose} on the status page. \`/incident public\` writes one.`);
  }
  await openModal(withdrawNoteModal(withNotes));
  return null;
}
