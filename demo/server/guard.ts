/**
 * Who may speak to the page server: a browser showing its own page, on this machine. The Host header defeats names that
 * resolve to 127.0.0.1 (DNS rebinding), Origin and Sec-Fetch-Site defeat other pages; a program without a browser has none.
 */

interface Headers {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
}

/** Why a request is refused, or undefined. `port` is the page's own. */
export function refusal(headers: Headers, { port, writes }: { port: number; writes: boolean }): string | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!headers.host || !hosts.includes(headers.host)) return `This page is served at http://127.0.0.1:${port} only.`;
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return 'Another page asked for this.';
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return 'Another page asked for this.';
  if (writes && headers.origin === undefined) return 'Only the page itself may do this: the Origin header is missing.';
  return undefined;
}

/** Headers of every answer. Styles of single elements come from the renderer of blocks. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
