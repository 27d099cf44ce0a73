import type { Kubectl } from '@godwit/example-shop';
import { apply } from '../manifests.ts';

/** The namespace of the workload. */
export const MARKER = 'marker';
const PORT = 8080;
const CONFIG_MAPS = 200;
const SECRETS = 50;

/** Counts its own requests: the counter begins anew only when the process does. */
const HAPROXY = `global
  maxconn 256
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 1s
frontend marker
  bind :${PORT}
  stick-table type integer size 1 store gpc0
  http-request track-sc0 int(1)
  http-request sc-inc-gpc0(0)
  http-request return status 200 content-type text/plain lf-string "%[sc0_get_gpc0] %[hostname]\\n"
`;

const namespaced = (apiVersion: string, kind: string, name: string, body: object) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: MARKER },
  ...body,
});

const numbered = (count: number, make: (number: number) => object): object[] => Array.from({ length: count }, (_, at) => make(at + 1));

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'marks.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { kind: 'Mark', plural: 'marks' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } },
        },
      },
    ],
  },
};

const volume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'marker' },
  spec: {
    capacity: { storage: '100Mi' },
    accessModes: ['ReadWriteMany'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: '',
    hostPath: { path: '/var/lib/marker', type: 'DirectoryOrCreate' },
    claimRef: { namespace: MARKER, name: 'data' },
  },
};

const claim = namespaced('v1', 'PersistentVolumeClaim', 'data', {
  spec: { accessModes: ['ReadWriteMany'], storageClassName: '', volumeName: 'marker', resources: { requests: { storage: '100Mi' } } },
});

/** A pod of the image that the counter runs on. */
export const markerPod = (image: string, command: readonly string[]) => ({
  terminationGracePeriodSeconds: 1,
  containers: [{ name: 'marker', image, command }],
});

const counter = (image: string) => {
  const { containers, ...pod } = markerPod(image, ['haproxy', '-db', '-f', '/etc/marker/haproxy.cfg']);
  const mounted = containers.map((container) => ({
    ...container,
    ports: [{ containerPort: PORT }],
    readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/marker' },
      { name: 'data', mountPath: '/data' },
    ],
  }));
  const volumes = [
    { name: 'config', configMap: { name: 'haproxy' } },
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
  ];
  return namespaced('apps/v1', 'DaemonSet', 'marker', {
    spec: {
      selector: { matchLabels: { app: 'marker' } },
      template: { metadata: { labels: { app: 'marker' } }, spec: { ...pod, containers: mounted, volumes } },
    },
  });
};

/** The image that the counter runs on: that of kube-proxy, which holds haproxy as every image of a release does, and which every worker has. */
export const markerImage = (hosted: Kubectl): Promise<string> =>
  hosted.run(['get', 'daemonset', 'kube-proxy', '-n', 'kube-system', '-o', 'jsonpath={.spec.template.spec.containers[0].image}']);

/** Deploys the counter on every worker, a volume, 200 ConfigMaps, 50 Secrets, and an object of a kind of its own; waits until the counters run. */
export const deployMarker = async (hosted: Kubectl): Promise<void> => {
  await apply(hosted, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: MARKER } }, definition, volume, claim);
  await hosted.run(['wait', '--for=condition=Established', 'crd/marks.example.com', '--timeout=60s']);
  await apply(
    hosted,
    namespaced('v1', 'ConfigMap', 'haproxy', { data: { 'haproxy.cfg': HAPROXY } }),
    ...numbered(CONFIG_MAPS, (number) => namespaced('v1', 'ConfigMap', `map-${number}`, { data: { number: String(number) } })),
    ...numbered(SECRETS, (number) => namespaced('v1', 'Secret', `secret-${number}`, { stringData: { word: wordOf(number) } })),
    namespaced('example.com/v1', 'Mark', 'mark', { spec: { colour: 'blue' } }),
    counter(await markerImage(hosted)),
  );
  await hosted.run(['rollout', 'status', 'daemonset/marker', '-n', MARKER, '--timeout=180s']);
  // A node is ready before its konnectivity agent is, and exec goes through the agent.
  await hosted.run(['rollout', 'status', 'daemonset/konnectivity-agent', '-n', 'kube-system', '--timeout=180s']);
  for (const { name } of await markerPods(hosted))
    await hosted.run(['exec', name, '-n', MARKER, '--', 'sh', '-c', `echo ${name} > /data/written-by`]);
};

const wordOf = (number: number): string => `the word of secret ${number}`;

/** Names of Secrets whose content is not what was written. */
export const wrongSecrets = async (hosted: Kubectl): Promise<string[]> => {
  const { items } = JSON.parse(await hosted.run(['get', 'secrets', '-n', MARKER, '-o', 'json'])) as {
    items: { metadata: { name: string }; data?: Record<string, string> }[];
  };
  return Array.from({ length: SECRETS }, (_, at) => `secret-${at + 1}`).filter((name, at) => {
    const word = items.find(({ metadata }) => metadata.name === name)?.data?.word ?? '';
    return Buffer.from(word, 'base64').toString() !== wordOf(at + 1);
  });
};

/** A counter as the API shows it: it began anew when its start or its restarts differ. */
export type MarkerPod = { name: string; uid: string; node: string; url: string; started: string; restarts: number };

type Pod = {
  metadata: { name: string; uid: string };
  spec: { nodeName: string };
  status: { podIP: string; containerStatuses: { restartCount: number; state: { running?: { startedAt: string } } }[] };
};

/** The counters, by name. */
export const markerPods = async (hosted: Kubectl): Promise<MarkerPod[]> => {
  const { items } = JSON.parse(await hosted.run(['get', 'pods', '-n', MARKER, '-l', 'app=marker', '-o', 'json'])) as { items: Pod[] };
  return items
    .map(({ metadata, spec, status }) => ({
      name: metadata.name,
      uid: metadata.uid,
      node: spec.nodeName,
      url: `http://${status.podIP}:${PORT}/`,
      started: status.containerStatuses[0]?.state.running?.startedAt ?? '',
      restarts: status.containerStatuses[0]?.restartCount ?? 0,
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
};
