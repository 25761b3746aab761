import type { CaaRecord, MxRecord, SoaRecord, SrvRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { samenessProblem } from '../../domain/health/sameness.ts';
import type { DnsQuestion } from '../../domain/spec/check-questions.ts';
import { codeOf } from './fault-words.ts';
import { CouldNotTell, Failing, failing, type Look, ok } from './look.ts';

/** What a name stands for, asked anew: no cache of this machine is between. */
export const lookAtDns: Look<'dns'> = async (check, { signal }) => {
  const found = await resolved(check, check.timeout, signal).catch((error) => {
    throw told(error, check);
  });
  const figures = { answers: found.length };
  if (check.answers.length === 0) return ok(found.length === 1 ? '1 answer' : `${found.length} answers`, figures);
  const right = { name: 'the spec', words: check.answers.map(plain) };
  const problem = samenessProblem([right, { name: 'the answer', words: found.map(plain) }]);
  return problem === null ? ok('answers as it should', figures) : failing(problem, figures);
};

async function resolved({ name, record, resolver: server }: DnsQuestion, timeout: number, signal: AbortSignal) {
  const resolver = new Resolver({ timeout, tries: 1 });
  if (server !== undefined) resolver.setServers([server]);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await ASK[record](resolver, name);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const ASK: Record<DnsQuestion['record'], (resolver: Resolver, name: string) => Promise<string[]>> = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CAA: async (resolver, name) => (await resolver.resolveCaa(name)).map(caaWords),
  CNAME: (resolver, name) => resolver.resolveCname(name),
  MX: async (resolver, name) => (await resolver.resolveMx(name)).map(mxWords),
  NS: (resolver, name) => resolver.resolveNs(name),
  PTR: (resolver, name) => resolver.resolvePtr(name),
  SOA: async (resolver, name) => [soaWords(await resolver.resolveSoa(name))],
  SRV: async (resolver, name) => (await resolver.resolveSrv(name)).map(srvWords),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((chunks) => chunks.join('')),
};

// As zone files write them.
const mxWords = ({ priority, exchange }: MxRecord) => `${priority} ${exchange}`;
const srvWords = ({ priority, weight, port, name }: SrvRecord) => `${priority} ${weight} ${port} ${name}`;
const soaWords = ({ nsname, hostmaster, serial }: SoaRecord) => `${nsname} ${hostmaster} ${serial}`;
function caaWords({ critical, ...tags }: CaaRecord): string {
  // Node adds what kind of record it is.
  const [tag, value] = Object.entries(tags).find(([name]) => name !== 'type') ?? [];
  return `${critical} ${tag} ${value}`;
}

/** Names are the same in any case, with or without their last dot. */
const plain = (answer: string) => answer.toLowerCase().replace(/\.$/, '');

const FAULTS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'does not exist (NXDOMAIN)',
  ENODATA: 'has no record of this kind',
  ESERVFAIL: 'cannot be resolved: the server failed (SERVFAIL)',
  EREFUSED: 'cannot be resolved: the server refuses to say',
  EBADRESP: 'has an answer that makes no sense',
};
const NOBODY: Readonly<Record<string, string>> = {
  ETIMEOUT: 'the resolver did not answer',
  ECONNREFUSED: 'no resolver listens',
};

/** A resolver of this machine that is gone says nothing about the name; one that the spec names does. */
function told(error: unknown, { resolver, name }: DnsQuestion): unknown {
  const code = codeOf(error);
  const fault = FAULTS[code];
  if (fault !== undefined) return new Failing(`${name} ${fault}`);
  const gone = NOBODY[code];
  if (gone === undefined) return error;
  return resolver === undefined ? new CouldNotTell(gone) : new Failing(gone);
}
