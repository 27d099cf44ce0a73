import { mkdirSync } from 'node:fs';
import { stopSet, toStandardError } from '@godwit/devcluster';
import type { Kubectl } from '@godwit/example-shop';
import { accessOf, type Client, connect, loadKubeconfig } from '@godwit/kube';
import type { OperatorProcess } from '../../e2e/faults/operator.ts';
import { openHosted } from '../../e2e/support/hosted/access.ts';
import { CLUSTERS, type HostedSet, type Side, startHostedSet } from '../../e2e/support/hosted/hosted-set.ts';
import { hostedOperator } from '../../e2e/support/hosted/operator.ts';
import { HOME, SAMPLE } from '../../e2e/support/hosted/sample.ts';
import { startSample } from '../../e2e/support/hosted/start-sample.ts';
import { FOLDER } from './stage.ts';

const SET = 'bench-hosted';

/** Two management clusters with an operator each. */
export type HostedStage = { set: HostedSet; alpha: Client; operators: OperatorProcess[] };

let stage: Promise<HostedStage> | undefined;
let filled: Promise<Kubectl> | undefined;

const prepare = async (): Promise<HostedStage> => {
  mkdirSync(FOLDER, { recursive: true });
  const set = await startHostedSet(SET, toStandardError);
  const operators = (['alpha', 'beta'] as const).map((side: Side) => hostedOperator(set, side, `${FOLDER}/operator-${side}.log`));
  for (const operator of operators) operator.start();
  const alpha = connect(accessOf(loadKubeconfig({ path: set.kubeconfig }), 'alpha'), { userAgent: 'godwit-bench' });
  return { set, alpha, operators };
};

/** Starts the clusters and operators at the first call; later calls share them. */
export const openHostedStage = (): Promise<HostedStage> => {
  stage ??= prepare();
  return stage;
};

/** Removes the hosted cluster and waits until nothing of it is left. */
export const removeSample = async ({ alpha }: HostedSet): Promise<void> => {
  await alpha.run(['delete', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '--timeout=180s']);
  await alpha.run(['wait', '--for=delete', `namespace/${HOME}`, '--timeout=180s']);
};

const CONFIG_MAPS = 112;
const EACH_BYTES = 900_000;

/** A hosted cluster on alpha whose etcd holds 100 MB; made at the first call. */
export const filledSample = (): Promise<Kubectl> => {
  filled ??= openHostedStage().then(async ({ set }) => {
    await startSample(set, 'alpha');
    const { kubectl } = await openHosted(set, 'alpha', FOLDER);
    const content = 'etcd holds this '.repeat(EACH_BYTES / 16);
    for (let at = 1; at <= CONFIG_MAPS; at += 1) {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `fill-${at}`, namespace: 'default' }, data: { content } };
      await kubectl.run(['create', '-f', '-'], JSON.stringify(object));
    }
    return kubectl;
  });
  return filled;
};

/** Ends the operators and removes the clusters, if they were started. */
export const removeHostedBench = async (): Promise<void> => {
  if (stage === undefined) return;
  await stage
    .then(async ({ alpha, operators }) => {
      for (const operator of operators) await operator.stop();
      await alpha.close();
    })
    .catch(() => {}); // removed all the same
  await stopSet(SET);
};
