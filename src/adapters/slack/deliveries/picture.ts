import { setTimeout as after } from 'node:timers/promises';
import type { Chart } from '../../../../blocks/chart.ts';
import { checkHistoryChart } from '../../../../blocks/check-history-chart.ts';
import { rollupChart } from '../../../../blocks/rollup-chart.ts';
import { uptimeChart } from '../../../../blocks/uptime-chart.ts';
import type { Message } from '../../../domain/delivery.ts';
import { refusalCode, slackFault } from '../fault.ts';
import type { DeliveryTools } from './tools.ts';

/** Slack looks at a new file for a moment and refuses blocks that show it until then; tried so often. */
const MOST_TRIES = 4;

/** What posting with a picture came to; the remark says why it was posted without. */
interface Posted<Answer> {
  readonly answer: Answer;
  readonly remark: string | null;
}

/**
 * Posts a message with the picture it shows, if it shows one. A picture that Slack refuses is left out: the words say the same.
 *
 * @param post is given the id of the picture's file, or null
 */
export async function withPicture<Answer>(
  tools: Pick<DeliveryTools, 'slack' | 'paint' | 'upload' | 'pace'>,
  message: Message,
  post: (picture: string | null) => Promise<Answer>,
): Promise<Posted<Answer>> {
  const chart = chartOf(message);
  if (chart === null) return { answer: await post(null), remark: null };
  let refusal: string;
  try {
    const file = await putPicture(tools, chart.svg);
    return { answer: await patiently(tools, () => post(file)), remark: null };
  } catch (error) {
    const fault = slackFault(error);
    if (fault?.kind !== 'refused' || !concernsPicture(fault.code)) throw error;
    refusal = fault.reason;
  }
  return { answer: await post(null), remark: `The picture was left out: ${refusal}` };
}

function chartOf(message: Message): Chart | null {
  if (message.type === 'rollup') return rollupChart(message.rollup);
  if (message.type === 'check-history') return checkHistoryChart(message.history);
  return message.type === 'uptime-report' ? uptimeChart(message.report) : null;
}

/** Puts it into Slack, where nobody sees it until a message shows it; gives the id of the file. */
async function putPicture(
  { slack, paint, upload }: Pick<DeliveryTools, 'slack' | 'paint' | 'upload'>,
  svg: string,
): Promise<string> {
  const png = await paint(svg);
  const filename = 'chart.png';
  const { upload_url: url, file_id: id } = await slack.files.getUploadURLExternal({ filename, length: png.byteLength });
  if (url === undefined || id === undefined) throw new Error('Slack took a file and did not say where to.');
  await upload(url, png);
  await slack.files.completeUploadExternal({ files: [{ id, title: 'Chart' }] });
  return id;
}

async function patiently<Answer>({ pace }: Pick<DeliveryTools, 'pace'>, post: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await post();
    } catch (error) {
      if (refusalCode(error) !== 'invalid_blocks' || tries === MOST_TRIES) throw error;
      await after(pace.settleMs);
    }
  }
}

/** A refusal that the same message without its picture need not meet. */
function concernsPicture(code: string): boolean {
  return (
    ['invalid_blocks', 'missing_scope', 'not_allowed_token_type', 'restricted_action'].includes(code) ||
    /^(file|storage|http_4)/.test(code)
  );
}
