/** The API server said no. `reason` is the server's own word, for instance NotFound, Conflict, Forbidden. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly reason: string;
  /** What went wrong in the server's words alone, without the request and the address; for texts that users keep. */
  readonly said: string;
  /** Seconds that the server asks to wait, from Retry-After. */
  readonly retryAfter: number | undefined;
  /** The details of the server's Status object, for instance causes. */
  readonly details: unknown;
  constructor(
    message: string,
    facts: { status: number; reason: string; said?: string; retryAfter?: number | undefined; details?: unknown },
  ) {
    super(message);
    this.said = facts.said ?? message;
    this.status = facts.status;
    this.reason = facts.reason;
    this.retryAfter = facts.retryAfter;
    this.details = facts.details;
  }
}

/** The API server could not be reached, or the connection broke; `hint` is the next thing to try. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  readonly server: string;
  /** What kind of fault: refused, timeout, tls, dns, reset, auth (an exec plugin or token file failed). */
  readonly fault: 'refused' | 'timeout' | 'tls' | 'dns' | 'reset' | 'auth';
  constructor(message: string, facts: { server: string; fault: ConnectionError['fault']; cause?: unknown }) {
    super(message, { cause: facts.cause });
    this.server = facts.server;
    this.fault = facts.fault;
  }
}

/** A kubeconfig that cannot be used: missing file, unknown context, malformed entry. */
export class KubeconfigError extends Error {
  override readonly name = 'KubeconfigError';
}

/** Whether the error is the API server's refusal for one of these reasons. */
export const isApiError = (error: unknown, ...reasons: string[]): error is ApiError =>
  error instanceof ApiError && (reasons.length === 0 || reasons.includes(error.reason));

/** Whether trying again later may help: lost connections, time-outs, throttling, server faults. */
export const isTransient = (error: unknown): boolean =>
  error instanceof ConnectionError
    ? error.fault !== 'tls' && error.fault !== 'auth'
    : error instanceof ApiError && (error.status === 409 || error.status === 429 || error.status >= 500);
