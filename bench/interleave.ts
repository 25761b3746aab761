import type { BenchChild } from './child.ts';
import { load, type RawRequest } from './load.ts';
import { median } from './table.ts';

const ROUNDS = 5;

export interface Peer {
  readonly name: string;
  readonly child: BenchChild;
  /** Fresh requests for one round: request keys must not repeat. */
  requests(round: number): RawRequest[];
}

export interface Measured {
  readonly perSecond: number;
  readonly cpuPerOperation: number;
  readonly p50: number;
  readonly p99: number;
}

/** Both peers in turn, round after round after one warm-up each, so that what disturbs the machine disturbs both. */
export async function interleave(a: Peer, b: Peer, connections: number): Promise<{ ours: Measured; theirs: Measured }> {
  const rounds = { a: [] as Measured[], b: [] as Measured[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const measured = { a: await once(a, round, connections), b: await once(b, round, connections) };
    if (round === 0) continue;
    rounds.a.push(measured.a);
    rounds.b.push(measured.b);
  }
  return { ours: medians(rounds.a), theirs: medians(rounds.b) };
}

async function once(peer: Peer, round: number, connections: number): Promise<Measured> {
  const requests = peer.requests(round);
  const before = await peer.child.usage();
  const result = await load(peer.child.port, requests, connections);
  const after = await peer.child.usage();
  if (result.failed > 0) throw new Error(`${peer.name}: ${result.failed} of ${result.requests} answers were not 2xx`);
  return {
    perSecond: result.perSecond,
    cpuPerOperation: (after.cpu - before.cpu) / result.requests,
    p50: result.p50,
    p99: result.p99,
  };
}

function medians(rounds: readonly Measured[]): Measured {
  const of = (pick: (measured: Measured) => number) => median(rounds.map(pick));
  return {
    perSecond: of((m) => m.perSecond),
    cpuPerOperation: of((m) => m.cpuPerOperation),
    p50: of((m) => m.p50),
    p99: of((m) => m.p99),
  };
}
