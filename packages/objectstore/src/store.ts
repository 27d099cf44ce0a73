import type { Readable } from 'node:stream';

/** What a store knows of an object. */
export type Stat = { key: string; bytes: number; etag?: string; modified?: Date };

/**
 * A bucket, or a folder. Keys are relative and use `/`.
 * Absent objects are values; everything else that goes wrong throws `StoreError` with a code.
 */
export type ObjectStore = {
  /** For messages: `s3://bucket/prefix` or the folder; never a secret. */
  readonly url: string;
  /** Stores a body in bounded memory. With `ifAbsent` an existing key is not overwritten and `stored: false` comes back. */
  put(
    key: string,
    body: Readable | Uint8Array | string,
    options?: { ifAbsent?: boolean; contentType?: string; signal?: AbortSignal },
  ): Promise<{ stored: boolean; bytes: number }>;
  get(key: string, options?: { signal?: AbortSignal }): Promise<Readable | undefined>;
  stat(key: string): Promise<Stat | undefined>;
  /** Every key below the prefix, in order. */
  list(prefix: string, options?: { limit?: number; signal?: AbortSignal }): AsyncIterable<Stat>;
  /** The names directly below the prefix that have something below them, without the trailing `/`. */
  folders(prefix: string): Promise<string[]>;
  delete(keys: readonly string[]): Promise<void>;
  /** A URL that reads the object without credentials for some seconds; undefined where a store cannot. */
  presign(key: string, seconds: number): Promise<string | undefined>;
  /**
   * A request that stores exactly the body of this SHA-256 (hex), once, without credentials; undefined where a store cannot.
   * `kmsKey` is the ARN of the key that the store encrypts it with.
   */
  presignPut(key: string, seconds: number, body: { sha256: string; kmsKey?: string | undefined }): Promise<SignedRequest | undefined>;
  /** Whether somebody without any credentials may read the object. */
  readableByAnyone(key: string, options?: { signal?: AbortSignal | undefined }): Promise<boolean>;
};

/** A request that carries its permission in its URL, and the headers that it must be sent with. */
export type SignedRequest = { url: string; headers: Readonly<Record<string, string>> };

/** Why a store refused: `bucket-missing`, `access-denied`, `bad-credentials`, `unreachable`, `tls`, `full`, `read-only`, `other`. */
export type StoreFault = 'bucket-missing' | 'access-denied' | 'bad-credentials' | 'unreachable' | 'tls' | 'full' | 'read-only' | 'other';

/** A store that could not do its work. The message names the store and the next step, never a secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;
  constructor(message: string, fault: StoreFault, cause?: unknown) {
    super(message, { cause });
    this.fault = fault;
  }
}
