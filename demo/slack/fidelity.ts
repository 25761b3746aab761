/**
 * Where `emulate` answers other than Slack does and an app could come to rely on it, the answer is put right here: an unknown
 * token is refused, an unknown method is an error and not a 404, people have a time zone, message metadata is shown only when
 * asked for, each answer names the token's scopes, and three methods more are there. A page in a browser gets no answer at all.
 */
type Fetch = (request: Request) => Promise<Response>;

interface Options {
  /** What a token was granted; undefined for an unknown one. */
  readonly scopesOf: (token: string) => readonly string[] | undefined;
  /** Answers a method the emulator does not have; undefined for every other. */
  readonly missing: (token: string, method: string, args: JsonObject) => object | undefined;
  readonly timeZone: string;
}

interface JsonObject {
  readonly [field: string]: unknown;
}

/** Wraps the emulator's request handler. */
export function asSlackAnswers(fetch: Fetch, { scopesOf, missing, timeZone }: Options): Fetch {
  return async (request) => {
    if (request.headers.has('origin')) return new Response('Browsers are not served here.', { status: 403 });
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/api/')) return fetch(request);
    const method = pathname.slice('/api/'.length);
    const token = (request.headers.get('authorization') ?? '').replace(/^Bearer\s+/i, '');
    if (!token) return Response.json({ ok: false, error: 'not_authed' });
    const scopes = scopesOf(token);
    if (!scopes) return Response.json({ ok: false, error: 'invalid_auth' });

    const args = await argumentsOf(request.clone());
    const answer = missing(token, method, args);
    if (answer) return Response.json(answer);
    const response = await fetch(request);
    if (response.status === 404) return Response.json({ ok: false, error: 'unknown_method', req_method: method });
    response.headers.set('x-oauth-scopes', scopes.join(','));
    if (method === 'users.info' || method === 'users.list')
      return patched(response, (body) => withZone(body, timeZone));
    const showsMetadata = ['true', '1', true, 1].includes(args['include_all_metadata'] as string);
    if (/^conversations\.(history|replies)$/.test(method) && !showsMetadata) return patched(response, withoutMetadata);
    return response;
  };
}

async function argumentsOf(request: Request): Promise<JsonObject> {
  const text = await request.text();
  const isJson = request.headers.get('content-type')?.includes('application/json');
  return isJson ? (JSON.parse(text || '{}') as JsonObject) : Object.fromEntries(new URLSearchParams(text));
}

async function patched(response: Response, patch: (body: JsonObject) => JsonObject): Promise<Response> {
  const body = (await response.json()) as JsonObject;
  return Response.json(body['ok'] === true ? patch(body) : body, { status: response.status });
}

function withZone(body: JsonObject, timeZone: string): JsonObject {
  const zoned = (user: unknown) => ({
    ...(user as JsonObject),
    tz: timeZone,
    tz_label: timeZone,
    tz_offset: offset(timeZone),
  });
  return {
    ...body,
    ...(body['user'] ? { user: zoned(body['user']) } : {}),
    ...(Array.isArray(body['members']) ? { members: body['members'].map(zoned) } : {}),
  };
}

/** Seconds east of UTC, now. */
function offset(timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(Date.now()))
    .find((part) => part.type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60) : 0;
}

function withoutMetadata(body: JsonObject): JsonObject {
  const messages = body['messages'] as JsonObject[];
  return { ...body, messages: messages.map(({ metadata: _, ...message }) => message) };
}
