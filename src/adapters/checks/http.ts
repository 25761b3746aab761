import { httpProblem, looksAtBody } from '../../domain/health/http-answer.ts';
import { failing, type Look, ok } from './look.ts';
import { send } from './request.ts';

/** The answer of an address: status, headers, body; of redirects the last answer where they are followed. */
export const lookAtHttp: Look<'http'> = async (check, { address, signal }) => {
  const answer = await send(below(address(check.target), check.path), {
    method: check.method,
    connection: check.connection,
    redirects: check.redirects,
    keepBody: looksAtBody(check),
    signal,
  });
  const problem = httpProblem(check, answer);
  const figures = { status: answer.status, bytes: answer.bytes };
  return problem === null ? ok(`answered ${answer.status}`, figures) : failing(problem, figures);
};

/** `http://host/app` and `/health` are `http://host/app/health`. */
export function below(address: string, path: string): URL {
  return new URL(address.replace(/\/$/, '') + path);
}
