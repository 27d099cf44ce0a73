import { ApiError, ConnectionError, KubeconfigError } from '@godwit/kube';
import { SettingError } from '@godwit/operator';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

const connectionReasons = {
  refused: 'ServerUnreachable',
  timeout: 'ServerUnreachable',
  dns: 'ServerUnreachable',
  reset: 'ServerUnreachable',
  tls: 'CertificateNotTrusted',
  auth: 'CredentialsUnusable',
} as const;

const connectionNext = {
  refused: 'kubectl cluster-info, to see whether the server is up',
  timeout: 'kubectl cluster-info, to see whether the server is up',
  dns: 'kubectl config view, to see whether the address is right',
  reset: 'the command again',
  tls: 'kubectl config set-cluster NAME --certificate-authority=FILE, with the authority of this server',
  auth: 'kubectl auth whoami, to see what the credentials give',
} as const;

const fromApi = (what: string, error: ApiError): Failure => {
  const why = error.message;
  if (error.status === 401)
    return new Failure(what, {
      reason: 'Unauthorized',
      why: `the credentials are wrong or have expired: ${why}`,
      next: 'log in again, then kubectl auth whoami',
    });
  if (error.status === 403)
    return new Failure(what, { reason: error.reason, why, next: 'kubectl auth can-i --list, to see what you may do' });
  return new Failure(what, { reason: error.reason, why });
};

/** Makes a failure of anything that was thrown; `what` says what could not be done. */
export const explainError = (what: string, error: unknown): Failure => {
  if (error instanceof Failure) return error;
  if (error instanceof KubeconfigError)
    return new Failure(what, { reason: 'KubeconfigUnusable', why: error.message, next: 'kubectl config get-contexts' });
  if (error instanceof ConnectionError)
    return new Failure(what, { reason: connectionReasons[error.fault], why: error.message, next: connectionNext[error.fault] });
  if (error instanceof ApiError) return fromApi(what, error);
  if (error instanceof SettingError) return new Failure(what, { reason: 'SettingInvalid', why: error.message, exitCode: exitCodes.usage });
  const why = error instanceof Error ? error.message : String(error);
  return new Failure(what, { reason: 'Unexpected', why, next: 'the command again with -v' });
};
