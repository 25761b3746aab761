import type { BackupFile } from './manifest.ts';
import { DUMP_FILE, GLOBALS_FILE, MANIFEST_FILE } from './restore-notes.ts';

/** Where a copy of a backup lies. */
export type CopyPlace = 'here' | 'off-site';

/** A backup that is kept, as the log has it. */
export interface CopyExpected {
  readonly number: number;
  /** Its folder. */
  readonly id: string;
  /** As it was when it was sealed, hexadecimal. */
  readonly manifestSha256: string;
}

/** What reading a copy came to. */
export type CopyFound =
  /** Nothing of it is there. */
  | { readonly kind: 'missing' }
  /** Whoever keeps it did not let us read it to the end: of the copy nothing is known. */
  | { readonly kind: 'not-read'; readonly why: string }
  | {
      readonly kind: 'read';
      /** Null when there is none. */
      readonly manifestSha256: string | null;
      /** What the manifest says; null when it is none. */
      readonly says: { readonly files: readonly BackupFile[]; readonly recipients: readonly string[] } | null;
      /** Every file that was read, to its last byte. */
      readonly files: readonly BackupFile[];
      /** For how many recipients each encrypted file begins; null of one that begins like no age file. */
      readonly locks: Readonly<Record<string, number | null>>;
    };

interface CopyFault {
  readonly file: string;
  readonly what: string;
}

/**
 * `damaged`: it would not restore, or not as what it was. `unreadable`: nobody whose key is known could read it. `one-key`: one
 * key lost, and nobody could. `could-not-tell` is neither good nor bad, and never counts as good.
 */
export type CopyVerdict =
  | { readonly verdict: 'sound' }
  | { readonly verdict: 'missing' }
  | { readonly verdict: 'damaged'; readonly faults: readonly CopyFault[] }
  | { readonly verdict: 'unreadable'; readonly needs: readonly string[] }
  | { readonly verdict: 'one-key'; readonly needs: readonly string[] }
  | { readonly verdict: 'could-not-tell'; readonly why: string };

const ENCRYPTED = [DUMP_FILE, GLOBALS_FILE];
const LEAST_KEYS = 2;

/**
 * What is to be said of a copy after all of it was read. It needs no key: that the bytes are those that were sealed is shown by
 * their hashes, from the log to the manifest to the files; that somebody can read them, by the keys they were sealed for,
 * of which somebody says that they are kept. Whether a key really opens them only its holder can try.
 *
 * @param known recipients whose identities are kept, now or still
 */
export function judgeCopy(expected: CopyExpected, found: CopyFound, known: readonly string[]): CopyVerdict {
  if (found.kind === 'missing') return { verdict: 'missing' };
  if (found.kind === 'not-read') return { verdict: 'could-not-tell', why: found.why };
  const faults = faultsOf(expected, found);
  if (faults.length > 0 || found.says === null) return { verdict: 'damaged', faults };
  const { recipients } = found.says;
  const held = recipients.filter((recipient) => known.includes(recipient));
  if (held.length === 0) return { verdict: 'unreadable', needs: recipients };
  if (held.length < LEAST_KEYS) return { verdict: 'one-key', needs: recipients.filter((one) => !held.includes(one)) };
  return { verdict: 'sound' };
}

/** Whether it counts as a copy that can be relied upon. */
export function isGood({ verdict }: CopyVerdict): boolean {
  return verdict === 'sound' || verdict === 'one-key';
}

type Read = Extract<CopyFound, { kind: 'read' }>;

function faultsOf(expected: CopyExpected, { manifestSha256, says, files, locks }: Read): CopyFault[] {
  if (manifestSha256 === null) return [{ file: MANIFEST_FILE, what: 'it is not there' }];
  if (manifestSha256 !== expected.manifestSha256) {
    return [{ file: MANIFEST_FILE, what: 'it is not the one that was sealed' }];
  }
  if (says === null) return [{ file: MANIFEST_FILE, what: 'it cannot be read' }];
  const altered = says.files.flatMap((said): CopyFault[] => {
    const what = difference(
      said,
      files.find(({ name }) => name === said.name),
    );
    return what === null ? [] : [{ file: said.name, what }];
  });
  const keys = ENCRYPTED.flatMap((file): CopyFault[] => {
    const count = locks[file];
    if (altered.some((fault) => fault.file === file) || count === says.recipients.length) return [];
    const what =
      count === null || count === undefined
        ? 'it is not encrypted by age'
        : `it is locked for ${count} keys, and its manifest names ${says.recipients.length}`;
    return [{ file, what }];
  });
  return [...altered, ...keys];
}

function difference(said: BackupFile, found: BackupFile | undefined): string | null {
  if (found === undefined) return 'it is not there';
  if (found.bytes !== said.bytes) return `it has ${found.bytes} bytes and was written with ${said.bytes}`;
  return found.sha256 === said.sha256 ? null : 'its bytes are not those that were written';
}
