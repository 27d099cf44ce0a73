/** How a registry is reached: files with what it wants to see. */
export type RegistryAccess = {
  /** Credentials, as podman and Kubernetes keep them. Omitted: none. */
  readonly authFile?: string;
  /** A folder with the CA certificates of the registry (*.crt). Omitted: those that this machine trusts. */
  readonly certificates?: string;
  /** How often skopeo tries again after a failure that may pass; its pauses double from one second. Default 3. */
  readonly retries?: number;
  /** A file that says which signatures are demanded (containers-policy.json). Omitted: none. */
  readonly signaturePolicy?: string;
};

/** What skopeo is told before its verb. */
export const globalFlags = ({ signaturePolicy }: RegistryAccess): string[] =>
  signaturePolicy === undefined ? ['--insecure-policy'] : ['--policy', signaturePolicy];

/** What a verb of skopeo is told of a registry; `side` is `src-` or `dest-` for a copy. */
export const registryFlags = ({ authFile, certificates, retries = 3 }: RegistryAccess, side = ''): string[] => [
  '--retry-times',
  String(retries),
  ...(authFile === undefined ? [`--${side}no-creds`] : [`--${side}authfile`, authFile]),
  ...(certificates === undefined ? [] : [`--${side}cert-dir`, certificates]),
];
