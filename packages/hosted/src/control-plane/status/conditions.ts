import type { StatefulSet } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import type { Published } from '../publish/endpoint.ts';
import type { ComponentState } from './component-status.ts';

/** What the conditions of a control plane are judged by. */
export type ConditionFacts = {
  published: Published;
  /** Whether admin-kubeconfig is there. */
  kubeconfig: boolean;
  /** The StatefulSet of etcd; absent: there is none. */
  etcd: StatefulSet | undefined;
  managedEtcd: boolean;
  apiServer: ComponentState | undefined;
  /** Whether the API server has answered this process; undefined: it was not asked. */
  answers: boolean | undefined;
  components: readonly ComponentState[];
};

const ALL_WELL = 'All is well';

const claim = (type: string, status: boolean, reason: string, message: string): StandardClaim => ({
  type,
  status: status ? 'True' : 'False',
  reason,
  message,
});

const good = (type: string): StandardClaim => claim(type, true, 'AsExpected', ALL_WELL);

/** InfrastructureReady: the API server can be reached from outside. */
const infrastructureReady = ({ published }: ConditionFacts): StandardClaim =>
  published.ready ? good('InfrastructureReady') : claim('InfrastructureReady', false, 'WaitingOnInfrastructureReady', published.message);

/** EtcdAvailable: a majority of the members is ready. */
export const etcdAvailable = ({ etcd, managedEtcd }: ConditionFacts): StandardClaim => {
  const type = 'EtcdAvailable';
  if (!managedEtcd) return claim(type, true, 'UnmanagedEtcdAsExpected', 'etcd is managed elsewhere');
  if (etcd === undefined) return claim(type, false, 'StatefulSetNotFound', 'StatefulSet etcd is not there');
  const { replicas = 1 } = etcd.spec ?? {};
  const ready = etcd.status?.readyReplicas ?? 0;
  return ready >= Math.floor(replicas / 2) + 1
    ? claim(type, true, 'QuorumAvailable', ALL_WELL)
    : claim(type, false, 'EtcdWaitingForQuorum', `${ready} of ${replicas} members of etcd are ready`);
};

/** KubeAPIServerAvailable: its Deployment is available. */
const apiServerAvailable = ({ apiServer }: ConditionFacts): StandardClaim => {
  const type = 'KubeAPIServerAvailable';
  if (apiServer === undefined) return claim(type, false, 'NotFound', 'Deployment kube-apiserver is not there');
  const { status, reason, message } = apiServer.available;
  return status === 'True' ? good(type) : claim(type, false, reason, message);
};

const kubeconfigThere = ({ kubeconfig }: ConditionFacts): StandardClaim =>
  kubeconfig ? good('Available') : claim('Available', false, 'KubeconfigWaitingForCreate', 'Waiting for Secret admin-kubeconfig');

const answering = ({ answers }: ConditionFacts): StandardClaim =>
  answers === false
    ? claim('Available', false, 'KASLoadBalancerNotReachable', 'kube-apiserver does not answer at its Service yet')
    : good('Available');

const componentsThere = ({ components }: ConditionFacts): StandardClaim => {
  const missing = components.filter(({ available }) => available.status !== 'True');
  const [first] = missing;
  if (first === undefined) return good('Available');
  const names = missing.map(({ name }) => name).join(', ');
  return claim('Available', false, 'ComponentsNotAvailable', `Not available: ${names}. ${first.name}: ${first.available.message}`);
};

/** In this order; the first that fails is what Available says. */
const AVAILABLE_WHEN = [infrastructureReady, kubeconfigThere, etcdAvailable, apiServerAvailable, answering, componentsThere];

/** Available: infrastructure, kubeconfig, etcd, API server, the way to it, and all components, in this order. */
export const available = (facts: ConditionFacts): StandardClaim => {
  const fault = AVAILABLE_WHEN.map((judge) => judge(facts)).find(({ status }) => status !== 'True');
  return fault === undefined ? good('Available') : { ...fault, type: 'Available' };
};

/** Degraded: a component could not be built or written. */
const degraded = ({ components }: ConditionFacts): StandardClaim => {
  const broken = components.filter(({ available: { reason } }) => reason === 'ReconciliationError');
  return broken.length === 0
    ? claim('Degraded', false, 'AsExpected', ALL_WELL)
    : claim('Degraded', true, 'ReconciliationError', broken.map(({ name, available: { message } }) => `${name}: ${message}`).join('; '));
};

/** All conditions of a HostedControlPlane that come from its components. */
export const controlPlaneConditions = (facts: ConditionFacts): StandardClaim[] => [
  available(facts),
  degraded(facts),
  infrastructureReady(facts),
  etcdAvailable(facts),
  apiServerAvailable(facts),
];
