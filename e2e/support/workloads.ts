import type { Kubectl } from '@godwit/example-shop';

type Workload = { kind: string; metadata: { name: string; annotations?: Record<string, string> }; spec: Record<string, unknown> };

const KINDS = 'deployments,statefulsets,cronjobs';
const REVISION = 'deployment.kubernetes.io/revision';

const workloadsOf = async (kubectl: Kubectl, namespace: string): Promise<Workload[]> =>
  (JSON.parse(await kubectl.run(['get', KINDS, '-n', namespace, '-o', 'json'])) as { items: Workload[] }).items;

/** Everything that a person has said about the workloads of a namespace: annotations and specification, by kind and name. */
export const workloadSpecs = async (kubectl: Kubectl, namespace: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await workloadsOf(kubectl, namespace)).map(({ kind, metadata, spec }) => {
      const { [REVISION]: _counted, ...annotations } = metadata.annotations ?? {};
      return [`${kind} ${metadata.name}`, { annotations, spec }];
    }),
  );

/** How many replicas each workload asks for, by kind and name; of a CronJob whether it is suspended. */
export const replicasOf = async (kubectl: Kubectl, namespace: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await workloadsOf(kubectl, namespace)).map(({ kind, metadata, spec }) => [`${kind} ${metadata.name}`, spec.replicas ?? spec.suspend]),
  );

/** The notes that quiescing has left on the workloads of a namespace, by kind and name. */
export const sleepingNotes = async (kubectl: Kubectl, namespace: string): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    (await workloadsOf(kubectl, namespace)).map(({ kind, metadata }) => [
      `${kind} ${metadata.name}`,
      Object.entries(metadata.annotations ?? {})
        .filter(([name]) => name.startsWith('migration.openshift.io/preQuiesce'))
        .map(([name, value]) => `${name.split('/')[1]}=${value}`)
        .sort(),
    ]),
  );

/** Names of the application's objects in a namespace, `kind/name` each; none when the namespace is gone. */
export const objectsIn = async (kubectl: Kubectl, namespace: string): Promise<string[]> => {
  const kinds = 'deployments,statefulsets,cronjobs,pods,services,persistentvolumeclaims,secrets,configmaps';
  const text = await kubectl.run(['get', kinds, '-n', namespace, '-o', 'name', '--ignore-not-found']);
  return text.split('\n').filter((name) => name !== '' && name !== 'configmap/kube-root-ca.crt');
};
