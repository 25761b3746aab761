import { createServer, type RequestListener, type Server } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from '../../usecases/log.ts';
import { presents } from './bearer.ts';
import { describeErrors, SAFE_HEADERS } from './errors.ts';
import { type HealthSource, healthRoutes } from './health.ts';

/** Slack sends everything to this path in HTTP mode. */
const SLACK_PATH = '/slack/events';

/** Largest body of our own routes, in bytes: a grown Alertmanager group is a quarter of it. Slack's is Bolt's, 4 MB. */
const BODY_LIMIT = 1024 * 1024;

/** A request must have arrived whole within this time, in milliseconds; a slow sender cannot hold a connection longer. */
const REQUEST_TIMEOUT = 30_000;
const HEADERS_TIMEOUT = 10_000;

/** What `/metrics` shows, and what hears of every request. */
interface MetricsSource {
  readonly contentType: string;
  text(): Promise<string>;
  /** What whoever reads them must present as a bearer token; null: everybody who gets here may. */
  readonly token: string | null;
  answered(route: string, method: string, status: number, seconds: number): void;
}

/** Methods that are counted under their own names. */
const METHODS = ['GET', 'HEAD', 'POST'];

export interface HttpServerOptions {
  /** Bolt's receiver in HTTP mode; null in Socket Mode. */
  readonly slack: RequestListener | null;
  readonly health: HealthSource;
  readonly metrics: MetricsSource;
  readonly log: Logger;
  /** Webhooks, pages and whatever else lives on the same port. */
  readonly routes?: readonly ((server: FastifyInstance) => void | Promise<void>)[];
}

/**
 * The one HTTP server of both modes, not yet listening. Only `POST /slack/events` reaches Bolt's receiver, and only when there
 * is one: the receiver throws out of the request on anything else, which would end the process.
 */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { slack, health, metrics, log, routes = [] } = options;
  const server = Fastify({
    bodyLimit: BODY_LIMIT,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    serverFactory: (own): Server => {
      const listener: RequestListener = slack
        ? (request, response) => (isForSlack(request.method, request.url) ? slack : own)(request, response)
        : own;
      return createServer({ requestTimeout: REQUEST_TIMEOUT, headersTimeout: HEADERS_TIMEOUT }, listener);
    },
  });
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(SAFE_HEADERS);
  });
  server.addHook('onResponse', async (request, reply) => {
    // The pattern, never the address: a series for every address anybody thinks of would fill the memory.
    const method = METHODS.includes(request.method) ? request.method : 'other';
    metrics.answered(request.routeOptions.url ?? 'none', method, reply.statusCode, reply.elapsedTime / 1000);
  });
  describeErrors(server, log, slack ? [{ path: SLACK_PATH, method: 'POST' }] : []);
  healthRoutes(server, health, log);
  server.get('/metrics', async (request, reply) => {
    const { token } = metrics;
    if (token !== null && !presents(request.headers.authorization, token)) {
      const message = 'Present METRICS_TOKEN as a bearer token.';
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'unauthorized', message });
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
  for (const register of routes) await register(server);
  return server;
}

/** What comes in is read with zod: without this fastify reads two compilers of JSON schemas at the start, for nothing. */
const noSchemas = () => {
  throw new Error('A route here has no schema of fastify; zod reads what comes in.');
};

/** Starts listening and returns the port. @throws an error that says which address is taken or not allowed. */
export async function listen(server: FastifyInstance, at: { host: string; port: number }): Promise<number> {
  try {
    await server.listen(at);
  } catch (error) {
    throw new Error(
      `Cannot listen on ${at.host}:${at.port}: ${listenFault(error)} Set PORT and HOST to a free address.`,
      {
        cause: error,
      },
    );
  }
  const [address] = server.addresses();
  return typeof address === 'object' ? address.port : at.port;
}

function listenFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'another program is listening there.';
  if (code === 'EACCES') return 'this user may not listen there.';
  return `${error instanceof Error ? error.message : String(error)}.`;
}

function isForSlack(method: string | undefined, url: string | undefined): boolean {
  return method === 'POST' && (url === SLACK_PATH || url?.startsWith(`${SLACK_PATH}?`) === true);
}
