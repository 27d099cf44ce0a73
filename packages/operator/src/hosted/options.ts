import type { Rfc2136Options, Settings } from '@godwit/hosted';

/** How the controllers of hosted clusters are run. */
export type HostedOptions = {
  settings: Settings;
  /** The zone that host names are written to; undefined: somebody else publishes them. */
  dns: Rfc2136Options | undefined;
  /** HOST:PORT to ask instead of a registry, by the registry's name in images. */
  registryOverrides: Readonly<Record<string, string>>;
  /** Whether this process runs in the management cluster, where names of Services lead to them. */
  inCluster: boolean;
};
