import { IGNITION_VERSION, type IgnitionConfig } from '../config.ts';

/** Lets the holder of the cluster's SSH key log in as `core`; nobody when there is no key. */
export const ssh = (publicKey: string | undefined): IgnitionConfig => ({
  ignition: { version: IGNITION_VERSION },
  passwd: { users: [{ name: 'core', sshAuthorizedKeys: publicKey === undefined ? [] : [publicKey.trim()] }] },
});
