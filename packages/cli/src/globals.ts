import type { Flag } from './command.ts';

/** Values of the flags that every command has. */
export type Globals = {
  kubeconfig?: string;
  context?: string;
  namespace?: string;
  allNamespaces?: boolean;
  output?: string;
  /** False with --no-headers. */
  headers: boolean;
  requestTimeout?: string;
  as?: string;
  verbose?: boolean;
  /** False with --no-color. */
  color: boolean;
};

/** The flags that every command has. */
export const globalFlags: readonly Flag[] = [
  ['--kubeconfig <file>', 'kubeconfig to read; default: $KUBECONFIG, then ~/.kube/config'],
  ['--context <name>', 'context of the cluster that holds the plans or hosted clusters, or that is upgraded; default: the current one'],
  [
    '-n, --namespace <name>',
    'namespace; default: openshift-migration for plans, clusters for hosted ones, hypershift for moves; upgrades have none',
  ],
  ['-A, --all-namespaces', 'objects of all namespaces'],
  ['-o, --output <format>', 'table, wide, json, yaml, name, csv or jsonpath=…'],
  ['--no-headers', 'tables without the line of column names'],
  ['--request-timeout <time>', 'how long one request may take, for instance 10s; default: 30s'],
  ['--as <user>', 'user to act as'],
  ['-v, --verbose', 'logs of the controllers, and where errors come from, on standard error'],
  ['--no-color', 'no colours; so does the environment variable NO_COLOR'],
];

/** Flags that are followed by a value, for the reading of words between them. */
export const globalValueFlags: ReadonlySet<string> = new Set(
  globalFlags.filter(([flags]) => flags.includes('<')).flatMap(([flags]) => flags.replace(/ <.*/, '').split(', ')),
);
