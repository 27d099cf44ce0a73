import { dirname, isAbsolute, join } from 'node:path';
import { parseDocument } from 'yaml';
import { KubeconfigError } from '../errors.ts';
import type { ClusterEntry, ContextEntry, Kubeconfig, Sourced, UserEntry } from './kubeconfig.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const absolute = (folder: string, path: unknown): unknown =>
  typeof path === 'string' && path !== '' && !isAbsolute(path) ? join(folder, path) : path;

/** Relative files are meant relative to the kubeconfig that names them, not to the working directory. */
const resolved = (entry: Fields, folder: string, keys: readonly string[]): Fields => {
  const files = keys.filter((key) => entry[key] !== undefined).map((key) => [key, absolute(folder, entry[key])]);
  return { ...entry, ...Object.fromEntries(files) };
};

const FILE_KEYS = { clusters: ['certificate-authority'], users: ['client-certificate', 'client-key', 'tokenFile'], contexts: [] };
const ENTRY_KEY = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

const entriesOf = <T>(config: Fields, list: keyof typeof ENTRY_KEY, file: string): Map<string, Sourced<T>> => {
  const items = config[list] ?? [];
  if (!Array.isArray(items)) throw new KubeconfigError(`${file}: ${list} must be a list; see kubectl config view for the shape`);
  const entries = new Map<string, Sourced<T>>();
  for (const [index, item] of items.entries()) {
    if (!isFields(item) || typeof item.name !== 'string' || item.name === '')
      throw new KubeconfigError(`${file}: ${list}[${index}] has no name; give it one or remove it`);
    const value = item[ENTRY_KEY[list]] ?? {};
    if (!isFields(value)) throw new KubeconfigError(`${file}: ${ENTRY_KEY[list]} of ${list}[${index}] (${item.name}) must be a mapping`);
    if (!entries.has(item.name)) entries.set(item.name, { file, value: resolved(value, dirname(file), FILE_KEYS[list]) as T });
  }
  return entries;
};

/** Reads the text of one kubeconfig file; `file` is its absolute path, for messages and for relative references. */
export const parseKubeconfig = (text: string, file: string): Kubeconfig => {
  const document = parseDocument(text);
  const fault = document.errors[0];
  // The parser's message quotes the faulty line, which may hold a secret.
  if (fault)
    throw new KubeconfigError(`${file}: not valid YAML at line ${fault.linePos?.[0].line ?? '?'} (${fault.code}); correct it there`);
  const config: unknown = document.toJS() ?? {};
  if (!isFields(config)) throw new KubeconfigError(`${file}: a kubeconfig is a mapping with clusters, users and contexts`);
  const current = config['current-context'];
  return {
    files: [file],
    currentContext: typeof current === 'string' && current !== '' ? current : undefined,
    clusters: entriesOf<ClusterEntry>(config, 'clusters', file),
    users: entriesOf<UserEntry>(config, 'users', file),
    contexts: entriesOf<ContextEntry>(config, 'contexts', file),
  };
};
