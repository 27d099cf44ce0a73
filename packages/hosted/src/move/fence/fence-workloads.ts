import { Deployment, StatefulSet } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { components } from '../../names.ts';

/** The init container that bars the way; its name is how it is found again. */
const BAR = 'godwit-fence';

type PodSpec = { initContainers?: { name: string }[]; containers?: { image?: string }[] };
type Workload = KubeObject & { spec?: { replicas?: number; template?: { spec?: PodSpec } } };

const barOf = (fence: string, image: string) => ({
  name: BAR,
  image,
  imagePullPolicy: 'IfNotPresent',
  terminationMessagePolicy: 'File',
  command: [
    '/bin/sh',
    '-c',
    `echo "Fenced: this hosted cluster runs elsewhere since ${fence}; move it back instead of starting it here" | tee /dev/termination-log; exit 1`,
  ],
});

/** Workloads that serve the hosted cluster, and would serve it a second time. */
export const SERVING: readonly { resource: Resource; name: string }[] = [
  { resource: StatefulSet, name: components.etcd },
  { resource: Deployment, name: components.apiServer },
];

const podSpec = (workload: KubeObject): PodSpec => (workload as Workload).spec?.template?.spec ?? {};

/** Whether the pods of a workload cannot start, however many are asked for. */
export const hasBar = (workload: KubeObject): boolean => (podSpec(workload).initContainers ?? []).some(({ name }) => name === BAR);

/** Whether a workload is barred and at rest. */
export const isBarred = (workload: KubeObject): boolean => (workload as Workload).spec?.replicas === 0 && hasBar(workload);

const patching = (resource: Resource, { metadata: { namespace, name = '' } }: KubeObject, spec: object): Effect => ({
  do: 'patch',
  on: 'source',
  resource,
  name: { namespace, name },
  patch: { spec },
});

/** Ends a workload and puts a container before all others that never lets it start: also who scales it up by hand is told why. */
export const bar = (resource: Resource, workload: KubeObject, fence: string): Effect => {
  const { initContainers = [], containers = [] } = podSpec(workload);
  const others = initContainers.filter(({ name }) => name !== BAR);
  return patching(resource, workload, {
    replicas: 0,
    template: { spec: { initContainers: [barOf(fence, containers[0]?.image ?? ''), ...others] } },
  });
};

/** Lets a workload start again, with as many replicas as before. */
export const unbar = (resource: Resource, workload: KubeObject, replicas: number): Effect => {
  const others = (podSpec(workload).initContainers ?? []).filter(({ name }) => name !== BAR);
  return patching(resource, workload, { replicas, template: { spec: { initContainers: others.length > 0 ? others : null } } });
};
