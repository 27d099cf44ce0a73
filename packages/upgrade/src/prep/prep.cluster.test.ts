import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigMap, ImageBasedUpgrade, ImageBasedUpgradeReport, LCA_NAMESPACE, Namespace, Node, upgradeAnnotations } from '@godwit/api';
import { clusterPair, eventually, run } from '@godwit/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestRegistry, type TestRegistry } from '../../test/registry.ts';
import { pushTinySeed, type TinySeed } from '../../test/seed.ts';
import { newSysroot, removeSysroot } from '../../test/sysroot.ts';
import { ask, looksLike, nudge, scripted, upgradeName, working, worldOn } from '../controller/agent.fixture.ts';
import { upgradeController } from '../controller/controller.ts';
import type { StageHandlers } from '../handler/stage-handler.ts';
import type { HostDriver } from '../host/driver.ts';
import { CommandFailed, runHere } from '../host/run.ts';
import { sysrootDriver } from '../host/sysroot.ts';
import type { PrepMeans } from './means.ts';
import { prepHandler } from './prep-handler.ts';

const { host: cluster } = await clusterPair();
await cluster.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: LCA_NAMESPACE } });

let registry: TestRegistry;
let folder = '';
let host: HostDriver;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.stop());
beforeEach(async () => {
  folder = await newSysroot();
  host = sysrootDriver(folder);
  await host.reboot('test');
  for (const kind of [ImageBasedUpgrade, ImageBasedUpgradeReport]) await cluster.delete(kind, upgradeName);
});
afterEach(() => removeSysroot(folder));

/** A node's means, with a runtime that has every image but these. */
const meansOf = (absent: readonly string[] = []): PrepMeans => ({
  run: runHere,
  access: () => registry.access,
  retained: [],
  runtime: () => ({
    has: async (image) => !absent.includes(image),
    pull: async () => {
      throw new CommandFailed(['ctr'], 'failed with exit code 1', 'manifest unknown');
    },
  }),
});
const handlers = (means = meansOf()): StageHandlers => ({ ...scripted(working()), Prep: prepHandler(means) });
/** Runs the agent; when it is disposed of, its tasks end too, as they do with its process. */
const agent = (means?: PrepMeans): AsyncDisposable => {
  const world = worldOn(cluster, host);
  const running = run(() => [upgradeController(world, handlers(means))]);
  return {
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      await world.tasks.close();
    },
  };
};

let count = 0;
const pushed = async (seed?: TinySeed) => {
  count += 1;
  const image = `${registry.host}/lab/prep-${count}:1`;
  return { image, ...(await pushTinySeed(image, registry.access, seed)) };
};
const becomes = (expected: object, seconds = 50) =>
  eventually(() => looksLike(cluster), { client: cluster, seconds }).toMatchObject(expected);
const isIdle = () => becomes({ conditions: ['Idle=True:Idle'] });
const upgrade = () => cluster.get(ImageBasedUpgrade, upgradeName);
const report = async () => (await cluster.get(ImageBasedUpgradeReport, upgradeName))?.status;
const stateroots = async () => (await host.listDeployments()).map(({ stateroot }) => stateroot);
const manifests = async (name: string, ...objects: readonly object[]) => {
  const data = { 'all.yaml': objects.map((each) => JSON.stringify(each)).join('\n---\n') };
  await cluster.create(ConfigMap, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name }, data });
  return { extraManifests: [{ namespace: 'default', name }] };
};

const BUSY = 'Idle=False:InProgress:In progress';
const prepared = (message: string) => ({
  conditions: [BUSY, 'PrepInProgress=False:Completed:Prep completed', `PrepCompleted=True:Completed:${message}`],
  next: ['Idle', 'Upgrade'],
});
const refused = (message: unknown) => ({ conditions: [BUSY, 'PrepCompleted=False:Failed:Prep failed', message], next: ['Idle'] });

test('R-024 and R-025 a release is prepared: its stateroot beside the running one, its images listed, its digest remembered', async () => {
  const { image, checksum, digest } = await pushed();
  await using _agent = agent();
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image } });
  await becomes(prepared('Prep stage completed successfully'));
  expect((await host.listDeployments()).map((each) => [each.stateroot, each.booted])).toEqual([
    ['rhcos', true],
    ['rhcos_4.21.0', false],
  ]);
  const { history } = (await upgrade())?.status ?? {};
  expect(history).toMatchObject([{ stage: 'Prep', phases: [{ phase: 'Stateroot' }, { phase: 'Precache' }] }]);
  expect(
    history?.flatMap(({ completionTime, phases = [] }) => [completionTime, ...phases.map((each) => each.completionTime)]),
  ).not.toContain(undefined);
  expect(await report()).toMatchObject({
    history: [{ stage: 'Prep', version: '4.21.0', seedImage: `${registry.host}/lab/prep-${count}@${digest}` }],
    findings: [],
  });
  expect(checksum).toBe((await host.listDeployments())[1]?.checksum);
  expect((await cluster.get(ConfigMap, { namespace: LCA_NAMESPACE, name: 'lca-prep-precache' }))?.data).toEqual({
    'images.txt': 'quay.io/lab/a:1\nquay.io/lab/b:1\n',
  });
});

test('D-I9 the name of the seed image is asked for once; all else goes by the digest that was examined', async () => {
  const { image, digest } = await pushed();
  const asked: string[] = [];
  const means: PrepMeans = {
    ...meansOf(),
    run: (argv, options) => {
      asked.push(...argv.filter((word) => word.startsWith(`docker://${registry.host}/`)));
      return runHere(argv, options);
    },
  };
  await using _agent = agent(means);
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image } });
  await becomes(prepared('Prep stage completed successfully'));
  expect(asked[0]).toBe(`docker://${image}`);
  expect(new Set(asked.slice(1))).toEqual(new Set([`docker://${registry.host}/lab/prep-${count}@${digest}`]));
});

test('R-022 and G-I5 warnings do not block: they are an annotation, findings, and a remark at the end', async () => {
  const { image } = await pushed();
  const spec = await manifests(
    'warned',
    { apiVersion: 'nest.example/v1', kind: 'Bird', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'nowhere' } },
  );
  await using _agent = agent();
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image }, ...spec });
  await becomes(
    prepared(
      "Prep stage completed with extramanifests validation warning. Please check the annotation 'extra-manifest.lca.openshift.io/validation-warning' for details.",
    ),
  );
  const messages = (await report())?.findings?.map(({ message }) => message) ?? [];
  expect(messages).toEqual([
    'Bird[a] - CRD not deployed on cluster',
    'ConfigMap[b] - namespace nowhere not found on cluster or not added in configmap in right order',
  ]);
  expect((await upgrade())?.metadata.annotations?.[upgradeAnnotations.validationWarning]).toBe(messages.join('; '));
});

test('R-023 and G-I1 what is not allowed fails Prep before the host is touched; everything else that is wrong is told, too', async () => {
  const { image } = await pushed({ labels: {} });
  const machineConfig = { apiVersion: 'machineconfiguration.openshift.io/v1', kind: 'MachineConfig', metadata: { name: 'generic' } };
  const spec = await manifests('refused', machineConfig, { apiVersion: 'nest.example/v1', kind: 'Bird', metadata: { name: 'a' } });
  await using _agent = agent();
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image }, ...spec });
  await becomes(
    refused('PrepInProgress=False:Failed:failed to validate IBU spec: MachineConfig[generic] in extramanifests is not allowed'),
  );
  expect((await upgrade())?.metadata.annotations?.[upgradeAnnotations.validationWarning]).toBeUndefined();
  expect((await report())?.findings?.map(({ code }) => code).sort()).toEqual([
    'ExtraManifestKindUnknown',
    'ExtraManifestNotAllowed',
    'SeedImageUnusable',
  ]);
  expect(await stateroots()).toEqual(['rhcos']);
  await ask(cluster, 'Idle');
  await isIdle();
});

test.each<[string, object, RegExp]>([
  [
    'T18 a version that is not higher',
    { version: '4.20.1+metadata' },
    /IBU spec: failed to validate seed image OCP version: seed OCP version \(4\.20\.1\+metadata\) must be higher than current OCP version \(4\.20\.1\)$/,
  ],
  [
    'R-010 a pull secret that is not there',
    { pullSecretRef: { name: 'gone' } },
    /seed image info: failed to retrieve pull-secret from secret openshift-lifecycle-agent\/gone, err: secrets "gone" not found$/,
  ],
  [
    'an image that is not there',
    { image: '127.0.0.1:1/nothing:1' },
    /seed image info: The seed image 127\.0\.0\.1:1\/nothing:1 cannot be read/,
  ],
])('%s fails Prep', async (_title, wrong, message) => {
  const { image } = await pushed();
  await using _agent = agent();
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image, ...wrong } });
  await becomes(refused(expect.stringMatching(message)));
  expect(await stateroots()).toEqual(['rhcos']);
  expect(existsSync(join(host.root, 'var/lib/lca/workspace/seed-pull-secret'))).toBe(false);
});

test('a time-out that nobody can count fails Prep, not the pivot', async () => {
  const { image } = await pushed();
  await using _agent = agent();
  await isIdle();
  const autoRollbackOnFailure = { initMonitorTimeoutSeconds: Number.MAX_SAFE_INTEGER };
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image }, autoRollbackOnFailure });
  await becomes(
    refused(
      'PrepInProgress=False:Failed:failed to validate IBU spec: initMonitorTimeoutSeconds (9007199254740991) must not be higher than 9223372036',
    ),
  );
});

test('an image of the release that nobody has fails Prep, in the words of its job', async () => {
  const { image } = await pushed();
  await using _agent = agent(meansOf(['quay.io/lab/b:1']));
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image } });
  await becomes(
    refused(
      expect.stringMatching(
        /^PrepInProgress=False:Failed:precache job failed to complete\. job-name: lca-prep-precache, job-namespace: openshift-lifecycle-agent: failed to pre-cache one or more images: quay\.io\/lab\/b:1/,
      ),
    ),
  );
});

test('a node that is not ready holds Prep, until it is', async () => {
  const { image } = await pushed();
  const node = { name: 'node-a' };
  const labels = { 'node-role.kubernetes.io/control-plane': '' };
  await cluster.create(Node, { apiVersion: 'v1', kind: 'Node', metadata: { ...node, labels } } as Node);
  await using _agent = agent();
  await isIdle();
  await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image } });
  await becomes({
    conditions: [
      BUSY,
      'PrepInProgress=True:InProgress:Waiting for system to stabilize before Prep stage can continue: one or more health checks failed: node is not yet ready: node-a',
    ],
  });
  expect(await stateroots()).toEqual(['rhcos']);
  await cluster.delete(Node, node);
  await nudge(cluster);
  await becomes(prepared('Prep stage completed successfully'));
});

test('G-I7 an agent that is stopped again and again goes on, and leaves one stateroot with one deployment', async () => {
  const { image } = await pushed();
  const journal = join(host.root, 'var/lib/lca/journal');
  {
    await using _agent = agent();
    await isIdle();
    await ask(cluster, 'Prep', { seedImageRef: { version: '4.21.0', image } });
    await eventually(() => existsSync(journal) && readdirSync(journal).length > 0).toBe(true);
  }
  for (const name of ['Stateroot', 'Precache']) {
    await using _agent = agent();
    await eventually(async () => ((await report())?.phases ?? []).map((each) => each.name), { seconds: 50 }).toContain(name);
  }
  await using _agent = agent();
  await becomes(prepared('Prep stage completed successfully'));
  expect(await stateroots()).toEqual(['rhcos', 'rhcos_4.21.0']);
  expect(readdirSync(join(folder, 'ostree/deploy')).sort()).toEqual(['rhcos', 'rhcos_4.21.0']);
});
