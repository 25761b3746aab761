import { bold, mrkdwn } from './escape.ts';

/** Where a heartbeat is called, and how; for one person's eyes. */
export function beatWords(title: string, address: string): string {
  const where = address.startsWith('/')
    ? `${address}\` of Mainstay's own address (\`MAINSTAY_BASE_URL\` is not set)`
    : `${address}\``;
  return [
    `${bold(title, 120)} is called at \`${mrkdwn(where)}.`,
    'Call it when the work has ended well; with `/start` at its end when it begins, with `/fail` when it failed. GET and POST do the same. Whoever knows the address can call it.',
  ].join('\n');
}
