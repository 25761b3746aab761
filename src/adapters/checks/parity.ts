import { jsonAt, readJson } from '../../domain/health/http-answer.ts';
import { listed, type Said, samenessProblem, wordsIn } from '../../domain/health/sameness.ts';
import type { ParitySource } from '../../domain/spec/check-questions.ts';
import { seenFault } from './fault-words.ts';
import { below } from './http.ts';
import { type Asking, CouldNotTell, failing, type Look, ok } from './look.ts';
import { withPostgres } from './postgres-session.ts';
import { send, wholeBody } from './request.ts';

/** Whether environments say the same. One that cannot be asked leaves it open: that it is down is another check's. */
export const lookAtParity: Look<'parity'> = async ({ between, timeout }, asking) => {
  const said = await Promise.all(between.map((source) => saidBy(source, timeout, asking)));
  const problem = samenessProblem(said);
  const [first] = said;
  if (problem !== null) return failing(problem);
  return ok(
    first?.words.length === 1 ? `all say ${listed(first.words)}` : `all say the same ${first?.words.length ?? 0}`,
  );
};

async function saidBy(source: ParitySource, timeout: number, asking: Asking): Promise<Said> {
  try {
    const words = await wordsOf(source, timeout, asking);
    if (words.length === 0) throw new CouldNotTell('says nothing');
    return { name: source.name, words };
  } catch (error) {
    if (asking.signal.aborted) throw error;
    throw new CouldNotTell(`${source.name} ${seenFault(error)?.detail ?? 'cannot be asked'}`);
  }
}

async function wordsOf({ target, path, at, query }: ParitySource, timeout: number, { address, signal }: Asking) {
  if (query !== undefined) {
    const rows = await withPostgres(address(target), { signal, timeout }, (read) => read(query));
    return rows.map(([first]) => String(first));
  }
  const request = { method: 'GET', connection: 'fresh', redirects: true, keepBody: true, signal } as const;
  const answer = await send(below(address(target), path ?? '/'), request);
  if (answer.status !== 200) throw new CouldNotTell(`answered ${answer.status} instead of 200`);
  const body = wholeBody(answer, 'what it says');
  const read = readJson(body);
  if (!read.ok && at === undefined) return body.trim() === '' ? [] : [body.trim()];
  const words = read.ok ? wordsIn(at === undefined ? read.value : jsonAt(read.value, at)) : undefined;
  if (words === undefined)
    throw new CouldNotTell(at === undefined ? 'says nothing that can be compared' : `has nothing at ${at}`);
  return words;
}
