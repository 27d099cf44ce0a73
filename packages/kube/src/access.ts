/** A command that prints credentials, as in `users[].user.exec` of a kubeconfig. */
export type ExecPlugin = {
  apiVersion: string;
  command: string;
  args?: readonly string[] | undefined;
  env?: Record<string, string> | undefined;
  /** What to tell a user who lacks the command. */
  installHint?: string | undefined;
  /** Passes the cluster's address and CA to the command. */
  provideClusterInfo?: boolean | undefined;
  /** The folder in which a relative command is looked up. */
  folder?: string | undefined;
  /** The cluster's own settings for the plugin, from its extension `client.authentication.k8s.io/exec`. */
  config?: unknown;
};

/** Whom requests are made as, if not as the owner of the credentials. */
export type Impersonation = {
  user: string;
  uid?: string | undefined;
  groups?: readonly string[] | undefined;
  extra?: Record<string, readonly string[]> | undefined;
};

/** Everything needed to reach one API server as one user. Only `server` is required. */
export type Access = {
  /** URL of the API server; may have a path. */
  server: string;
  /** The kubeconfig's context, for messages. */
  context?: string | undefined;
  /** Namespace of the context; `default` when absent. */
  namespace?: string | undefined;
  /** PEM certificates that the server's certificate must descend from; the system's when absent. */
  ca?: string | undefined;
  /** Skips the verification of the server's certificate. */
  insecure?: boolean | undefined;
  /** The name in the server's certificate, if not the host name of the URL. */
  serverName?: string | undefined;
  /** URL of an HTTP(S) proxy that is asked for a tunnel (CONNECT). */
  proxy?: string | undefined;
  /** The client certificate and its key, both PEM. */
  certificate?: { cert: string; key: string } | undefined;
  /** Like `certificate`, but read from files, and again when they change. */
  certificateFiles?: { cert: string; key: string } | undefined;
  token?: string | undefined;
  /** A file whose token is read again every minute and after a 401; wins over `token`. */
  tokenFile?: string | undefined;
  basic?: { username: string; password: string } | undefined;
  exec?: ExecPlugin | undefined;
  impersonate?: Impersonation | undefined;
};
