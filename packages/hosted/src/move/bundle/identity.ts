import type { Secret } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';
import { sha256 } from './seal.ts';

/** What nodes and tokens recognise a control plane by, as SHA-256 of the public parts. */
export type Identity = { authority: string; tokenKey: string };

const partOf = (secrets: readonly KubeObject[], name: string, key: string): string =>
  (secrets as readonly Secret[]).find(({ metadata }) => metadata.name === name)?.data?.[key] ?? '';

/** The identity that the Secrets of a control plane give it. */
export const identityOfKeys = (secrets: readonly KubeObject[]): Identity => ({
  authority: sha256(Buffer.from(partOf(secrets, 'root-ca', 'ca.crt'), 'base64')),
  tokenKey: sha256(Buffer.from(partOf(secrets, 'sa-signing-key', 'service-account.pub'), 'base64')),
});
