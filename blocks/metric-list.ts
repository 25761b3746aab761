import { connectedFirst, type MetricView } from '../src/domain/health/metric-view.ts';
import { sourceWords } from '../src/domain/health/metric-words.ts';
import type { OperationsSpec } from '../src/domain/spec/types.ts';
import { checkEmoji } from './check-words.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine } from './escape.ts';
import { when } from './words.ts';

/** Metrics on one screen. */
const PER_PAGE = 12;
const PER_SECTION = 3;

/** A page of the spec's metrics: what each last gave and where from, or why there is nothing. @param page from 1 on */
export function metricList(views: readonly MetricView[], page: number, spec: OperationsSpec): Rendered {
  const pages = Math.max(1, Math.ceil(views.length / PER_PAGE));
  const shown = Math.min(Math.max(page, 1), pages);
  const lines = connectedFirst(views)
    .slice((shown - 1) * PER_PAGE, shown * PER_PAGE)
    .map((view) => metricLines(view, spec));
  const absent = views.filter(({ notConnected }) => notConnected !== null).length;
  const title = `*Metrics*: ${views.length - absent} of ${views.length} have a source here`;
  const sections = Array.from({ length: Math.ceil(lines.length / PER_SECTION) }, (_, index) =>
    section(lines.slice(index * PER_SECTION, (index + 1) * PER_SECTION).join('\n')),
  );
  const next = shown < pages ? `  ·  \`/health metrics ${shown + 1}\` shows more` : '';
  return {
    text: title,
    blocks: [section(title), ...sections, ...(pages === 1 ? [] : [context(`Page ${shown} of ${pages}${next}`)])],
  };
}

function metricLines(view: MetricView, spec: OperationsSpec): string {
  const { metric, notConnected, thresholds } = view;
  const name = bold(metric.title, 120);
  if (notConnected !== null) return `:white_circle: ${name}  ·  not connected: ${mrkdwnLine(notConnected, 200)}`;
  const bounds = thresholds.map((threshold) => `${checkEmoji(threshold)} ${mrkdwnLine(threshold.check.title, 80)}`);
  const foot = [mrkdwnLine(sourceWords(metric.source, spec), 200), ...bounds].join('  ·  ');
  return `:bar_chart: ${name}  ·  ${valueWords(view)}\n      ${foot}`;
}

function valueWords({ last }: MetricView): string {
  if (last === null) return 'not measured yet';
  const said = mrkdwnLine(last.detail, 150);
  return last.answer === 'ok' ? `${said} ${when(last.at)}` : `no figure ${when(last.at)}: ${said}`;
}
