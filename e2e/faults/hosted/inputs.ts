import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeSet, execInNode, programPath } from '@godwit/devcluster';
import { CLUSTERS, type HostedSet } from '../../support/hosted/hosted-set.ts';
import { kubeconfigOf } from '../../support/hosted/move.ts';
import { HOME, SAMPLE, sampleCluster, sampleParts } from '../../support/hosted/sample.ts';
import { apply } from '../../support/manifests.ts';
import type { BadInput } from './bad-input.ts';
import { FOLDER } from './stage.ts';
import type { Answer } from './store-proxy.ts';

const xml = (code: string, message: string): Answer => ({
  kind: 'page',
  status: 403,
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});

const HTML: Answer = { kind: 'page', status: 200, type: 'text/html', body: '<!doctype html><html><body>Please sign in</body></html>\n' };

const uploads: readonly BadInput[] = [
  {
    name: 'S3 403 on upload',
    phase: 'SaveEtcd',
    says: /HTTP 403, AccessDenied/,
    store: { method: 'PUT', by: 'pod', answer: xml('AccessDenied', 'Access Denied.') },
  },
  { name: 'HTML page with 200 on upload', phase: 'SaveEtcd', says: /a web page came/, store: { method: 'PUT', by: 'pod', answer: HTML } },
  {
    name: 'body cut when read back',
    phase: 'SaveEtcd',
    says: /is not the snapshot that was sent|could not be stored|SaveEtcd[^"]*(aborted|terminated|premature|closed|hang up)/,
    store: { method: 'GET', by: 'operator', answer: { kind: 'cut' } },
  },
  {
    name: 'bit flipped when read back',
    phase: 'SaveEtcd',
    says: /is not the snapshot that was sent \(hash\)/,
    store: { method: 'GET', by: 'operator', answer: { kind: 'flip' } },
  },
];

const downloads: readonly BadInput[] = [
  {
    name: 'HTML page with 200',
    phase: 'RestoreEtcd',
    says: /bytes of a web page came instead of a snapshot/,
    store: { method: 'GET', by: 'pod', answer: HTML },
  },
  {
    name: 'body cut',
    phase: 'RestoreEtcd',
    says: /refused \(size\): \d+ of \d+ bytes arrived/,
    store: { method: 'GET', by: 'pod', answer: { kind: 'cut' } },
  },
  { name: 'bit flipped', phase: 'RestoreEtcd', says: /refused \(hash\)/, store: { method: 'GET', by: 'pod', answer: { kind: 'flip' } } },
  {
    name: 'URL expired',
    phase: 'RestoreEtcd',
    says: /HTTP 403 \(AccessDenied\): Request has expired/,
    store: { method: 'GET', by: 'pod', answer: xml('AccessDenied', 'Request has expired') },
  },
];

/** A whole snapshot of another cluster: that of alpha itself. */
const foreign = async (set: HostedSet): Promise<BadInput> => {
  const file = resolve(FOLDER, 'foreign.db');
  const endpoint = describeSet(set.id)?.clusters.find(({ name }) => name === 'alpha')?.etcd ?? '';
  await execInNode(set.id, 'alpha', [await programPath('etcdctl'), '--endpoints', endpoint, 'snapshot', 'save', file]);
  const answer: Answer = { kind: 'page', status: 200, type: 'application/octet-stream', body: readFileSync(file) };
  return {
    name: 'snapshot of another cluster',
    phase: 'RestoreEtcd',
    says: /refused \(hash\)/,
    store: { method: 'GET', by: 'pod', answer },
  };
};

const KEY = ['secret', 'sample-etcd-encryption-key', '-n', CLUSTERS];
const patchKey = ({ alpha }: HostedSet, key: string): Promise<string> =>
  alpha.run(['patch', ...KEY, '-p', JSON.stringify({ data: { key } })]);

const wrongKey = (): BadInput => {
  let right = '';
  return {
    name: 'wrong encryption key',
    phase: 'SaveEtcd',
    says: /secrets in etcd are encrypted with key-|Secrets in etcd are encrypted with key-/,
    spoil: {
      when: 'inside',
      act: async ({ set }) => {
        right = await set.alpha.run(['get', ...KEY, '-o', 'jsonpath={.data.key}']);
        await patchKey(set, Buffer.alloc(32, 7).toString('base64'));
      },
    },
    mend: ({ set }) => patchKey(set, right),
  };
};

const ETCD = '--cacert /etc/etcd/tls/etcd-ca/ca.crt --cert /etc/etcd/tls/client/etcd-client.crt --key /etc/etcd/tls/client/etcd-client.key';
const inEtcd = ({ alpha }: HostedSet, script: string): Promise<string> =>
  alpha.run(['exec', 'etcd-0', '-n', HOME, '-c', 'etcd', '--', 'sh', '-c', script]);

/** The only node of alpha. */
const NODE = 'alpha-1';

const RAISE = `curl -sSf ${ETCD} https://localhost:2379/v3/maintenance/alarm -d '{"action":"ACTIVATE","memberID":"0","alarm":"NOSPACE"}'`;

const etcdFaults = (): BadInput[] => [
  {
    name: 'etcd member down',
    phase: 'SaveEtcd',
    says: /etcd member etcd-0 in .* does not answer/,
    spoil: {
      when: 'inside',
      // Its pod is made anew and finds no node.
      act: async ({ set }) => {
        await set.alpha.run(['cordon', NODE]);
        await set.alpha.run(['delete', 'pod/etcd-0', '-n', HOME, '--grace-period=1', '--timeout=60s']);
      },
    },
    mend: ({ set }) => set.alpha.run(['uncordon', NODE]),
  },
  {
    name: 'etcd alarm NOSPACE',
    phase: 'SaveEtcd',
    says: /has no space/,
    spoil: { when: 'inside', act: ({ set }) => inEtcd(set, RAISE) },
    mend: ({ set }) => inEtcd(set, `etcdctl ${ETCD} --endpoints https://localhost:2379 alarm disarm`),
  },
];

const paused = (cluster: object, name: string): object => {
  const { metadata, spec } = cluster as { metadata: object; spec: object };
  return { ...cluster, metadata: { ...metadata, name }, spec: { ...spec, pausedUntil: 'true' } };
};

/** A paused hosted cluster on beta that is in the way under some name. */
const inTheWay = (name: string): Pick<BadInput, 'spoil' | 'mend'> => ({
  spoil: { when: 'before', act: ({ set }) => apply(set.beta, ...sampleParts(set), paused(sampleCluster(set), name)) },
  mend: async ({ set }) => {
    await set.beta.run([
      'patch',
      'hostedcluster',
      name,
      '-n',
      CLUSTERS,
      '--type=merge',
      '-p',
      '{"spec":{"pausedUntil":null},"metadata":{"finalizers":null}}',
    ]);
    await set.beta.run(['delete', 'hostedcluster', name, '-n', CLUSTERS, '--ignore-not-found', '--timeout=120s']);
    await set.beta.run([
      'delete',
      'secrets,configmaps',
      '-n',
      CLUSTERS,
      'sample-pull-secret',
      'sample-etcd-encryption-key',
      'trust',
      '--ignore-not-found',
    ]);
  },
});

const preflights: readonly BadInput[] = [
  {
    name: 'wrong kubeconfig',
    phase: 'Preflight',
    says: /SourceKubeconfigInvalid/,
    options: () => ({ sourceKubeconfig: 'not: a kubeconfig' }),
  },
  {
    name: 'same cluster twice',
    phase: 'Preflight',
    says: /are the same cluster/,
    options: ({ set }) => ({ sourceKubeconfig: kubeconfigOf(set, 'beta') }),
  },
  {
    name: 'hosted cluster of that name there',
    phase: 'Preflight',
    says: /on the destination (already|with other content)/,
    ...inTheWay(SAMPLE),
  },
  {
    name: 'host names of another cluster there',
    phase: 'Preflight',
    says: /are the names of another hosted cluster/,
    ...inTheWay('twin'),
  },
];

/** Everything wrong that is produced for real, in the order of the phases that must find it. */
export const badInputs = async (set: HostedSet): Promise<BadInput[]> => [
  ...preflights,
  ...uploads,
  wrongKey(),
  ...etcdFaults(),
  ...downloads,
  await foreign(set),
];
