import { ApiError } from '../errors.ts';

type Status = {
  status?: string;
  message?: string;
  reason?: string;
  code?: number;
  details?: { causes?: { reason?: string; message?: string }[] };
};

/** The exit code in the status that ends an exec; throws ApiError when the command could not be run at all. */
export const exitCodeOf = (text: string, what: string): number => {
  const status = JSON.parse(text) as Status;
  if (status.status === 'Success') return 0;
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (cause) return Number(cause.message);
  throw new ApiError(`${status.message ?? 'the command could not be run'} (${what})`, {
    status: status.code ?? 500,
    reason: status.reason ?? 'InternalError',
    details: status.details,
  });
};
