import { createPublicKey } from 'node:crypto';
import { Secret } from '@godwit/api';
import { referencesOf } from '../copies/references.ts';
import { MANAGEMENT } from '../management.ts';
import { MissingReference, sourceOf } from './copy-references.ts';
import type { Phase } from './phase.ts';

const decode = (value: string | undefined): string => Buffer.from(value ?? '', 'base64').toString();
const encode = (text: string): string => Buffer.from(text).toString('base64');

const publicKeyOf = (privateKey: string, where: string): string => {
  try {
    return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    // what the library says may show part of the key
    throw new MissingReference(`${where} of spec.serviceAccountSigningKey holds no private key in PEM under key: put one there`);
  }
};

/** Puts a signing key of the user's beside the control plane, with its public half and the one before it; without one the control plane makes its own. */
export const serviceAccountSigningKey: Phase = {
  name: 'ServiceAccountSigningKey',
  rank: 'ordinary',
  effects: async (scope) => {
    const [reference] = referencesOf(scope.cluster.spec).signingKey;
    if (reference === undefined) return [];
    const { data } = await sourceOf(scope, reference);
    const privateKey = decode(data?.key);
    const publicKeys = publicKeyOf(privateKey, `Secret ${scope.namespace}/${reference.name}`) + decode(data?.['old-key.pub']);
    const object = {
      metadata: { namespace: scope.home, name: reference.copy },
      type: 'Opaque',
      data: { 'service-account.key': encode(privateKey), 'service-account.pub': encode(publicKeys) },
    };
    return [{ do: 'apply', on: MANAGEMENT, resource: Secret, object }];
  },
};
