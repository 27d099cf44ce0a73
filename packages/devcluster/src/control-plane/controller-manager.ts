import { join } from 'node:path';
import { SERVICE_RANGE } from './api-server.ts';

/** Where the controller manager finds its credentials, and what it does for nodes. `podSubnet` is absent without nodes. */
export type ControllerManagerSettings = { pki: string; kubeconfig: string; port: number; podSubnet?: string | undefined };

/** Arguments of kube-controller-manager; it provisions volumes of `kubernetes.io/host-path` in folders of /tmp/hostpath_pv. */
export const controllerManagerArguments = ({ pki, kubeconfig, port, podSubnet }: ControllerManagerSettings): string[] => [
  `--kubeconfig=${kubeconfig}`,
  `--authentication-kubeconfig=${kubeconfig}`,
  `--authorization-kubeconfig=${kubeconfig}`,
  '--bind-address=127.0.0.1',
  `--secure-port=${port}`,
  '--leader-elect=false',
  '--use-service-account-credentials=true',
  `--root-ca-file=${join(pki, 'ca.crt')}`,
  `--service-account-private-key-file=${join(pki, 'sa.key')}`,
  `--cluster-signing-cert-file=${join(pki, 'ca.crt')}`,
  `--cluster-signing-key-file=${join(pki, 'ca.key')}`,
  `--service-cluster-ip-range=${SERVICE_RANGE}`,
  '--enable-hostpath-provisioner=true',
  '--profiling=false',
  ...(podSubnet ? [`--cluster-cidr=${podSubnet}`] : []),
];
