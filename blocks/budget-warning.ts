import type { Message } from '../src/domain/delivery.ts';
import { durationWords } from '../src/domain/text/duration-words.ts';
import type { BudgetNews, BudgetWarningKind } from '../src/domain/uptime/warning.ts';
import { context, type Rendered, section } from './elements.ts';
import { bold, mrkdwnLine, plainLine } from './escape.ts';
import { budgetWords, OBJECTIVE_WORDS } from './uptime-words.ts';
import { when } from './words.ts';

const EMOJI: Record<BudgetWarningKind, string> = {
  all: ':red_circle:',
  fast: ':fire:',
  half: ':large_orange_circle:',
  steady: ':hourglass_flowing_sand:',
  slow: ':hourglass_flowing_sand:',
};

/** News of an error budget: what became of it, never what fails now, which the card of the check says. */
export function budgetWarning({ warning }: Extract<Message, { type: 'budget-warning' }>): Rendered {
  const { service, title, slo, period, news } = warning;
  const [first] = news;
  const emoji = first === undefined ? '' : EMOJI[first.warning];
  const head = `${emoji} Uptime budget of ${bold(service, 100)}  ·  ${mrkdwnLine(title, 100)}, ${period.name}, which ends ${when(new Date(period.to))}`;
  return {
    text: mrkdwnLine(`Uptime budget of ${plainLine(service, 100)}: ${news.map(said).join('; ')}`, 300),
    blocks: [
      section([head, ...news.map(line)].join('\n')),
      context(`\`/ops uptime ${slo}\` shows what it was spent on.`),
    ],
  };
}

function line(news: BudgetNews): string {
  const { budget } = news;
  return `• *${said(news)}* (${OBJECTIVE_WORDS[budget.objective](budget.target)}): ${budgetWords(budget)}`;
}

function said({ warning, budget, burnt }: BudgetNews): string {
  if (warning === 'all') return budget.left < 0 ? 'all of it is spent, and more' : 'all of it is spent';
  if (warning === 'half') return 'half of it is spent';
  if (burnt === null) return 'it is spent fast';
  const share = Math.round((burnt.spent / budget.total) * 100);
  return `${share} % of it went in the last ${durationWords(burnt.within)}`;
}
