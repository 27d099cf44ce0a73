import { step } from '@godwit/devcluster';
import { openHosted } from '../support/hosted/access.ts';
import { OPERATOR } from '../support/hosted/hosted-set.ts';
import { deployMarker } from '../support/hosted/marker.ts';
import { startSample, startWorkers } from '../support/hosted/start-sample.ts';
import { until } from '../support/until.ts';
import { FOLDER, type Stage } from './stage.ts';

const ORDER = ['etcd', 'kube-apiserver', 'kube-controller-manager'];

/** Line 1: the hosted cluster is up on the first management cluster, its parts in order. */
export const create = async ({ set, score, say, highlyAvailable }: Stage): Promise<void> => {
  for (const side of ['alpha', 'beta'] as const) {
    const versions = await until('ConfigMap supported-versions', 60, async () => {
      const text = await set[side].run(['get', 'configmap', 'supported-versions', '-n', OPERATOR, '-o', 'jsonpath={.data}']);
      return text === '' ? undefined : text;
    });
    score.holds(`the operator on ${side} tells the versions that it supports`, versions.includes('4.21'), versions.slice(0, 90));
  }
  const order: string[] = [];
  const cluster = await step(
    say,
    `create hosted cluster sample on alpha, ${highlyAvailable ? 'three members' : 'one member'} of etcd`,
    () =>
      startSample(set, 'alpha', { highlyAvailable }, (available) => {
        for (const name of available) if (!order.includes(name)) order.push(name);
      }),
  );
  const ranks = ORDER.map((name) => order.indexOf(name));
  score.holds(
    'its parts become available in order: etcd, API server, the rest',
    ranks.every((rank, at) => rank >= 0 && (at === 0 || rank >= (ranks[at - 1] ?? 0))),
    order.join(', '),
  );
  const [latest] = cluster.status?.version?.history ?? [];
  score.holds('its version history says Completed', latest?.state === 'Completed', `${latest?.version} ${latest?.state}`);
  const { kubectl, server } = await openHosted(set, 'alpha', FOLDER);
  const ready = await kubectl.run(['get', '--raw', '/readyz']);
  score.holds('its kubeconfig works, by its public name', ready === 'ok' && server.hostname === 'api-sample.hc.test', server.href);
};

/** Line 2: two workers have joined, and a workload runs on them. Returns the uids of the nodes. */
export const furnish = async ({ set, score, say }: Stage): Promise<Map<string, string>> => {
  const { kubectl } = await openHosted(set, 'alpha', FOLDER);
  const nodes = await step(say, 'create a pool of two workers', () => startWorkers(set, { side: 'alpha', replicas: 2 }, kubectl));
  const requests = await kubectl.run(['get', 'csr', '-o', 'jsonpath={range .items[*]}{.spec.signerName}{"\\n"}{end}']);
  const joined = requests.split('\n').filter((name) => name === 'kubernetes.io/kube-apiserver-client-kubelet').length;
  score.holds(
    'two workers joined by certificate requests that were approved',
    nodes.size === 2 && joined >= 2,
    [...nodes.keys()].join(', '),
  );
  await step(say, 'deploy a counter on every worker, a volume, 200 ConfigMaps, 50 Secrets, a kind and an object of it', () =>
    deployMarker(kubectl),
  );
  return nodes;
};
