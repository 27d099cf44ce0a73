/** The port of the tunnel on the server pod and on its Service. */
export const TUNNEL_PORT = 6443;

/** Name that a client demands in the server's certificate. */
export const SERVER_NAME = 'rsync-server';

/** Name that the server demands in a client's certificate. */
export const CLIENT_NAME = 'rsync-client';

/** Folder with stunnel.conf, the authority's certificate and this side's key pair. */
export const TUNNEL_FOLDER = '/etc/stunnel';

/** A proxy for outgoing connections. */
export type TunnelProxy = { host: string; user: string; password: string };

/** The address that clients connect to. */
export type Address = { host: string; port: number };

/**
 * Reads `scheme://[user:password@]host[:port]`; throws without naming credentials.
 * The password may hold any character but `@`, so the address is not left to a URL parser.
 */
export const parseProxy = (text: string): TunnelProxy => {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:(?<who>[^@/]*)@)?(?<host>\[[0-9a-fA-F:]+\]|[^@:/\s]+)(?<port>:\d{1,5})?\/?$/i.exec(text);
  if (!match?.groups) throw new Error('STUNNEL_TCP_PROXY is not a proxy address; write it as http://[user:password@]host[:port]');
  const { who = '', host = '', port = '' } = match.groups;
  const colon = who.indexOf(':');
  return {
    host: `${host}${port}`,
    user: decodeURIComponent(colon < 0 ? who : who.slice(0, colon)),
    password: decodeURIComponent(colon < 0 ? '' : who.slice(colon + 1)),
  };
};

// AES-128-GCM is what the processors do fastest; without the delay of Nagle's algorithm small files do not wait for each other.
const security = (peer: string): string[] => [
  'sslVersionMin = TLSv1.3',
  'ciphersuites = TLS_AES_128_GCM_SHA256',
  `cert = ${TUNNEL_FOLDER}/tls.crt`,
  `key = ${TUNNEL_FOLDER}/tls.key`,
  `CAfile = ${TUNNEL_FOLDER}/ca.crt`,
  'verifyChain = yes',
  `checkHost = ${peer}`,
  'socket = l:TCP_NODELAY=1',
  'socket = r:TCP_NODELAY=1',
  'TIMEOUTclose = 0',
];

const quiet = ['foreground = yes', 'pid =', 'syslog = no', 'debug = warning'];

/** stunnel.conf of the server: accepts clients of this transfer only and leads them to the daemon in the same pod. */
export const tunnelServerConfig = (): string =>
  [...quiet, '[rsync]', `accept = ${TUNNEL_PORT}`, 'connect = 2222', ...security(CLIENT_NAME), ''].join('\n');

const through = ({ host, port }: Address, proxy: TunnelProxy | undefined): string[] =>
  proxy === undefined
    ? [`connect = ${host}:${port}`]
    : [
        `connect = ${proxy.host}`,
        'protocol = connect',
        `protocolHost = ${host}:${port}`,
        ...(proxy.user === '' ? [] : [`protocolUsername = ${proxy.user}`]),
        ...(proxy.password === '' ? [] : [`protocolPassword = ${proxy.password}`]),
      ];

/** stunnel.conf of a client: rsync starts stunnel in place of a connection and speaks to it through standard input and output. */
export const tunnelClientConfig = (address: Address, proxy?: TunnelProxy): string =>
  [...quiet, 'output = /dev/stderr', 'client = yes', 'TIMEOUTconnect = 5', ...through(address, proxy), ...security(SERVER_NAME), ''].join(
    '\n',
  );
