import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bootNode,
  buildImage,
  buildRelease,
  describeSet,
  IMAGES,
  installNode,
  interruptNode,
  isNodeOn,
  killComponent,
  nodeData,
  nodeKubeconfigPath,
  pushImage,
  rebootNode,
  requireNode,
  silent,
  startSet,
  staterootOf,
  stopSet,
  untilBoot,
  untilStarted,
} from '@godwit/devcluster';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNode, setDefault, type TestNode } from './support/node.ts';

const [SET, ID] = ['ostree-test', 'sno'];
const [FIRST, SECOND] = ['4.20.1', '4.21.0'];
const IMAGE = 'registry.godwit.local:5000/godwit/transfer:0.1.0';

let node: TestNode;

beforeAll(async () => {
  await startSet({ id: SET, clusters: [], bound: true });
  const { registry = '', authorityPath } = describeSet(SET) ?? {};
  const archive = await buildImage(IMAGES.transfer, silent);
  await pushImage({ archive, reference: `${registry}/godwit/transfer:0.1.0`, authority: authorityPath });
  await installNode({ set: SET, id: ID, release: { version: FIRST } });
  await bootNode(SET, ID);
  await untilStarted(SET, ID);
  node = await openNode(SET, ID);
});

afterAll(() => stopSet(SET));

const releaseOf = (): Promise<string> => node.sh('. /etc/os-release; echo $VERSION_ID');

/** The lines of `ostree admin status` that name deployments; the booted one is marked. */
const deployments = async (): Promise<string[]> =>
  (await node.sh('ostree admin status'))
    .split('\n')
    .flatMap((line) => /^(\*?) +(\S+) [0-9a-f]{64}\.\d/.exec(line)?.slice(1, 3).join('') ?? []);

const ready = (): Promise<string> => node.kubectl.run(['wait', `node/${ID}`, '--for=condition=Ready', '--timeout=60s']);

const reboot = async (): Promise<void> => {
  await rebootNode(SET, ID);
  await untilStarted(SET, ID);
};

const writer = [
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'writer' },
    spec: {
      containers: [
        {
          name: 'writer',
          image: IMAGE,
          command: ['sh', '-c', 'date +%s >> /data/starts; exec sleep infinity'],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  },
];

/** How often the writer was started, by what lies on the data disk. */
const starts = (): number => {
  const volumes = join(nodeData(SET, ID), 'volumes');
  return readdirSync(volumes).flatMap((volume) =>
    readFileSync(join(volumes, volume, 'starts'), 'utf8')
      .trim()
      .split('\n'),
  ).length;
};

test('a node runs a cluster out of its deployment, which cannot be taken away under it', async () => {
  await ready();
  expect([await releaseOf(), await deployments()]).toEqual([FIRST, [`*${staterootOf(FIRST)}`]]);
  await expect(node.sh('ostree admin undeploy 0')).rejects.toThrow('Cannot undeploy currently booted deployment 0');
  await expect(node.sh('touch /usr/bin/x')).rejects.toThrow('Read-only file system');
  await node.sh(`unshare -m /bin/sh -c 'mount -o remount,rw /sysroot && touch /sysroot/x && rm /sysroot/x'`);
  expect(await node.sh('cat /proc/cmdline')).toContain(`ibu=${FIRST}`);
});

test('a pod gets its image from the registry of the set, and its volume on the data disk', async () => {
  await node.kubectl.run(['apply', '-f', '-'], writer.map((object) => JSON.stringify(object)).join('\n---\n'));
  await node.kubectl.run(['wait', 'pod/writer', '--for=condition=Ready', '--timeout=120s']);
  expect(starts()).toBe(1);
  expect(await node.kubectl.run(['exec', 'writer', '--', 'getent', 'hosts', 'minio.godwit.local'])).toContain('minio.godwit.local');
});

test('a second release is deployed beside the first, and waits', async () => {
  const { repository, commit } = await buildRelease({ version: SECOND });
  const delivered = join(nodeData(SET, ID), 'delivered');
  await execa('ostree', [`--repo=${delivered}`, 'init', '--mode=bare']);
  await execa('ostree', [`--repo=${delivered}`, 'pull-local', repository, commit]);
  await node.sh(`ostree pull-local --repo /ostree/repo /var/mnt/data/delivered ${commit}; ostree admin os-init ${staterootOf(SECOND)}`);
  await node.sh(`ostree admin deploy --os ${staterootOf(SECOND)} --no-prune --karg rw --karg ibu=${SECOND} --not-as-default ${commit}`);
  expect(await deployments()).toEqual([`*${staterootOf(FIRST)}`, staterootOf(SECOND)]);
});

test('a reboot enters the release that is the default: another cluster, under the identity that it was handed, with the same data disk', async () => {
  const before = readFileSync(nodeKubeconfigPath(SET, ID), 'utf8');
  const { bootId } = requireNode(SET, ID);
  const other = `/sysroot/ostree/deploy/${staterootOf(SECOND)}`;
  await node.sh(`mkdir -p ${other}/var/lib/kubernetes/pki
    cp -a /var/lib/kubernetes/pki/ca.* /var/lib/kubernetes/pki/sa.* ${other}/var/lib/kubernetes/pki/
    for etc in ${other}/deploy/*.0/etc; do
      mkdir -p $etc/kubernetes $etc/pki/godwit
      cp /etc/kubernetes/cluster.env $etc/kubernetes/
      cp /etc/pki/godwit/* $etc/pki/godwit/
    done`);
  await setDefault(node, 1);
  await reboot();
  expect([await releaseOf(), await deployments()]).toEqual([SECOND, [`*${staterootOf(SECOND)}`, staterootOf(FIRST)]]);
  await ready();
  expect(await node.kubectl.run(['get', 'pods', '--output=name'])).toBe('');
  expect(await node.kubectl.run(['get', 'configmap/godwit-release', '-n', 'kube-system', '-o', 'jsonpath={.data.version}'])).toBe(SECOND);
  const authority = (text: string) => /certificate-authority-data: (.*)/.exec(text)?.[1];
  expect(authority(readFileSync(nodeKubeconfigPath(SET, ID), 'utf8'))).toBe(authority(before));
  expect(starts()).toBe(1);
  expect(await node.sh('cat /run/godwit-boot-id')).toBe(requireNode(SET, ID).bootId);
  expect(requireNode(SET, ID).bootId).not.toBe(bootId);
});

test('back on the first release the old cluster is there with its pod', async () => {
  await setDefault(node, 1);
  await reboot();
  expect(await deployments()).toEqual([`*${staterootOf(FIRST)}`, staterootOf(SECOND)]);
  await node.kubectl.run(['wait', 'pod/writer', '--for=jsonpath={.status.containerStatuses[0].restartCount}=1', '--timeout=120s']);
  await node.kubectl.run(['wait', 'pod/writer', '--for=condition=Ready', '--timeout=120s']);
  expect(starts()).toBe(2);
});

test('a node whose power fails comes back, also when its supervisor was killed with it', async () => {
  const { boots } = requireNode(SET, ID);
  await interruptNode(SET, ID);
  await untilBoot(SET, ID, boots + 1);
  await killComponent(SET, undefined, 'nodes');
  await interruptNode(SET, ID);
  expect(isNodeOn(requireNode(SET, ID))).toBe(false);
  await bootNode(SET, ID);
  await untilStarted(SET, ID);
  await ready();
  expect(requireNode(SET, ID).boots).toBe(boots + 2);
});

test('a release that nobody needs is undeployed and removed with the commands of the manual', async () => {
  await node.sh('ostree admin undeploy 1');
  await node.sh(`unshare -m /bin/sh -c "mount -o remount,rw /sysroot && rm -rf /sysroot/ostree/deploy/${staterootOf(SECOND)}"`);
  expect(await deployments()).toEqual([`*${staterootOf(FIRST)}`]);
});

test('ending the set leaves nothing of its nodes', async () => {
  const { process, networkNamespace, cgroup } = requireNode(SET, ID);
  await stopSet(SET);
  expect(existsSync(`/proc/${process?.pid}`)).toBe(false);
  expect(existsSync(`/run/netns/${networkNamespace}`)).toBe(false);
  expect(readdirSync('/sys/fs/cgroup').filter((hierarchy) => existsSync(join('/sys/fs/cgroup', hierarchy, cgroup)))).toEqual([]);
  expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(SET);
  expect(existsSync(join('/var/lib/godwit', SET))).toBe(false);
});
