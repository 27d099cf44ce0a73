import { type Document, parseAllDocuments, stringify } from 'yaml';

/** A configuration that a pool's ConfigMap holds, decoded. */
export type ConfigDocument = {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; labels?: Record<string, string>; [key: string]: unknown };
  spec?: Record<string, unknown>;
};

/** A configuration that nodes cannot be given. The message says which document, and why. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const ROLE = { 'machineconfiguration.openshift.io/role': 'worker' };
const SELECTOR = { matchLabels: { 'machineconfiguration.openshift.io/mco-built-in': '' } };

/** The fields that a MachineConfig always shows, so that leaving one out or writing its zero is the same configuration. */
const MACHINE_CONFIG_ZEROES = {
  baseOSExtensionsContainerImage: '',
  config: null,
  extensions: null,
  fips: false,
  kernelArguments: null,
  kernelType: '',
  osImageURL: '',
};

type Defaulting = (document: ConfigDocument) => ConfigDocument;

const asItIs: Defaulting = (document) => document;
const withSelector: Defaulting = (document) => ({ ...document, spec: { ...document.spec, machineConfigPoolSelector: SELECTOR } });
const asMachineConfig: Defaulting = ({ metadata, spec, ...rest }) => ({
  ...rest,
  metadata: { creationTimestamp: null, ...metadata, labels: { ...metadata.labels, ...ROLE } },
  spec: { ...MACHINE_CONFIG_ZEROES, ...spec },
});

/** What a pool's ConfigMaps may hold, and how each kind is completed. */
const KINDS: Readonly<Record<string, Defaulting>> = {
  'machineconfiguration.openshift.io/v1 MachineConfig': asMachineConfig,
  'machineconfiguration.openshift.io/v1 KubeletConfig': withSelector,
  'machineconfiguration.openshift.io/v1 ContainerRuntimeConfig': withSelector,
  'config.openshift.io/v1 ClusterImagePolicy': asItIs,
  'config.openshift.io/v1 ImageDigestMirrorSet': asItIs,
  'operator.openshift.io/v1alpha1 ImageContentSourcePolicy': asItIs,
};

const decode = (parsed: Document): ConfigDocument => {
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new ConfigError(`error decoding config: ${problem.message.split('\n', 1)[0]}`);
  const value: unknown = parsed.toJS();
  const { apiVersion, kind, metadata } = (typeof value === 'object' && value !== null ? value : {}) as Partial<ConfigDocument>;
  if (typeof kind !== 'string' || kind === '') throw new ConfigError("error decoding config: Object 'Kind' is missing");
  const complete = KINDS[`${apiVersion} ${kind}`];
  if (complete === undefined) throw new ConfigError(`error decoding config: no kind "${kind}" is registered for version "${apiVersion}"`);
  return complete({ ...(value as ConfigDocument), metadata: metadata ?? {} });
};

/** Decodes and completes the documents of one text. Throws `ConfigError` for what nodes cannot be given. */
export const configDocuments = (text: string): ConfigDocument[] => {
  const parsed = parseAllDocuments(text);
  if (!Array.isArray(parsed)) return [];
  return parsed.filter((each) => each.contents !== null || each.errors.length > 0).map(decode);
};

/** One text of all documents, the same for the same documents in whatever order: it is hashed. */
export const joinDocuments = (documents: readonly ConfigDocument[]): string =>
  documents
    .map((each) => stringify(each, { lineWidth: 0, sortMapEntries: true }))
    .toSorted()
    .join('---\n');
