import { metricWords } from '../../domain/health/metric-words.ts';
import { figuresOfSeries, statisticsOf } from '../../domain/health/statistics.ts';
import { standsFor } from '../../domain/health/sustained.ts';
import type { OwnSource } from '../../domain/spec/metric-source.ts';
import type { Check, Measurement } from '../../domain/spec/watching.ts';
import type { CheckAnswer } from '../check-port.ts';
import type { OwnAnswers } from '../check-store-port.ts';
import type { HealthDeps } from './deps.ts';

/** A metric that is made of what Mainstay's own checks answered. */
export type OwnMeasurement = Measurement & { readonly source: OwnSource };

export function isOwn(asked: Check | Measurement): asked is OwnMeasurement {
  return asked.kind === 'metric' && asked.source.kind === 'checks';
}

/** The figures of such a metric; nobody outside is asked. Checks that nobody asked lately say nothing about now. */
export async function ownAnswer(
  { checks, spec }: Pick<HealthDeps, 'checks' | 'spec'>,
  { source, quantity, unit }: OwnMeasurement,
  now: Date,
): Promise<CheckAnswer> {
  const asked = spec.current().checks.filter(({ key }) => source.checks.includes(key));
  const found = await checks.answers(source.checks, source.figure ?? null, new Date(now.getTime() - source.over));
  const stale = Math.max(...asked.map(({ every, timeout }) => standsFor(every) + timeout));
  const isStale = found.latest === null || now.getTime() - found.latest.getTime() > stale;
  const figures = isStale ? {} : scaled(figuresIn(source, found), unit);
  if (Object.keys(figures).length === 0) {
    const detail = isStale ? 'none of its checks answered lately' : 'its checks bring no such figure';
    return { answer: 'could-not-tell', detail, latencyMs: null, figures };
  }
  return { answer: 'ok', detail: metricWords(quantity, figures), latencyMs: null, figures };
}

function figuresIn({ measure }: OwnSource, { good, bad, figures }: OwnAnswers): Record<string, number> {
  if (measure !== 'success') return figuresOfSeries([figures]);
  // An answer that nobody could tell is neither.
  return good + bad === 0 ? {} : figuresOfSeries([statisticsOf([(100 * good) / (good + bad)])]);
}

function scaled(figures: Readonly<Record<string, number>>, unit: number): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value * unit]));
}
