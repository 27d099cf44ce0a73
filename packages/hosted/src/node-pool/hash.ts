import { fnv1a } from '../fnv.ts';

/** What decides whether nodes are the nodes that are wanted; changed contents of the pull secret or the trust bundle do not. */
export type ConfigParts = {
  /** All machine configurations of the pool as one text. */
  configuration: string;
  /** Version of the pool's release, for instance 4.21.0. */
  version: string;
  pullSecretName: string;
  trustBundleName: string;
  /** The cluster-wide configuration that nodes see (proxy, image), as text. */
  globalConfiguration: string;
  osStream: string;
};

const hex = (hash: number): string => hash.toString(16).padStart(8, '0');

/** Eight hex digits that change whenever nodes must be new; part of the names of the token and user-data Secrets. */
export const configHash = ({
  configuration,
  version,
  pullSecretName,
  trustBundleName,
  globalConfiguration,
  osStream,
}: ConfigParts): string => hex(fnv1a(configuration + version + pullSecretName + trustBundleName + globalConfiguration + osStream));

/** The same without what a mere upgrade changes; the annotation `nodePoolCurrentConfig` holds it. */
export const configHashWithoutVersion = (parts: ConfigParts): string => configHash({ ...parts, version: '', globalConfiguration: '' });

/** Upstream hashes the text that Go prints of a value, so bytes count as `[97 98 99]`; names that must match rely on it. */
export const hashOfBytes = (bytes: Uint8Array): string => hex(fnv1a(`[${bytes.join(' ')}]`));

/** Eight hex digits of a text. */
export const hashOfText = (text: string): string => hex(fnv1a(text));
