import { ControlPlaneComponent } from './control-plane-component.ts';
import { HCPEtcdBackup } from './hcp-etcd-backup.ts';
import { HostedCluster } from './hosted-cluster.ts';
import { HostedControlPlane } from './hosted-control-plane.ts';
import { NodePool } from './node-pool.ts';

/** Every kind of hypershift.openshift.io. */
export const hypershiftKinds = [HostedCluster, NodePool, HostedControlPlane, ControlPlaneComponent, HCPEtcdBackup] as const;
