import type { Pagers } from '../../usecases/page-port.ts';
import type { MailSettings } from './mail.ts';
import { postPage } from './webhook.ts';

/** What reaches people outside Slack. @param mail null: e-mail is not set up, which each mail says */
export function createPagers(mail: MailSettings | null): Pagers {
  return {
    mail: async (message, to, over) => {
      if (mail === null) {
        return { outcome: 'refused', detail: 'No mail server is set: SMTP_URL and SMTP_FROM name one.' };
      }
      // Read with the first mail: what sends it is a tenth of all that a start reads.
      const { mailPage } = await import('./mail.ts');
      return mailPage(message, to, mail, over);
    },
    post: (message, to, over) => postPage(message, to, over),
  };
}
