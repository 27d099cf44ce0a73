const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What a machine must know to fetch its configuration. */
export type Bootstrap = {
  /** Host and port of the Ignition server, as machines reach it. */
  endpoint: string;
  /** PEM of the authority of the Ignition server's certificate. */
  authority: string;
  token: string;
  /** `namespace/name` of the pool. */
  pool: string;
  /** The pool's configuration hash. */
  target: string;
};

/** The first configuration of a machine: Ignition 3.2.0 that only says where the real one is. It holds the token. */
export const userData = ({ endpoint, authority, token, pool, target }: Bootstrap): string =>
  JSON.stringify({
    ignition: {
      version: '3.2.0',
      config: {
        merge: [
          {
            source: `https://${endpoint}/ignition`,
            httpHeaders: [
              { name: 'Authorization', value: `Bearer ${base64(token)}` },
              { name: 'NodePool', value: pool },
              { name: 'TargetConfigVersionHash', value: target },
            ],
          },
        ],
      },
      security: { tls: { certificateAuthorities: [{ source: `data:text/plain;base64,${base64(authority)}` }] } },
    },
  });
