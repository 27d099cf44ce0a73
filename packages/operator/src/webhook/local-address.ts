import { connect } from 'node:net';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/** The address of this machine that connections to a server go out from: at it, a server without pods in between reaches back. */
export const localAddressTowards = async (server: string): Promise<string> => {
  const { hostname, port, protocol } = new URL(server);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (DEFAULT_PORTS[protocol] ?? 443) });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return socket.localAddress ?? '127.0.0.1';
  } finally {
    socket.destroy();
  }
};
