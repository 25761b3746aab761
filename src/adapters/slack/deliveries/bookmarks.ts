import type { WebClient } from '@slack/web-api';
import type { Incident } from '../../../domain/incident/state.ts';
import type { OperationsSpec } from '../../../domain/spec/types.ts';
import { remarksOf, tolerate } from './tolerate.ts';

/** Puts the links of the incident's service on top of its channel, each once however often this is done. */
export async function setBookmarks(
  slack: WebClient,
  channel: string,
  incident: Incident,
  spec: OperationsSpec,
): Promise<string | null> {
  const wanted = bookmarksOf(incident, spec);
  if (wanted.length === 0) return null;
  const remarks: (string | null)[] = [];
  const all = tolerate('The bookmarks were not set', async () => {
    const { bookmarks = [] } = await slack.bookmarks.list({ channel_id: channel });
    const set = bookmarks.map(({ link }) => link);
    for (const { title, link } of wanted.filter((bookmark) => !set.includes(bookmark.link))) {
      const one = tolerate(`The bookmark "${title}" was not set`, () =>
        slack.bookmarks.add({ channel_id: channel, title, type: 'link', link }),
      );
      remarks.push(await one);
    }
  });
  return remarksOf([await all, ...remarks]);
}

interface Bookmark {
  readonly title: string;
  readonly link: string;
}

function bookmarksOf(incident: Incident, spec: OperationsSpec): readonly Bookmark[] {
  const service = incident.service === null ? undefined : spec.services[incident.service];
  const links: [title: string, link: string | undefined][] = [
    ['Runbook', service?.runbook],
    ['Dashboard', service?.dashboard],
  ];
  return links.flatMap(([title, link]) => (link === undefined ? [] : [{ title, link }]));
}
