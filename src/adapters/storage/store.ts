/** What a store says of one file of it. */
export interface StoredFile {
  /** Below the root of the store: `orders/20260301T010000Z-0001/dump.zst.age`. */
  readonly path: string;
  readonly bytes: number;
}

export interface FileHead {
  readonly bytes: number;
  /** CRC-32 of the whole file, base64, as the store itself computed it; null from one that does not say. */
  readonly crc32: string | null;
}

/** A file here that is to lie there as well. */
export interface FileToPut {
  readonly from: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Somewhere else, where backups lie a second time: a bucket, or a folder of another machine. Nothing in it is ever written
 * over. Every call ends within a bounded time.
 *
 * Each throws StoreFailed.
 */
export interface Store {
  /** Everything below `prefix`, which is a path with a slash at its end; in the order of their paths. */
  list(prefix: string): Promise<readonly StoredFile[]>;
  /** Null when there is none. */
  head(path: string): Promise<FileHead | null>;
  /**
   * @param keepUntil where the store offers it, nobody without a special right can take the file away before
   * @returns until when it is locked; null where that is not offered
   * @throws StoreFailed `occupied` when something lies there
   */
  put(path: string, file: FileToPut, keepUntil: Date | null, stop: AbortSignal): Promise<Date | null>;
  /** Its bytes; a connection that breaks in between is taken up where it broke. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Takes one away that may not be there. */
  remove(path: string): Promise<void>;
  /** Ends uploads that nobody finished, begun before then. @returns how many; null where the store cannot say which there are */
  sweep(before: Date): Promise<number | null>;
}

/**
 * `refused`: it does not let us, and asking again is of no use. `absent`: there is no such file, or no such store.
 * `occupied`: something else lies there. `unreachable`: it did not answer, or not well; later it may.
 */
export type StoreFault = 'refused' | 'absent' | 'occupied' | 'unreachable';

/** The store did not do what it was asked, and this is why. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
