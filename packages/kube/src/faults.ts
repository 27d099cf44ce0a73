import { ConnectionError } from './errors.ts';

type Fault = ConnectionError['fault'];
type Explanation = { codes: RegExp; fault: Fault; explain: (server: string, host: string) => string };

/** The first row whose codes match explains the fault; the order matters only for the catch-all at the end. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/,
    fault: 'refused',
    explain: (server) => `${server} refused the connection; check that the API server runs and that the address is right`,
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    fault: 'dns',
    explain: (server, host) => `${server}: the host name ${host} is not known; correct the server address or the DNS settings`,
  },
  {
    codes: /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/,
    fault: 'timeout',
    explain: (server) => `${server} did not answer in time; check the network, firewalls and the load of the API server`,
  },
  {
    codes:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_UNTRUSTED)$/,
    fault: 'tls',
    explain: (server) =>
      `${server}: x509: the server's certificate is signed by an unknown authority; add the CA (certificate-authority-data, spec.caBundle) or skip verification on purpose`,
  },
  {
    codes: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    fault: 'tls',
    explain: (server) =>
      `${server}: x509: the server's certificate is not valid at this time; renew it, or correct the clock of this machine`,
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    fault: 'tls',
    explain: (server, host) =>
      `${server}: x509: the server's certificate is not for ${host}; use a name that is in the certificate, or set tls-server-name`,
  },
  {
    codes: /^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO|CERT_|CRL_|HOSTNAME_|UND_ERR_PRX_TLS)/,
    fault: 'tls',
    explain: (server) => `${server}: the TLS handshake failed; check that the port speaks TLS and that the client certificate is accepted`,
  },
  {
    codes: /(?:)/,
    fault: 'reset',
    explain: (server) =>
      `${server}: the connection broke; try again, and look at the API server or the proxy before it if it happens often`,
  },
];

type Coded = { code?: unknown; cause?: unknown; errors?: unknown[]; message?: string };

/** The innermost system code tells most; undici and node wrap it in their own errors. */
const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause, errors } = error as Coded;
  return codeOf(cause) || codeOf(errors?.[0]) || (typeof code === 'string' ? code : '');
};

/** Says in words what went wrong between us and an API server, and what to try next. */
export const connectionFault = (server: string, cause: unknown): ConnectionError => {
  const code = codeOf(cause);
  const { fault, explain } = EXPLANATIONS.find(({ codes }) => codes.test(code)) as Explanation;
  const detail = cause instanceof Error && cause.message ? ` (${code || cause.name}: ${cause.message})` : '';
  return new ConnectionError(explain(server, new URL(server).hostname) + detail, { server, fault, cause });
};
