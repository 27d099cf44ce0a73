import type { RegistryAccess } from '@godwit/upgrade';
import type { Flag } from '../command.ts';
import type { Invocation } from '../invocation.ts';

/** How registries are reached from this machine. */
export type RegistryOptions = { authfile?: string; certDir?: string };

/** The flags of `RegistryOptions`. */
export const registryFlags: readonly Flag[] = [
  ['--authfile <file>', 'credentials for registries, as podman and Kubernetes keep them; default: $REGISTRY_AUTH_FILE, else none'],
  ['--cert-dir <folder>', 'folder with the CA certificates of the registry (*.crt); default: those that this machine trusts'],
];

/** What the flags mean. */
export const registryAccess = (
  { environment }: Pick<Invocation, 'environment'>,
  { authfile, certDir }: RegistryOptions,
): RegistryAccess => {
  const authFile = authfile ?? environment.REGISTRY_AUTH_FILE;
  return { ...(authFile ? { authFile } : {}), ...(certDir === undefined ? {} : { certificates: certDir }) };
};
