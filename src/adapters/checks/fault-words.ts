import { CouldNotTell, Failing, type Seen } from './look.ts';

/** What the codes of connections mean to people. The messages beside them quote addresses, and are not shown. */
const FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'broke off before the answer was whole',
  EPIPE: 'broke off before the answer was whole',
  EPROTO: 'does not speak TLS',
  HPE_INVALID_CONSTANT: 'does not speak HTTP',
  ENOTFOUND: 'has a name that nobody knows',
  EAI_AGAIN: 'has a name that could not be looked up',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  EADDRNOTAVAIL: 'cannot be reached',
  ETIMEDOUT: 'did not answer',
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
  CERT_NOT_YET_VALID: 'has a certificate that is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate nobody vouches for',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
};

/** Faults of our own, which say nothing about what was asked. */
const OURS: Readonly<Record<string, string>> = {
  EACCES: 'Mainstay may not read it',
  EPERM: 'Mainstay may not do this',
  EMFILE: 'Mainstay has too many files open',
};

/** A fault in words, and whether it is the fault of what was asked. Null for one nobody has met yet. */
export function seenFault(error: unknown): Seen | null {
  if (error instanceof CouldNotTell) return { answer: 'could-not-tell', detail: error.message, figures: {} };
  if (error instanceof Failing) return { answer: 'failing', detail: error.message, figures: {} };
  const code = codeOf(error);
  const fault =
    FAULTS[code] ?? (/^(ERR_SSL|ERR_TLS|HPE_)/.test(code) ? `does not answer as it should (${code})` : null);
  if (fault !== null) return { answer: 'failing', detail: fault, figures: {} };
  const own = OURS[code];
  return own === undefined ? null : { answer: 'could-not-tell', detail: own, figures: {} };
}

/** What is wrong with whom a certificate is for, or who vouches for it, by OpenSSL's code. */
export function certificateFault(code: string): string {
  return FAULTS[code] ?? `has a certificate that does not hold (${code})`;
}

/** Of several addresses that were tried, the first one's. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
