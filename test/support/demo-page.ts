/** The demo's page as a program sees it: its address, what it reads and what it does as a person. */
import { runDemo } from '../../demo/run.ts';
import type { MessageView, StateView } from '../../demo/show/wire.ts';
import { freePort } from '../../demo/slack/free-port.ts';
import type { ScriptedApp } from './scripted-app.ts';

export interface PageApi {
  /** Everything the page of a person starts with. */
  state(as: string): Promise<StateView>;
  conversation(as: string, channel: string): Promise<MessageView[]>;
  act(as: string, verb: string, input: object): Promise<Record<string, unknown>>;
}

export interface DemoPage extends PageApi {
  readonly url: string;
  readonly token: string;
  readonly apiUrl: string;
  /** A Web API call of the app. */
  call(method: string, args: object): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** Starts the demo around an app, without its history. `hasDatabase` is what the app says of its own memory. */
export async function startDemoPage(o: {
  app: ScriptedApp;
  home: string;
  hasDatabase?: boolean;
  onClear?: () => void;
  print?: (line: string) => void;
}): Promise<DemoPage> {
  const port = await freePort();
  let slack = { apiUrl: '', botToken: '', signingSecret: '' };
  const demo = await runDemo({
    home: o.home,
    port,
    hostname: '127.0.0.1',
    history: false,
    print: o.print ?? (() => {}),
    database: { exists: async () => o.hasDatabase ?? false, clear: async () => o.onClear?.() },
    async startApp(world) {
      slack = world.slack;
      return { url: o.app.url, look: async () => {}, stop: async () => {} };
    },
  });
  await demo.settled;
  return {
    ...pageApi(demo.url),
    url: demo.url,
    token: slack.botToken,
    apiUrl: slack.apiUrl,
    call: async (method, args) =>
      json(
        await fetch(slack.apiUrl + method, {
          method: 'POST',
          headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
          body: JSON.stringify(args),
        }),
      ),
    stop: demo.stop,
  };
}

/** What the page at an address reads and does. */
export function pageApi(url: string): PageApi {
  return {
    state: (as) => firstState(`${url}/api/stream?as=${as}`),
    async conversation(as, channel) {
      const answer = await json(await fetch(`${url}/api/conversation?as=${as}&channel=${channel}`));
      return answer['messages'] as MessageView[];
    },
    act: async (as, verb, input) =>
      json(
        await fetch(`${url}/api/do/${verb}?as=${as}`, {
          method: 'POST',
          headers: { origin: url, 'content-type': 'application/json' },
          body: JSON.stringify(input),
        }),
      ),
  };
}

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

/** The first event of a page's stream. */
async function firstState(url: string): Promise<StateView> {
  const abort = new AbortController();
  const response = await fetch(url, { signal: abort.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('\n\n')) break;
  }
  abort.abort();
  const data = /^data: (.*)$/m.exec(text)?.[1];
  if (!data) throw new Error(`The stream began with ${text.slice(0, 200)}`);
  return JSON.parse(data) as StateView;
}
