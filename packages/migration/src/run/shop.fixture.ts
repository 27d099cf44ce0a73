import { ConfigMap, CronJob, DaemonSet, Deployment, Job, Secret, Service, ServiceAccount, StatefulSet } from '@godwit/api';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { freshNamespace } from '@godwit/testkit';
import { make } from '../shared/world.fixture.ts';

const podSpec = { containers: [{ name: 'main', image: 'registry.example/shop:1' }] };
const labelled = (app: string) => ({ selector: { matchLabels: { app } }, template: { metadata: { labels: { app } }, spec: podSpec } });
const jobTemplate = { spec: { ...podSpec, restartPolicy: 'Never' } };
const cronJob = { schedule: '0 0 1 1 *', jobTemplate: { spec: { template: jobTemplate } } };
const onNodes = (app: string) => {
  const { selector, template } = labelled(app);
  return { selector, template: { ...template, spec: { ...podSpec, nodeSelector: { disk: 'ssd' } } } };
};

/** The workloads of the shop: one of each kind that quiescing knows, and those that a user has stopped. */
const WORKLOADS: readonly [Resource, string, object][] = [
  [Deployment as Resource, 'web', { ...labelled('web'), replicas: 3 }],
  [Deployment as Resource, 'paused', { ...labelled('paused'), replicas: 2, paused: true }],
  [Deployment as Resource, 'stopped', { ...labelled('stopped'), replicas: 0, paused: true }],
  [StatefulSet as Resource, 'db', { ...labelled('db'), replicas: 2, serviceName: 'db' }],
  [DaemonSet as Resource, 'agent', onNodes('agent')],
  [DaemonSet as Resource, 'everywhere', labelled('everywhere')],
  [Job as Resource, 'import', { parallelism: 2, completions: 4, template: jobTemplate }],
  [CronJob as Resource, 'nightly', { ...cronJob, suspend: false }],
  [CronJob as Resource, 'suspended', { ...cronJob, suspend: true }],
];

/** An application without volumes in a namespace of its own: workloads of every kind, and what they use. Returns the namespace. */
export const aShop = async (source: Client): Promise<string> => {
  const namespace = await freshNamespace(source, 'shop');
  await make(source, ConfigMap, { namespace, name: 'settings' }, { data: { color: 'blue' } });
  await make(source, Secret, { namespace, name: 'password' }, { stringData: { password: 'blue' } });
  await make(source, ServiceAccount, { namespace, name: 'shop' });
  await make(source, Service, { namespace, name: 'web' }, { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
  for (const [kind, name, spec] of WORKLOADS) await make(source, kind, { namespace, name }, { spec });
  return namespace;
};

type Seen = KubeObject & {
  spec: { replicas?: number; paused?: boolean; suspend?: boolean; parallelism?: number; template?: { spec?: { nodeSelector?: object } } };
};

const summary = ({ metadata, spec }: Seen): object => ({
  ...(spec.replicas === undefined ? {} : { replicas: spec.replicas }),
  ...(spec.paused === undefined ? {} : { paused: spec.paused }),
  ...(spec.suspend === undefined ? {} : { suspend: spec.suspend }),
  ...(spec.parallelism === undefined ? {} : { parallelism: spec.parallelism }),
  ...(spec.template?.spec?.nodeSelector === undefined ? {} : { nodeSelector: spec.template.spec.nodeSelector }),
  notes: Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(([key]) => key.includes('preQuiesce'))),
});

/** What quiescing changes of a namespace's workloads, by `Kind/name`. */
export const workloadsOf = async (client: Client, namespace: string): Promise<Record<string, object>> => {
  const found = await Promise.all(
    WORKLOADS.map(async ([kind, name]) => {
      const object = (await client.get(kind, { namespace, name })) as Seen | undefined;
      return object === undefined ? [] : [[`${kind.kind}/${name}`, summary(object)] as const];
    }),
  );
  return Object.fromEntries(found.flat());
};
