import type { StatefulSet } from '@godwit/api';
import { expect, test } from 'vitest';
import { type ComponentState, workloadState } from './component-status.ts';
import { available, type ConditionFacts, controlPlaneConditions, etcdAvailable } from './conditions.ts';

const state = (name: string, status: 'True' | 'False' = 'True', reason = 'AsExpected'): ComponentState => ({
  name,
  available: { type: 'Available', status, reason, message: `${name} says so` },
  rolledOut: { type: 'RolloutComplete', status, reason, message: '' },
  version: '4.21.0',
});
const etcd = (readyReplicas: number, replicas = 3) => ({ spec: { replicas }, status: { readyReplicas } }) as unknown as StatefulSet;

const fine: ConditionFacts = {
  published: { endpoint: { host: 'h', port: 1 }, ready: true, message: '' },
  kubeconfig: true,
  etcd: etcd(3),
  managedEtcd: true,
  apiServer: state('kube-apiserver'),
  answers: true,
  components: [state('etcd'), state('kube-apiserver'), state('kube-scheduler')],
};
const nothing: ConditionFacts = {
  published: { endpoint: undefined, ready: false, message: 'Waiting for Service kube-apiserver' },
  kubeconfig: false,
  etcd: undefined,
  managedEtcd: true,
  apiServer: undefined,
  answers: undefined,
  components: [state('kube-scheduler', 'False', 'WaitingForDependencies')],
};

test.each<[string, Partial<ConditionFacts>, string]>([
  ['the way from outside', {}, 'WaitingOnInfrastructureReady'],
  ['the kubeconfig', { published: fine.published }, 'KubeconfigWaitingForCreate'],
  ['etcd', { published: fine.published, kubeconfig: true }, 'StatefulSetNotFound'],
  ['the API server', { published: fine.published, kubeconfig: true, etcd: etcd(2) }, 'NotFound'],
  ['the way to it', { ...fine, answers: false, components: nothing.components }, 'KASLoadBalancerNotReachable'],
  ['the components', { ...fine, components: nothing.components }, 'ComponentsNotAvailable'],
])('Available is judged in order: now %s is missing', (_title, changes, reason) => {
  expect(available({ ...nothing, ...changes })).toMatchObject({ type: 'Available', status: 'False', reason });
});

test('Available when everything is', () => {
  expect(controlPlaneConditions(fine).filter(({ status }) => status !== 'True')).toEqual([
    { type: 'Degraded', status: 'False', reason: 'AsExpected', message: 'All is well' },
  ]);
});

test.each([
  ['all of three', etcd(3), 'True', 'QuorumAvailable'],
  ['two of three', etcd(2), 'True', 'QuorumAvailable'],
  ['one of three', etcd(1), 'False', 'EtcdWaitingForQuorum'],
  ['the only one', etcd(1, 1), 'True', 'QuorumAvailable'],
  ['none', etcd(0, 1), 'False', 'EtcdWaitingForQuorum'],
])('EtcdAvailable with %s ready', (_title, found, status, reason) => {
  expect(etcdAvailable({ ...fine, etcd: found })).toMatchObject({ status, reason });
});

const workload = (status: object, spec = { replicas: 2 }) => ({ metadata: { name: 'x', generation: 3 }, spec, status }) as never;

test.each([
  ['rolled out', { replicas: 2, readyReplicas: 2, updatedReplicas: 2, observedGeneration: 3 }, 'True', 'True'],
  ['in the middle of a rollout', { replicas: 3, readyReplicas: 2, updatedReplicas: 1, observedGeneration: 3 }, 'True', 'False'],
  ['not yet looked at', { replicas: 2, readyReplicas: 2, updatedReplicas: 2, observedGeneration: 2 }, 'True', 'False'],
  ['without a ready pod', { replicas: 2, updatedReplicas: 2, observedGeneration: 3 }, 'False', 'False'],
])('a Deployment that is %s', (_title, status, isAvailable, isRolledOut) => {
  const { available: a, rolledOut: r } = workloadState({ name: 'x', kind: 'Deployment' }, workload(status));
  expect([a.status, r.status]).toEqual([isAvailable, isRolledOut]);
});

test('a workload that was scaled to nothing is neither there nor rolled out', () => {
  const { available: a, rolledOut: r } = workloadState(
    { name: 'x', kind: 'Deployment' },
    workload({ observedGeneration: 3 }, { replicas: 0 }),
  );
  expect([a.status, r.status]).toEqual(['False', 'False']);
});
