/**
 * Where `emulate` answers other than Slack does and an app could come to rely on it, the answer is put right here: an unknown
 * token is refused, an unknown method is an error and not a 404, people have a time zone, message metadata is shown only when
 * asked for, and what the app posted carries its bot and app ids. A page in a browser gets no answer at all.
 */
type Fetch = (request: Request) => Promise<Response>;

interface Options {
  readonly isKnownToken: (token: string) => boolean;
  readonly timeZone: string;
}

interface JsonObject {
  [field: string]: unknown;
}

/** Wraps the emulator's request handler. */
export function asSlackAnswers(fetch: Fetch, { isKnownToken, timeZone }: Options): Fetch {
  return async (request) => {
    if (request.headers.has('origin')) return new Response('Browsers are not served here.', { status: 403 });
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/api/')) return fetch(request);
    const method = pathname.slice('/api/'.length);
    const token = (request.headers.get('authorization') ?? '').replace(/^Bearer\s+/i, '');
    if (!token) return Response.json({ ok: false, error: 'not_authed' });
    if (!isKnownToken(token)) return Response.json({ ok: false, error: 'invalid_auth' });

    const asksMetadata = /^conversations\.(history|replies)$/.test(method) && (await wantsMetadata(request.clone()));
    const response = await fetch(request);
    if (response.status === 404) return Response.json({ ok: false, error: 'unknown_method', req_method: method });
    if (method === 'users.info' || method === 'users.list')
      return patched(response, (body) => withZone(body, timeZone));
    if (/^conversations\.(history|replies)$/.test(method) && !asksMetadata) return patched(response, withoutMetadata);
    return response;
  };
}

async function wantsMetadata(request: Request): Promise<boolean> {
  const text = await request.text();
  const isJson = request.headers.get('content-type')?.includes('application/json');
  const value = isJson
    ? (JSON.parse(text || '{}') as JsonObject)['include_all_metadata']
    : new URLSearchParams(text).get('include_all_metadata');
  return ['true', '1', true, 1].includes(value as string);
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
