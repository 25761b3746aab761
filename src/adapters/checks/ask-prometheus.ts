import { z } from 'zod';
import { readValue } from '../../domain/health/exposition.ts';
import { readJson } from '../../domain/health/http-answer.ts';
import { seenFault } from './fault-words.ts';
import { below } from './http.ts';
import { CouldNotTell } from './look.ts';
import { send } from './request.ts';

const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sample })) }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
  ]),
});

export interface Asked {
  /** Prometheus or Loki, for people. */
  readonly who: string;
  readonly address: string;
  readonly path: string;
  readonly query: string;
}

/**
 * The figures a query gives now, one for each series; none for no data. Prometheus and Loki answer alike. They stand
 * between us and what is asked about: whatever is wrong with them is no fault of that.
 * @throws CouldNotTell
 */
export async function askFigures({ who, address, path, query }: Asked, signal: AbortSignal): Promise<number[]> {
  const url = below(address, path);
  url.searchParams.set('query', query);
  const request = { method: 'GET', connection: 'fresh', redirects: true, keepBody: true, signal } as const;
  const { status, body } = await send(url, request).catch((error) => {
    throw new CouldNotTell(`${who} ${seenFault(error)?.detail ?? 'cannot be asked'}`);
  });
  if (status === 401 || status === 403)
    throw new CouldNotTell(`${who} does not let Mainstay ask: it answered ${status}`);
  if (status === 400 || status === 422) throw new CouldNotTell(`${who} does not understand the query`);
  const read = readJson(body);
  const found = answer.safeParse(read.ok ? read.value : null);
  if (status !== 200 || !found.success) throw new CouldNotTell(`${who} answered ${status}, and no figures`);
  const { data } = found.data;
  const samples = data.resultType === 'scalar' ? [data.result] : data.result.map(({ value }) => value);
  return samples.map(([, value]) => readValue(value)).filter((value) => !Number.isNaN(value));
}
