import { mkdirSync } from 'node:fs';
import { execInMachine, listMachines, silent } from '@godwit/devcluster';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { OperatorProcess } from './faults/operator.ts';
import { volumesOf } from './support/clean-up.ts';
import { type HostedAccess, openHosted } from './support/hosted/access.ts';
import { changesBetween, fingerprint } from './support/hosted/fingerprint.ts';
import { CLUSTERS, type HostedSet, openHostedSet } from './support/hosted/hosted-set.ts';
import { deployMarker, markerPods, wrongSecrets } from './support/hosted/marker.ts';
import { followMove, hasEnded, hasSucceeded, lastWords, startMove } from './support/hosted/move.ts';
import { hostedOperator } from './support/hosted/operator.ts';
import { outages, probeUrl } from './support/hosted/prober.ts';
import { HOME, SAMPLE, samplePool, WORKERS } from './support/hosted/sample.ts';
import { readyNodes, startSample, startWorkers } from './support/hosted/start-sample.ts';
import { apply } from './support/manifests.ts';
import { until } from './support/until.ts';

const FOLDER = 'build/e2e/hosted';

let set: HostedSet;
let operators: OperatorProcess[] = [];
let hosted: HostedAccess['kubectl'];

const FILE = `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  labels: {machineconfiguration.openshift.io/role: worker}
  name: custom
spec:
  config:
    ignition: {version: 3.2.0}
    storage:
      files:
      - path: /etc/custom-config
        contents: {source: "data:,content%0A"}
`;

const conditionOfPool = async (side: 'alpha' | 'beta', type: string): Promise<string> =>
  set[side].run(['get', 'nodepool', WORKERS, '-n', CLUSTERS, '-o', `jsonpath={.status.conditions[?(@.type=="${type}")].status}`]);

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  set = await openHostedSet(inject('localSet'), silent);
  operators = (['alpha', 'beta'] as const).map((side) => hostedOperator(set, side, `${FOLDER}/operator-${side}.log`));
  for (const operator of operators) operator.start();
});

/** The class of etcd's volumes keeps them when their cluster is gone. */
const removeKeptVolumes = async (side: 'alpha' | 'beta'): Promise<void> => {
  const volumes = await volumesOf(set[side], [HOME]);
  if (volumes.length > 0) await set[side].run(['delete', ...volumes, '--timeout=60s']);
};

afterAll(async () => {
  for (const side of ['alpha', 'beta'] as const)
    await set[side].run(['delete', 'hostedclusters', '--all', '-n', CLUSTERS, '--wait=false', '--ignore-not-found']);
  await until('the machines to be gone', 120, async () => (listMachines(set.id).length === 0 ? true : undefined));
  for (const operator of operators) await operator.stop();
  for (const side of ['alpha', 'beta'] as const)
    await set[side].run(['delete', 'hostedclustermigrations', '--all', '--all-namespaces', '--wait=false', '--ignore-not-found']);
  for (const side of ['alpha', 'beta'] as const) await removeKeptVolumes(side);
});

test('a hosted cluster serves its API by its public name, and two workers join it', async () => {
  await startSample(set, 'alpha');
  ({ kubectl: hosted } = await openHosted(set, 'alpha', FOLDER));
  expect(await hosted.run(['get', '--raw', '/readyz'])).toBe('ok');
  const nodes = await startWorkers(set, { side: 'alpha', replicas: 2 }, hosted);
  expect([...nodes.keys()].sort()).toEqual(
    listMachines(set.id)
      .map(({ id }) => id)
      .sort(),
  );
});

test('a file of a MachineConfig reaches the nodes by replacing them, and the pool says when that is over (T82)', async () => {
  const before = await readyNodes(hosted);
  await apply(set.alpha, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'custom', namespace: CLUSTERS },
    data: { config: FILE },
  });
  await apply(set.alpha, samplePool(set, 2, ['custom']));
  await until('the pool to replace its nodes', 60, async () =>
    (await conditionOfPool('alpha', 'UpdatingConfig')) === 'True' ? true : undefined,
  );
  const after = await until('two new nodes, and no old one', 240, async () => {
    const nodes = await readyNodes(hosted);
    return nodes.size === 2 && [...nodes.keys()].every((name) => !before.has(name)) ? nodes : undefined;
  });
  for (const name of after.keys()) expect(await execInMachine(set.id, name, ['cat', '/etc/custom-config'])).toBe('content');
  await until('the pool to be up to date', 60, async () =>
    (await conditionOfPool('alpha', 'UpdatingConfig')) === 'False' ? true : undefined,
  );
});

test('a pool that is scaled down gives one machine up and keeps the other', async () => {
  const before = await readyNodes(hosted);
  await set.alpha.run(['scale', 'nodepool', WORKERS, '-n', CLUSTERS, '--replicas=1']);
  const [left] = await until('one node to be left', 120, async () => {
    const nodes = await readyNodes(hosted);
    return nodes.size === 1 && listMachines(set.id).length === 1 ? [...nodes] : undefined;
  });
  expect(before.get(left?.[0] ?? '')).toBe(left?.[1]);
});

test('a hosted cluster moves with its node while its workload answers, and nothing of it changes (T93)', async () => {
  await deployMarker(hosted);
  const before = { nodes: await readyNodes(hosted), pods: await markerPods(hosted), objects: await fingerprint(hosted) };
  const prober = probeUrl(`${FOLDER}/workload.log`, before.pods[0]?.url ?? '');

  await startMove(set, 'e2e', { to: 'beta', soak: '5s' });
  const move = await followMove(set, { to: 'beta', name: 'e2e', seconds: 280 }, hasEnded);
  await prober.stop();
  expect(hasSucceeded(move), lastWords(move)).toBe(true);

  ({ kubectl: hosted } = await openHosted(set, 'beta', FOLDER));
  await hosted.run(['wait', '--for=delete', 'namespace/godwit-move-probe', '--timeout=60s']);
  expect(outages(prober.probes)).toEqual([]);
  expect(await readyNodes(hosted)).toEqual(before.nodes);
  expect(await markerPods(hosted)).toEqual(before.pods);
  expect(changesBetween(before.objects, await fingerprint(hosted))).toEqual([]);
  expect(await wrongSecrets(hosted)).toEqual([]);
  expect(await hosted.run(['logs', '-n', 'marker', before.pods[0]?.name ?? '', '--tail=1'])).toBeTypeOf('string');
  expect(await set.alpha.run(['get', 'namespace', HOME, '-o', 'name', '--ignore-not-found'])).toBe('');
});

test('a hosted cluster that is deleted where it went to leaves neither pods nor machines', async () => {
  await set.beta.run(['delete', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '--timeout=180s']);
  expect(await set.beta.run(['get', 'namespace', HOME, '-o', 'name', '--ignore-not-found'])).toBe('');
  await until('the machine to be gone', 60, async () => (listMachines(set.id).length === 0 ? true : undefined));
});
