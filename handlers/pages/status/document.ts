import { type IMPACTS, NOTE_WORD } from '../../../src/domain/incident/public-note.ts';
import type { IncidentOnPage, StatusPage, WindowOnPage } from '../../../src/domain/status/page.ts';
import { html, type Markup, raw } from './markup.ts';
import { servicesSection } from './services.ts';
import { STYLE } from './style.ts';
import { icon, SYMBOLS } from './symbols.ts';
import { dayWords, instant, span } from './times.ts';

/** What a page is besides what it says. */
export interface Shown {
  readonly page: StatusPage;
  /** To the minute; ISO, UTC. */
  readonly asOf: string;
  /** It could not be brought up to date since. */
  readonly stale: boolean;
  /** Its own address; null when nobody said. */
  readonly url: string | null;
}

/** The status page: one document that needs no script and fetches nothing. */
export function statusDocument({ page, asOf, stale, url }: Shown): string {
  const { title, description, support, state, headline, incidents, maintenance, history } = page;
  const feed =
    url === null ? null : html`<link rel="alternate" type="application/rss+xml" title="${title}" href="/status.rss">`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${headline} – ${title}</title>
${feed}
<style>${raw(STYLE)}</style>
</head>
<body>
${SYMBOLS}
<div class="page">
<header>
<h1>${title}</h1>
${description === null ? null : html`<p class="quiet">${description}</p>`}
</header>
<main>
${stale ? html`<p class="stale">This page cannot be brought up to date right now. It shows what was known on ${instant(asOf)}.</p>` : null}
<p class="headline ${state}">${icon(state)}<span>${headline}</span></p>
${section('Incidents', incidents.map(incidentCard))}
${section('Maintenance', maintenance.map(windowCard))}
${servicesSection(page)}
<section>
<h2>Past incidents</h2>
${history.length === 0 ? html`<p class="quiet">No incident was published in the last 90 days.</p>` : history.map(pastIncident)}
</section>
</main>
<footer class="quiet">
<p>As of ${instant(asOf)}. Times are in UTC${page.zone === 'UTC' ? '' : `, days those of ${page.zone}`}.</p>
<p>${url === null ? null : html`<a href="/status.rss">RSS feed</a>`}<a href="/status.json">JSON</a>${support === null ? null : html`<a href="${support}" rel="noreferrer">Get help</a>`}</p>
</footer>
</div>
</body>
</html>
`.markup;
}

function section(heading: string, cards: readonly Markup[]): Markup | null {
  return cards.length === 0 ? null : html`<section>\n<h2>${heading}</h2>\n${cards}</section>`;
}

const IMPACT_WORD: Record<(typeof IMPACTS)[number], string> = {
  none: '',
  degraded: 'Degraded',
  outage: 'Outage',
};

function incidentCard(incident: IncidentOnPage): Markup {
  const { id, title, impact, services, startedAt } = incident;
  const facts = [IMPACT_WORD[impact], services.join(', ')].filter((fact) => fact !== '');
  return html`<article class="incident card on-${impact}" id="${id}">
<h3>${title}</h3>
<p class="quiet">${facts.map((fact) => html`${fact} · `)}since ${instant(startedAt)}</p>
${updates(incident)}
</article>
`;
}

function pastIncident(incident: IncidentOnPage): Markup {
  const { id, title, startedAt, resolvedAt } = incident;
  return html`<article class="incident card over" id="${id}">
<h3>${title}</h3>
<p class="quiet">${dayWords(startedAt)} · resolved ${resolvedAt === null ? null : instant(resolvedAt)}</p>
<details><summary>What happened</summary>
${updates(incident)}
</details>
</article>
`;
}

function updates({ updates: all }: IncidentOnPage): Markup {
  const lines = all.map(
    ({ state, text, at }) =>
      html`<li><p><strong>${NOTE_WORD[state]}</strong><span class="quiet">${instant(at)}</span></p><p class="words">${text}</p></li>\n`,
  );
  return html`<ol class="updates">\n${lines}</ol>`;
}

function windowCard({ id, title, text, startsAt, endsAt, underWay, overran }: WindowOnPage): Markup {
  const how = underWay ? (overran ? 'Takes longer than planned' : 'Under way') : 'Planned';
  return html`<article class="incident card on-maintenance" id="${id}">
<h3>${title}</h3>
<p class="quiet"><span class="state maintenance">${how}</span> · ${span(startsAt, endsAt)}</p>
<p class="words">${text}</p>
</article>
`;
}
