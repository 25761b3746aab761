/** One kind of thing that must not be written, and what stands in its place. */
interface Rule {
  pattern: RegExp;
  mark: string;
}

// Every repetition is bounded or starts at a fixed border: these run over text that strangers send us.
const KEYS: readonly Rule[] = [
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    mark: '[private key]',
  },
];

const TOKENS: readonly Rule[] = [
  // Slack: bot, user, refresh, configuration and app tokens.
  { pattern: /\bxox[a-z](?:\.xox[a-z])?-[\w-]+|\bxapp-[\w-]+/gi, mark: '[token]' },
  // Slack: whoever has a response or webhook address can post with it.
  { pattern: /(https:\/\/hooks\.slack\.com\/)[^\s"'<>|]+/gi, mark: '$1[token]' },
  // GitHub, GitLab, npm, AWS, Google, Stripe, and JSON web tokens.
  {
    pattern:
      /\b(?:gh[a-z]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|npm_\w{16,}|AKIA[A-Z0-9]{12,}|AIza[\w-]{20,}|[rs]k_(?:live|test)_\w{8,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/g,
    mark: '[token]',
  },
];

const CREDENTIALS: readonly Rule[] = [
  // To the end of the line: these headers may hold several values.
  {
    pattern: /\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s{0,3}[:=]\s{0,3}["']?)[^"'\r\n]+/gi,
    mark: '$1$2[secret]',
  },
  { pattern: /\b(bearer\s{1,3})[\w.~+/=-]{6,}/gi, mark: '$1[secret]' },
  // base64, which looks like no word: it has a digit or "=", or mixes its letters otherwise than "Information" does.
  {
    pattern: /\b((?:[Bb]asic|BASIC)\s{1,3})(?=[\w+/]*(?:[\d=]|[a-z][A-Z]|[A-Z]{2}[a-z]))[\w+/]{8,}={0,2}/g,
    mark: '$1[secret]',
  },
  // user:password@host in any address, also when the password itself contains "@" or "/".
  { pattern: /(:\/\/[^\s:/@"'<>]{0,200}:)[^\s"'<>]{1,500}@/g, mark: '$1[secret]@' },
  { pattern: /(:\/\/)[^\s:/@"'<>]{1,500}@/g, mark: '$1[secret]@' },
  // name=value and "name": "value" where the name ends in one of these words.
  {
    pattern:
      /(?<![\w-])([\w-]{0,60}(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signature)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"'&,;)}\]]+/gi,
    mark: '$1[secret]',
  },
];

const PEOPLE: readonly Rule[] = [
  {
    pattern: /(?<![\p{L}\p{N}])[\p{L}\p{N}._%+'-]{1,64}(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu,
    mark: '[email]',
  },
  // After a word that announces one, digits in any grouping.
  {
    pattern:
      /\b((?:tel|telephone|phone|mobile|cell|fax)(?:[ _-]?(?:number|no|nr))?["'.]{0,2}\s{0,3}[:=#]?\s{0,3}["']?)\(?\+?\d[\d ()./-]{4,22}\d/gi,
    mark: '$1[phone]',
  },
  // International: "+" and 8 to 15 digits. An offset such as +02:00 or +0200 is too short.
  { pattern: /(?<![\w+])\+(?:[ .()/-]{0,2}\d){8,15}(?![\d:])/g, mark: '[phone]' },
  { pattern: /(?<![\w.:+-])00[1-9](?:[ .()/-]{0,2}\d){8,13}(?![\w:]|[.-]\d)/g, mark: '[phone]' },
  // North American: 3-3-4 with one separator throughout, which no date, address or id of ours has.
  {
    pattern: /(?<![\w.:-])(?:1[ .-])?(?:\(\d{3}\) ?\d{3}[ .-]|\d{3}([ .-])\d{3}\1)\d{4}(?![\w:]|[.-]\d)/g,
    mark: '[phone]',
  },
  // National with a leading 0: 9 to 11 digits. Dates have 8; our ids and Slack's never begin with 0.
  { pattern: /(?<![\w.:+-])\(?0[1-9](?:[ ./)(-]{0,2}\d){7,9}(?![\w:]|[.-]\d)/g, mark: '[phone]' },
];

const RULES = [...KEYS, ...TOKENS, ...CREDENTIALS, ...PEOPLE];

/** A shorter secret would take ordinary words out of the log; such a password protects nothing anyway. */
const SHORTEST_SECRET = 6;

/**
 * The text without secrets, tokens, private keys, e-mail addresses and phone numbers. What identifies a thing and not
 * a person stays: times, Slack timestamps, ids, IP addresses, digests.
 *
 * @param secrets values known to be secret, taken out wherever they appear, also URL-encoded.
 */
export function redactText(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    clean = clean.replaceAll(secret, '[secret]').replaceAll(encodeURIComponent(secret), '[secret]');
  }
  for (const { pattern, mark } of RULES) clean = clean.replace(pattern, mark);
  return clean;
}

const SECRET_WORDS = new Set(
  'token tokens secret secrets password passwords passwd passphrase pwd authorization cookie cookies credential credentials signature email emails phone phones telephone mobile fax'.split(
    ' ',
  ),
);
const SECRET_PAIRS = new Set(
  'api key,private key,access key,signing key,encryption key,phone number,mobile number,email address,e mail,response url,trigger id'.split(
    ',',
  ),
);

/** True where a field's name says that its value must not be written: `botToken`, `X-Api-Key`, `user_email`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return SECRET_WORDS.has(words.at(-1) ?? '') || SECRET_PAIRS.has(words.slice(-2).join(' '));
}
