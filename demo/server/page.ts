/** The page server: the page's files, its live stream, its reads and its verbs, and the response_urls the app answers to. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import { z } from 'zod';
import type { ClientView } from '../show/client-view.ts';
import type { Persona } from '../slack/workspace.ts';
import { PERSONAS } from '../slack/workspace.ts';
import { TIME_STEPS } from '../time/steps.ts';
import type { Traveller } from '../time/traveller.ts';
import { VERBS } from '../verbs/index.ts';
import type { Stage } from '../verbs/stage.ts';
import { channelFor, Refused } from '../verbs/stage.ts';
import { refusal, SECURITY_HEADERS } from './guard.ts';
import type { Streams } from './streams.ts';

const PAGE = fileURLToPath(new URL('../page/', import.meta.url));

/** What of a request the app's own pages look at. */
const PASSED_ON = ['accept', 'if-none-match', 'if-modified-since'];
/** What fetch has taken care of already. */
const HOP_BY_HOP = new Set(['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding']);

interface PageServer {
  /** Says where the app listens: what the page does not serve is asked of it. */
  appIsAt(url: string): void;
  close(): Promise<void>;
}

/**
 * Serves the page on a loopback address.
 * @throws a sentence when the port is taken
 */
export async function servePage(o: {
  stage: Stage;
  view: ClientView;
  streams: Streams;
  time: Traveller;
  /** What people do waits for this: while the history is played the clock shows its time, not theirs. */
  settled: () => Promise<void>;
  hostname: string;
  port: number;
}): Promise<PageServer> {
  const { stage, view, streams } = o;
  const server = fastify({ forceCloseConnections: true, bodyLimit: 4 * 1024 * 1024 });

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    if (isFromProgram(request)) return;
    const refused = refusal(request.headers, { port: o.port, writes: request.method !== 'GET' });
    if (refused) await reply.code(403).type('text/plain').send(refused);
  });
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refused) return reply.code(422).send({ error: error.message });
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) });
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500)
      process.stderr.write(`The demo failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    return reply
      .code(status)
      .send({ error: status >= 500 ? 'The demo itself failed; its terminal says why.' : 'Not understood.' });
  });

  await server.register(fastifyStatic, { root: PAGE, prefix: '/page/', index: false, cacheControl: false });
  const index = (_request: FastifyRequest, reply: FastifyReply) => reply.sendFile('index.html', PAGE);
  server.get('/', index);
  server.get('/archives/*', index);
  server.get('/favicon.ico', (_request, reply) => reply.sendFile('img/mainstay.svg', PAGE));
  server.get('/page/renderer.css', (_request, reply) => reply.type('text/css').send(rendererStyles()));

  server.get('/pictures/:file', (request, reply) => {
    const { file } = z.object({ file: z.string() }).parse(request.params);
    const found = stage.emulator.table('files').findOneBy('file_id', file);
    if (!found?.mimetype.startsWith('image/'))
      return reply.code(404).type('text/plain').send('There is no such picture.');
    return reply.type(found.mimetype).send(Buffer.from(found.content_base64 ?? '', 'base64'));
  });

  server.get('/api/stream', (request, reply) => {
    const person = personOf(request);
    reply.hijack();
    streams.open(person.id, reply.raw);
  });
  server.get('/api/conversation', (request) => {
    const person = personOf(request);
    const { channel, before } = z.object({ channel: z.string(), before: z.string().optional() }).parse(request.query);
    return view.conversation(channelFor(stage, person, channel).channel_id, person.id, before);
  });
  server.get('/api/thread', (request) => {
    const person = personOf(request);
    const { channel, ts } = z.object({ channel: z.string(), ts: z.string() }).parse(request.query);
    return { messages: view.thread(channelFor(stage, person, channel).channel_id, person.id, ts) };
  });
  server.post('/api/do/:verb', async (request) => {
    const { verb = '' } = request.params as { verb?: string };
    const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (!run) throw new Refused(`The page knows no verb "${verb}".`);
    await o.settled();
    return run(stage, personOf(request), request.body);
  });

  server.post('/api/time/:step', async (request) => {
    const { step } = z.object({ step: z.enum([...TIME_STEPS, 'stop']) }).parse(request.params);
    await o.settled();
    if (step === 'stop') await o.time.halt();
    else if (!o.time.go(step)) throw new Refused('The clock is being moved already. Stop it first.');
    return o.time.view();
  });

  // Mainstay's own pages, such as the calendars it gives links to.
  let app: string | undefined;
  server.setNotFoundHandler(async (request, reply) => {
    if (app === undefined || !['GET', 'HEAD'].includes(request.method))
      return reply.code(404).send({ error: 'Nothing is here.' });
    const headers = Object.fromEntries(PASSED_ON.flatMap((name) => [[name, String(request.headers[name] ?? '')]]));
    const answer = await fetch(new URL(request.url, app), { method: request.method, headers, redirect: 'manual' });
    return reply
      .code(answer.status)
      .headers(Object.fromEntries([...answer.headers].filter(([name]) => !HOP_BY_HOP.has(name))))
      .send(Buffer.from(await answer.arrayBuffer()));
  });

  // Alerts, as a monitoring system would send them to the app.
  server.post('/hooks/:source', async (request, reply) => {
    if (app === undefined) return reply.code(503).send({ error: 'The app is not up yet.' });
    const { source } = z.object({ source: z.string() }).parse(request.params);
    const answer = await fetch(new URL(`/hooks/${encodeURIComponent(source)}`, app), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' },
      body: JSON.stringify(request.body),
      redirect: 'manual',
    });
    return reply
      .code(answer.status)
      .type('application/json')
      .send(await answer.text());
  });

  // The app posts here, in the encodings Slack takes; so does its upload of files.
  server.register(async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    app.post('/response/:token', async (request, reply) => {
      const { token } = request.params as { token: string };
      const answer = await stage.replies.receive(token, String(request.body));
      return reply.code(answer.status).type('text/plain').send(answer.body);
    });
    const forward = async (request: FastifyRequest, reply: FastifyReply) => {
      const answer = await stage.emulator.fetch(
        new Request(`http://127.0.0.1${request.url}`, {
          method: request.method,
          headers: {
            'content-type': request.headers['content-type'] ?? '',
            authorization: request.headers.authorization ?? '',
          },
          ...(request.body instanceof Buffer ? { body: new Uint8Array(request.body) } : {}),
        }),
      );
      return reply
        .code(answer.status)
        .type(answer.headers.get('content-type') ?? 'text/plain')
        .send(Buffer.from(await answer.arrayBuffer()));
    };
    app.post('/upload/v1/*', forward);
    app.get('/files-pri/*', forward);
  });

  try {
    await server.listen({ host: o.hostname, port: o.port });
  } catch (cause) {
    await server.close();
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw new Error(`Port ${o.port} is taken by another program: stop it, or start the demo with PORT=3100.`, {
        cause,
      });
    throw cause;
  }
  return {
    appIsAt: (url) => {
      app = url;
    },
    close: () => server.close(),
  };
}

/** Programs send neither Origin nor cookies: the app, whose addresses cannot be guessed, and those who tell of alerts, with a secret. */
function isFromProgram(request: FastifyRequest): boolean {
  return /^\/(response|upload|hooks)\//.test(request.url) && request.headers.origin === undefined;
}

function personOf(request: FastifyRequest): Persona {
  const { as } = z.object({ as: z.string() }).parse(request.query);
  const person = PERSONAS.find(({ id }) => id === as);
  if (!person) throw new Refused('You can act as Alice, Bob or Charlie.');
  return person;
}

/** The styles of `slack-blocks-to-jsx`, which address one element by id; a page shows many messages, so it becomes a class. */
function rendererStyles(): string {
  const file = fileURLToPath(new URL('style.css', import.meta.resolve('slack-blocks-to-jsx')));
  return readFileSync(file, 'utf8').replaceAll('#slack_blocks_to_jsx', '.blocks');
}
