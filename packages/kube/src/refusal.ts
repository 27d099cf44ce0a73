import { ApiError } from './errors.ts';

/** An answer of the server, read whole. */
export type Answer = { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; text: string };

type Status = { kind?: string; message?: string; reason?: string; details?: unknown };

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Gone',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const statusIn = (text: string): Status | undefined => {
  try {
    const parsed = JSON.parse(text) as Status | null;
    return parsed?.kind === 'Status' ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** Seconds that an answer asks to wait, from its Retry-After header: a number of seconds or a date. */
export const retryAfterOf = (headers: Answer['headers'], now: () => number = Date.now): number | undefined => {
  const value = [headers['retry-after']].flat()[0];
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now()) / 1000);
};

/** What an unauthorized client should do is not in the server's words. */
const HINTS: Readonly<Record<number, string>> = {
  401: '; the credentials are missing, wrong or expired: log in again or renew the token',
};

/** Turns an answer that is no success into the error that carries the server's own reason and message. */
export const refusal = (answer: Answer, request: string): ApiError => {
  const status = statusIn(answer.text);
  const plain = answer.text.trim().slice(0, 200) || `HTTP status ${answer.status}`;
  const said = `${status?.message || plain}${HINTS[answer.status] ?? ''}`;
  return new ApiError(`${said} (${request})`, {
    said,
    status: answer.status,
    reason: status?.reason || REASONS[answer.status] || 'Unknown',
    retryAfter: retryAfterOf(answer.headers),
    details: status?.details,
  });
};

/** Parses the JSON of a success; what is not JSON did not come from an API server. */
export const parsedAnswer = <T>(answer: Answer, request: string): T => {
  try {
    return JSON.parse(answer.text) as T;
  } catch {
    throw new ApiError(`the answer is not JSON; check that the address is that of an API server and not of a login page (${request})`, {
      status: answer.status,
      reason: 'InvalidAnswer',
    });
  }
};
