import { ReleaseError } from './release.ts';

/** Why an image could not be read, and what helps. Has no secret in it. */
export type Problem = { why: string; next: string };

/** Says that an image could not be read. */
export const releaseError = (image: string, { why, next }: Problem, cause?: unknown): ReleaseError =>
  new ReleaseError(`Release image ${image} cannot be read: ${why}. ${next}`, { cause });

/** An expected failure on the way to a release; it becomes a ReleaseError once the image's name is at hand. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly next: string;
  constructor({ why, next }: Problem) {
    super(why);
    this.next = next;
  }
}

type Coded = { code?: unknown; cause?: unknown; message?: unknown };

const codeOf = (error: unknown): string => {
  const { code, cause } = (error ?? {}) as Coded;
  return typeof code === 'string' && !code.startsWith('UND_ERR_SOCKET') ? code : cause ? codeOf(cause) : '';
};

const BY_CODE: readonly { codes: RegExp; problem: (host: string) => Problem }[] = [
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    problem: (host) => ({ why: `the host name of ${host} is not known`, next: 'Correct the name, or the DNS settings of the operator.' }),
  },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    problem: (host) => ({ why: `${host} refused the connection`, next: 'Check that the registry runs and that the address is right.' }),
  },
  {
    codes: /^(ETIMEDOUT|UND_ERR_.*TIMEOUT)$/,
    problem: (host) => ({ why: `${host} did not answer in time`, next: 'Check the network between the operator and the registry.' }),
  },
  {
    codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_UNTRUSTED)$/,
    problem: (host) => ({
      why: `the certificate of ${host} is signed by an unknown authority`,
      next: 'Put the authority into the ConfigMap of spec.additionalTrustBundle.',
    }),
  },
  {
    codes: /^(CERT_.*|ERR_TLS_.*|ERR_SSL_.*|EPROTO)$/,
    problem: (host) => ({
      why: `the TLS connection to ${host} failed`,
      next: 'Check the certificate of the registry, and that its port speaks TLS.',
    }),
  },
];

/** Explains why a host could not be talked to. */
export const connectionProblem = (host: string, error: unknown): Problem =>
  BY_CODE.find(({ codes }) => codes.test(codeOf(error)))?.problem(host) ?? {
    why: `the connection to ${host} broke`,
    next: 'It is tried again; look at the registry if it happens often.',
  };

/** Explains what a registry answered instead of what it was asked for. */
export const statusProblem = (host: string, status: number, signedIn: boolean): Problem => {
  if (status === 401 || status === 403)
    return {
      why: signedIn
        ? `${host} refused the credentials of the pull secret`
        : `${host} wants credentials, and the pull secret has none for it`,
      next: 'Correct the Secret of spec.pullSecret.',
    };
  if (status === 404) return { why: `${host} does not have it`, next: 'Correct spec.release.image, or push the image.' };
  return { why: `${host} answered with status ${status}`, next: 'It is tried again; look at the log of the registry.' };
};
