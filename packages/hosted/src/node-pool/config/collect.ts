import type { ConfigMap } from '@godwit/api';
import { type ConfigDocument, ConfigError, configDocuments, joinDocuments } from './documents.ts';

/** How many ConfigMaps with the configuration of every node a control plane makes. */
const CORE_CONFIGS = 3;

/** What a pool's nodes are configured by: its own ConfigMaps by reference, `undefined` where one is missing, and the core ones. */
export type ConfigSources = { own: readonly { name: string; found: ConfigMap | undefined }[]; core: readonly ConfigMap[] };

const KEY = 'config';

const ownDocuments = ({ name, found }: ConfigSources['own'][number]): ConfigDocument[] => {
  if (found === undefined) throw new ConfigError(`configmap "${name}" not found`);
  const text = found.data?.[KEY];
  if (text === undefined) throw new ConfigError(`configmap "${name}" has no key "${KEY}"`);
  return configDocuments(text);
};

const onlyOneKubeletConfig = (documents: readonly ConfigDocument[]): void => {
  const names = documents.filter(({ kind }) => kind === 'KubeletConfig').map(({ metadata }) => metadata.name);
  if (names.length > 1)
    throw new ConfigError(`there should be only one KubeletConfig per pool, found ${names.length}: ${names.join(', ')}`);
};

/** The documents that users attached to the pool. Throws `ConfigError` naming the first that nodes cannot be given. */
export const userDocuments = ({ own }: Pick<ConfigSources, 'own'>): ConfigDocument[] => {
  const documents = own.flatMap(ownDocuments);
  onlyOneKubeletConfig(documents);
  return documents;
};

/** Whether the control plane has made all of its part; the pool waits until then. */
export const coreComplete = ({ core }: Pick<ConfigSources, 'core'>): { complete: true } | { complete: false; message: string } =>
  core.length === CORE_CONFIGS
    ? { complete: true }
    : { complete: false, message: `expected ${CORE_CONFIGS} core ignition configs, found ${core.length}` };

/** Everything that decides how a node of the pool is built, as one text. */
export const poolConfiguration = (sources: ConfigSources): string => {
  const core = sources.core.flatMap(({ data }) => configDocuments(data?.[KEY] ?? ''));
  return joinDocuments([...core, ...userDocuments(sources)]);
};
