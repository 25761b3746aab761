import { z } from 'zod';
import { readValue } from '../../domain/health/exposition.ts';
import { readJson } from '../../domain/health/http-answer.ts';
import { seenFault } from './fault-words.ts';
import { below } from './http.ts';
import { CouldNotTell } from './look.ts';
import { FOR_FIGURES, send, wholeBody } from './request.ts';

const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sample })) }),
    z.object({ resultType: z.literal('matrix'), result: z.array(z.object({ values: z.array(sample) })) }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
  ]),
});

export interface Asked {
  /** Prometheus or Loki, for people. */
  readonly who: string;
  readonly address: string;
  readonly path: string;
  readonly query: string;
  /** Asked for all this time, not for now. */
  readonly range?: { readonly from: Date; readonly to: Date };
}

/** Figures that a range is asked for, at most: about as many as a scrape every 15 seconds of an hour brings. */
const MOST_STEPS = 240;
const SHORTEST_STEP = 5;

/**
 * The figures a query gives now, one for each series; none for no data. Prometheus and Loki answer alike. They stand
 * between us and what is asked about: whatever is wrong with them is no fault of that.
 * @throws CouldNotTell
 */
export async function askFigures(asked: Asked, signal: AbortSignal): Promise<number[]> {
  return (await askSeries(asked, signal)).flat();
}

/** As askFigures, each series by itself, in the order of time. */
export async function askSeries(asked: Asked, signal: AbortSignal): Promise<number[][]> {
  const { who, address, path, query, range } = asked;
  const url = below(address, path);
  url.searchParams.set('query', query);
  if (range !== undefined) {
    const seconds = (range.to.getTime() - range.from.getTime()) / 1000;
    url.searchParams.set('start', range.from.toISOString());
    url.searchParams.set('end', range.to.toISOString());
    url.searchParams.set('step', String(Math.max(SHORTEST_STEP, Math.ceil(seconds / MOST_STEPS))));
  }
  const received = await send(url, { ...FOR_FIGURES, signal }).catch((error) => {
    throw new CouldNotTell(`${who} ${seenFault(error)?.detail ?? 'cannot be asked'}`);
  });
  const { status } = received;
  if (status === 401 || status === 403)
    throw new CouldNotTell(`${who} does not let Mainstay ask: it answered ${status}`);
  if (status === 400 || status === 422) throw new CouldNotTell(`${who} does not understand the query`);
  const read = readJson(wholeBody(received, `the answer of ${who}`, FOR_FIGURES.most));
  const found = answer.safeParse(read.ok ? read.value : null);
  if (status !== 200 || !found.success) throw new CouldNotTell(`${who} answered ${status}, and no figures`);
  return seriesOf(found.data.data)
    .map((samples) => samples.map(([, value]) => readValue(value)).filter((value) => !Number.isNaN(value)))
    .filter((values) => values.length > 0);
}

type Data = z.infer<typeof answer>['data'];

function seriesOf(data: Data): z.infer<typeof sample>[][] {
  switch (data.resultType) {
    case 'scalar':
      return [[data.result]];
    case 'vector':
      return data.result.map(({ value }) => [value]);
    case 'matrix':
      return data.result.map(({ values }) => values);
  }
}
