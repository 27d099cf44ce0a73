import { type HostedControlPlane, labels, type Secret } from '@godwit/api';
import { stringify } from 'yaml';
import { addressAt } from '../../control-plane/publish/address-at.ts';
import { readControlPlane } from '../../control-plane/read-control-plane.ts';
import type { IgnitionConfig } from '../config.ts';
import { apiProxy } from './api-proxy.ts';
import { kubelet } from './kubelet.ts';
import { ssh } from './ssh.ts';

const DNS_POSITION = 10;

const machineConfig = (name: string, config: IgnitionConfig): string =>
  stringify({
    apiVersion: 'machineconfiguration.openshift.io/v1',
    kind: 'MachineConfig',
    metadata: { name, labels: { 'machineconfiguration.openshift.io/role': 'worker' } },
    spec: { config },
  });

const configMap = (namespace: string, name: string, config: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name, labels: { [labels.coreIgnitionConfig]: 'true' } },
  data: { config },
});

/** What every node of a control plane's cluster is configured by, beside what its pool adds. */
export type CoreParts = {
  controlPlane: HostedControlPlane;
  /** Where the API is published. */
  endpoint: { host: string; port: number };
  /** Image with haproxy, of the release. */
  proxyImage: string;
  sshKey: Secret | undefined;
};

/** The ConfigMaps with the core configuration; a pool waits until all of them are there. */
export const coreConfigs = ({ controlPlane, endpoint, proxyImage, sshKey }: CoreParts) => {
  const plane = readControlPlane(controlPlane);
  const key = sshKey?.data?.['id_rsa.pub'];
  const clusterDns = addressAt(plane.serviceNetworks[0] ?? '172.31.0.0/16', DNS_POSITION);
  const of = (name: string, config: IgnitionConfig) => configMap(plane.namespace, `ignition-config-${name}`, machineConfig(name, config));
  return [
    of('worker-kubelet', kubelet({ clusterDns, local: plane.localInfrastructure })),
    of('apiserver-haproxy', apiProxy({ address: plane.advertiseAddress, port: plane.port, endpoint, image: proxyImage })),
    of('worker-ssh', ssh(key === undefined ? undefined : Buffer.from(key, 'base64').toString())),
  ];
};
