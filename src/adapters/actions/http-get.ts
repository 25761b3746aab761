import { reveal } from '../../domain/spec/secret.ts';
import type { Action, ActionOutcome } from '../../usecases/action-port.ts';

/** So much of an answer is read; what follows is neither searched nor shown. */
const MOST_BYTES = 1024 * 1024;

/**
 * Asks one address below the target and holds the answer against what the duty says is right. Redirections are not
 * followed: they could lead to a place that the spec does not name. A target that does not answer has failed, because
 * answering is what is asked of it.
 */
export const httpGet: Action<'http.get'> = async (input, target, { signal, mode }) => {
  if (target === null) throw new Error('http.get was given no target');
  const what = `GET ${input.path} on ${target.title}`;
  if (mode === 'preview') {
    const words = input.contains === undefined ? '' : ` and hold "${input.contains}"`;
    return { outcome: 'succeeded', summary: `${what} must answer ${input.status}${words}`, output: '' };
  }
  const began = performance.now();
  const { url, headers } = requestFor(reveal(target.url), input.path);
  try {
    const response = await fetch(url, { redirect: 'manual', signal, headers });
    const text = await beginning(response);
    const took = `${Math.round(performance.now() - began)} ms`;
    const output = [`HTTP ${response.status} in ${took}`, ...redirection(response), '', text].join('\n').trimEnd();
    const failed = (reason: string): ActionOutcome => ({ outcome: 'failed', summary: `${what} ${reason}`, output });
    if (response.status !== input.status) return failed(`answered ${response.status}, not ${input.status}`);
    if (input.contains !== undefined && !text.includes(input.contains)) {
      return failed(`answered ${response.status} without "${input.contains}"`);
    }
    return { outcome: 'succeeded', summary: `${what} answered ${response.status} in ${took}`, output };
  } catch (error) {
    return { outcome: 'failed', summary: `${what} did not answer: ${reasonOf(error)}`, output: '' };
  }
};

/** A name and a password in an address are sent as a header: `fetch` refuses them where they stand. */
function requestFor(base: string, path: string): { url: URL; headers: Record<string, string> } {
  const url = new URL(`${base.replace(/\/+$/, '')}${path}`);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const headers: Record<string, string> = { 'user-agent': 'mainstay' };
  if (username !== '' || password !== '') {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return { url, headers };
}

function redirection({ headers }: Response): string[] {
  const location = headers.get('location');
  return location === null ? [] : [`It points to ${location}, which is not followed.`];
}

async function beginning(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection: an endless answer is not waited for.
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}
