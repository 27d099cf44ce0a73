import { encryptionKeyName } from './key-name.ts';

/** kube-apiserver's file for the encryption of secrets; `identity` lets it read what was stored before. */
export type EncryptionConfiguration = {
  apiVersion: 'apiserver.config.k8s.io/v1';
  kind: 'EncryptionConfiguration';
  resources: { resources: string[]; providers: ({ aescbc: { keys: { name: string; secret: string }[] } } | { identity: object })[] }[];
};

const named = (key: Uint8Array) => ({ name: encryptionKeyName(key), secret: Buffer.from(key).toString('base64') });

/** Encrypts secrets with the active key, still reads those of the backup key and those in the clear. Throws when the active key is empty. */
export const encryptionConfiguration = ({
  active,
  backup,
}: {
  active: Uint8Array;
  backup?: Uint8Array | undefined;
}): EncryptionConfiguration => {
  if (active.length === 0) throw new Error('active key is empty');
  const keys = [active, ...(backup && backup.length > 0 ? [backup] : [])].map(named);
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'EncryptionConfiguration',
    resources: [{ resources: ['secrets'], providers: [{ aescbc: { keys } }, { identity: {} }] }],
  };
};
