import { mkdirSync } from 'node:fs';
import { stopSet, toStandardError } from '@godwit/devcluster';
import { accessOf, type Client, connect, loadKubeconfig } from '@godwit/kube';
import { type LocalSet, startLocalSet } from '../../e2e/support/local-set.ts';
import { installApi, registerClusters } from '../../e2e/support/manifests.ts';

/** The set of clusters that the benchmark owns. */
export const SET = 'bench';
/** Where logs and scratch files of the benchmark go. */
export const FOLDER = 'build/bench';
/** The namespace of the Mig* objects. */
export const NAMESPACE = 'openshift-migration';

/** Two clusters with the product's definitions and registered in the documented form, and a client for each. */
export type Stage = { set: LocalSet; alpha: Client; beta: Client };

let stage: Promise<Stage> | undefined;

const prepare = async (): Promise<Stage> => {
  mkdirSync(FOLDER, { recursive: true });
  const set = await startLocalSet(SET, toStandardError);
  for (const cluster of [set.alpha, set.beta]) await installApi(cluster);
  await registerClusters(set);
  const client = (context: string) => connect(accessOf(loadKubeconfig({ path: set.kubeconfig }), context), { userAgent: 'godwit-bench' });
  return { set, alpha: client('alpha'), beta: client('beta') };
};

/** Starts the clusters at the first call; later calls share them. */
export const openStage = (): Promise<Stage> => {
  stage ??= prepare();
  return stage;
};

/** Removes the clusters, if they were started. */
export const removeBench = async (): Promise<void> => {
  if (stage === undefined) return;
  await stage.then(({ alpha, beta }) => Promise.all([alpha.close(), beta.close()])).catch(() => {}); // removed all the same
  await stopSet(SET);
};
