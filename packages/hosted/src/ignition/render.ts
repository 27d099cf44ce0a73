import { stringify } from 'yaml';
import { type ConfigDocument, ConfigError, configDocuments } from '../node-pool/config/documents.ts';
import { fileOf, type IgnitionConfig, mergeConfigs } from './config.ts';

/** Where the kubelet looks for changes to its configuration. */
export const KUBELET_DROP_INS = '/etc/kubernetes/kubelet.conf.d';

const machineConfig = ({ spec }: ConfigDocument): IgnitionConfig[] => (spec?.config ? [spec.config as IgnitionConfig] : []);

const kubeletConfig = ({ spec, metadata }: ConfigDocument): IgnitionConfig[] => {
  const changes = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...(spec?.kubeletConfig as object) };
  return [
    {
      ignition: { version: '3.2.0' },
      storage: { files: [fileOf(`${KUBELET_DROP_INS}/50-${metadata.name ?? 'pool'}.conf`, stringify(changes))] },
    },
  ];
};

/**
 * What each kind of configuration becomes on a machine. The kinds that configure a container runtime's registries and signatures
 * have their place here; until they are rendered a pool that carries one says so, and builds no machine without it.
 */
const RENDERERS: Readonly<Record<string, (document: ConfigDocument) => IgnitionConfig[]>> = {
  MachineConfig: machineConfig,
  KubeletConfig: kubeletConfig,
};

const rendererOf = ({ kind, metadata }: ConfigDocument) => {
  const render = RENDERERS[kind];
  if (render === undefined)
    throw new ConfigError(
      `${kind} "${metadata.name ?? ''}" cannot be rendered for machines yet; take it out of spec.config of the NodePool`,
    );
  return render;
};

const byName = (a: ConfigDocument, b: ConfigDocument): number => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '', 'en');

/** Renders the joined configuration of a pool; of two documents that write the same path the one with the later name wins. Throws `ConfigError`. */
export const renderConfiguration = (configuration: string): IgnitionConfig =>
  mergeConfigs(
    configDocuments(configuration)
      .toSorted(byName)
      .flatMap((document) => rendererOf(document)(document)),
  );
