import { boundsProblem, figureWords, worstOf } from '../../domain/health/bounds.ts';
import { parseSelector, samplesOf } from '../../domain/health/exposition.ts';
import type { NoData } from '../../domain/spec/check-questions.ts';
import type { Limit } from '../../domain/spec/limit.ts';
import { askFigures } from './ask-prometheus.ts';
import { below } from './http.ts';
import { CouldNotTell, Failing, failing, type Look, ok, type Seen } from './look.ts';
import { FOR_FIGURES, send, wholeBody } from './request.ts';

/** What Prometheus answers to a query, the worst series against the bound. */
export const lookAtPrometheus: Look<'prometheus'> = async (check, { address, signal }) => {
  const asked = { who: 'Prometheus', address: address(check.target), path: '/api/v1/query', query: check.query };
  return judged(check, await askFigures(asked, signal), 'the query');
};

/** A figure on a page of metrics. The page is what is watched: when it is gone, that is failing. */
export const lookAtScrape: Look<'scrape'> = async (check, { address, signal }) => {
  const read = parseSelector(check.sample);
  if (!read.ok) throw new CouldNotTell(`the sample ${read.problem}`);
  const body = await readPage(below(address(check.target), check.path), signal);
  return judged(check, samplesOf(read.selector, body), 'the sample');
};

/** A page of metrics. @throws CouldNotTell, Failing or what node:http throws */
export async function readPage(address: URL, signal: AbortSignal): Promise<string> {
  const answer = await send(address, { ...FOR_FIGURES, signal });
  const { status } = answer;
  if (status === 401 || status === 403) throw new CouldNotTell(`Mainstay may not read the page: it answered ${status}`);
  if (status !== 200) throw new Failing(`answered ${status} instead of 200`);
  return wholeBody(answer, 'the page', FOR_FIGURES.most);
}

function judged({ breach, noData }: { breach: Limit; noData: NoData }, figures: readonly number[], what: string): Seen {
  if (figures.length === 0) return withoutData(noData);
  const worst = worstOf(breach, figures);
  const problem = boundsProblem([{ what: `${what} gives`, limit: breach, figure: worst }]);
  const seen = { value: worst, series: figures.length };
  return problem === null ? ok(`${what} gives ${figureWords(breach, worst)}`, seen) : failing(problem, seen);
}

function withoutData(means: NoData): Seen {
  switch (means) {
    case 'could not tell':
      throw new CouldNotTell('no data');
    case 'failing':
      return failing('no data', { series: 0 });
    case 'ok':
      return ok('no data, which is fine here', { series: 0 });
  }
}
