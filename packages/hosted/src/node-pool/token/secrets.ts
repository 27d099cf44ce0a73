import { gzipSync } from 'node:zlib';
import { annotations, type Secret } from '@godwit/api';
import { hashOfBytes } from '../hash.ts';
import { type Bootstrap, userData } from './user-data.ts';

const base64 = (value: string | Uint8Array): string => Buffer.from(value as string).toString('base64');

/** Half of a token's life of eleven hours: then it is exchanged, and the one before still holds. */
export const ROTATE_AFTER_SECONDS = 5.5 * 3600;

/** What the Secrets of a pool's configuration are made of. `pool` is `namespace/name`. */
export type TokenParts = {
  namespace: string;
  pool: string;
  poolName: string;
  hash: string;
  upgradeType: string;
  release: { image: string; version: string };
  configuration: string;
  pullSecret: Uint8Array;
  trustBundle: string;
  osStream: string;
};

const secret = (namespace: string, name: string, marks: Record<string, string>, data: Record<string, string>): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name, annotations: marks },
  data,
});

/** Name of the Secret by which machines of this configuration prove themselves. */
export const tokenName = (poolName: string, hash: string): string => `token-${poolName}-${hash}`;

/** Name of the Secret that machines of this configuration start from. */
export const userDataName = (poolName: string, hash: string): string => `user-data-${poolName}-${hash}`;

/** The token Secret: the ignition server answers who shows its token with the configuration inside. */
export const tokenSecret = (parts: TokenParts, token: string, previous: string | undefined, generated: string): Secret =>
  secret(
    parts.namespace,
    tokenName(parts.poolName, parts.hash),
    {
      [annotations.ignitionConfig]: 'true',
      [annotations.nodePool]: parts.pool,
      [annotations.nodePoolUpgradeType]: parts.upgradeType,
      [annotations.lastTokenGeneration]: generated,
    },
    {
      token: base64(token),
      ...(previous === undefined ? {} : { old_token: base64(previous) }),
      release: base64(parts.release.image),
      'release-version': base64(parts.release.version),
      config: base64(base64(gzipSync(parts.configuration, { level: 9 }))),
      'pull-secret-hash': base64(hashOfBytes(parts.pullSecret)),
      'hc-configuration-hash': base64(parts.hash),
      'additional-trust-bundle-hash': base64(hashOfBytes(Buffer.from(parts.trustBundle))),
      'os-stream': base64(parts.osStream),
    },
  );

/** The user-data Secret, named as the bootstrap data of the pool's machines. */
export const userDataSecret = ({ namespace, poolName, hash, pool }: TokenParts, bootstrap: Omit<Bootstrap, 'pool' | 'target'>): Secret =>
  secret(
    namespace,
    userDataName(poolName, hash),
    { [annotations.nodePool]: pool },
    {
      value: base64(userData({ ...bootstrap, pool, target: hash })),
    },
  );
