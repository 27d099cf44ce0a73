import { timingSafeEqual } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { annotations, type Secret } from '@godwit/api';
import { fileOf, type IgnitionConfig, mergeConfigs } from './config.ts';
import { renderConfiguration } from './render.ts';

/** What a machine shows to get its configuration: the headers of its user data. */
export type Claim = { token: string; pool: string; target: string };

const decode = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();

const header = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : '');

/** Reads a claim out of a request; undefined when a header is missing or malformed. */
export const claimOf = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): Claim | undefined => {
  const [, bearer] = /^Bearer ([A-Za-z0-9+/=]+)$/.exec(header(headers.authorization)) ?? [];
  const claim = {
    token: decode(bearer),
    pool: header(headers.nodepool),
    target: header(headers.targetconfigversionhash),
  };
  return claim.token !== '' && claim.pool !== '' && claim.target !== '' ? claim : undefined;
};

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const notExpired = ({ metadata }: Secret, now: Date): boolean => {
  const expires = metadata.annotations?.[annotations.ignitionTokenExpiration];
  return expires === undefined || Date.parse(expires) > now.getTime();
};

/** The token Secret that proves a claim: of this pool, of this configuration, its token or the one before, and not expired. */
export const proofOf = (claim: Claim, tokens: readonly Secret[], now: Date): Secret | undefined =>
  tokens.find(
    (secret) =>
      secret.metadata.annotations?.[annotations.nodePool] === claim.pool &&
      secret.metadata.name?.endsWith(`-${claim.target}`) === true &&
      notExpired(secret, now) &&
      [secret.data?.token, secret.data?.old_token].some((value) => value !== undefined && same(decode(value), claim.token)),
  );

/** What is added to a pool's configuration when a machine asks for it: the secrets, which stay out of the pool's hash. */
export type Keys = { bootstrapKubeconfig: string; kubeletAuthority: string };

const OWNER_ONLY = 0o600;

/** The whole configuration of a machine. Throws `ConfigError` for what cannot be rendered. */
export const payloadOf = (token: Secret, { bootstrapKubeconfig, kubeletAuthority }: Keys): IgnitionConfig => {
  const configuration = gunzipSync(Buffer.from(decode(token.data?.config), 'base64')).toString();
  const keys: IgnitionConfig = {
    ignition: { version: '3.2.0' },
    storage: {
      files: [
        fileOf('/etc/kubernetes/kubeconfig', bootstrapKubeconfig, OWNER_ONLY),
        fileOf('/etc/kubernetes/kubelet-ca.crt', kubeletAuthority),
      ],
    },
  };
  return mergeConfigs([renderConfiguration(configuration), keys]);
};
