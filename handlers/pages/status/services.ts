import { percentWords } from '../../../src/domain/status/days.ts';
import type { DayOnPage, ServiceOnPage, StatusPage } from '../../../src/domain/status/page.ts';
import { durationWords } from '../../../src/domain/text/duration-words.ts';
import { html, type Markup } from './markup.ts';
import { icon, STATE_WORD } from './symbols.ts';
import { dayWords } from './times.ts';

/** The services with how each is and was. */
export function servicesSection({ services }: StatusPage): Markup {
  return html`<section>
<h2>Services</h2>
<ul class="services card">
${services.map(serviceRow)}</ul>
</section>`;
}

function serviceRow({ name, description, state, days, available }: ServiceOnPage): Markup {
  return html`<li>
<div class="service"><h3>${name}</h3><p class="state ${state}">${icon(state)}${STATE_WORD[state]}</p></div>
${description === null ? null : html`<p class="quiet words">${description}</p>`}
${days.length === 0 ? null : history(name, days, available)}
</li>
`;
}

function history(name: string, days: readonly DayOnPage[], available: number | null): Markup {
  const share = available === null ? 'no figures yet' : `${percentWords(available)} up`;
  const bars = days.map((day) => html`<li class="${day.mark}"><span>${wordsOf(day)}</span></li>`);
  const troubled = days.filter(({ downMs, maintenanceMs }) => downMs > 0 || maintenanceMs > 0).reverse();
  return html`<ol class="bar" aria-label="${name}, the last ${days.length} days">${bars}</ol>
<p class="scale quiet"><span>${dayWords(days[0]?.day ?? '')}</span><span>${share}</span><span>Today</span></p>
${troubled.length === 0 ? null : html`<details><summary>Interruptions and maintenance (${troubled.length})</summary><ul>${troubled.map((day) => html`<li>${wordsOf(day)}</li>`)}</ul></details>`}`;
}

/** One day in words, for whoever cannot see its colour. */
function wordsOf({ day, up, downMs, maintenanceMs }: DayOnPage): string {
  const work = maintenanceMs === 0 ? '' : `, maintenance for ${durationWords(maintenanceMs)}`;
  if (up === null && downMs > 0) return `${dayWords(day)}: down for ${durationWords(downMs)}${work}`;
  if (up === null)
    return `${dayWords(day)}: ${maintenanceMs === 0 ? 'not known' : `maintenance for ${durationWords(maintenanceMs)}`}`;
  if (downMs === 0) return `${dayWords(day)}: up${work}`;
  return `${dayWords(day)}: ${percentWords(up)} up, down for ${durationWords(downMs)}${work}`;
}
