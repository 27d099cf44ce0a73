import type { Access } from '../access.ts';

/** The address and trust of a cluster, as written in a kubeconfig; file references are absolute. */
export type ClusterEntry = {
  server?: string;
  'certificate-authority'?: string;
  'certificate-authority-data'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'tls-server-name'?: string;
  'proxy-url'?: string;
  extensions?: { name: string; extension: unknown }[];
};

/** The exec plugin of a user, as written in a kubeconfig. */
export type ExecEntry = {
  apiVersion?: string;
  command?: string;
  args?: string[] | null;
  env?: { name: string; value: string }[] | null;
  installHint?: string;
  provideClusterInfo?: boolean;
};

/** The credentials of a user, as written in a kubeconfig; file references are absolute. */
export type UserEntry = {
  token?: string;
  tokenFile?: string;
  username?: string;
  password?: string;
  'client-certificate'?: string;
  'client-certificate-data'?: string;
  'client-key'?: string;
  'client-key-data'?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: string[];
  'as-user-extra'?: Record<string, string[]>;
  exec?: ExecEntry;
  'auth-provider'?: { name?: string; config?: Record<string, string> | null };
};

/** A context: which user, which cluster, which namespace. */
export type ContextEntry = { cluster?: string; user?: string; namespace?: string };

/** An entry, and the file it came from. */
export type Sourced<T> = { file: string; value: T };

/** All kubeconfig files, merged: the first file that names an entry owns it. */
export type Kubeconfig = {
  /** The files that were read, in order. */
  files: readonly string[];
  currentContext: string | undefined;
  clusters: ReadonlyMap<string, Sourced<ClusterEntry>>;
  users: ReadonlyMap<string, Sourced<UserEntry>>;
  contexts: ReadonlyMap<string, Sourced<ContextEntry>>;
  /** Access of the pod we run in, when there is no kubeconfig. */
  inCluster?: Access;
};
