import {
  buildImage,
  describeSet,
  IMAGES,
  loadImage,
  type Progress,
  programPath,
  setKubeconfigPath,
  startSet,
  step,
} from '@godwit/devcluster';
import { type Kubectl, kubectlOf } from '@godwit/example-shop';

/** Two real clusters with an object store, the images they need loaded, and ways to talk to them. */
export type LocalSet = {
  id: string;
  kubeconfig: string;
  alpha: Kubectl;
  beta: Kubectl;
  objectStore: { endpoint: string; bucket: string; accessKey: string; secretKey: string; authorityPath: string };
};

/** Opens ways to a set that runs already. */
export const openLocalSet = async (id: string): Promise<LocalSet> => {
  const kubeconfig = setKubeconfigPath(id);
  const program = await programPath('kubectl');
  const { objectStore, authorityPath } = describeSet(id) ?? {};
  if (objectStore === undefined || authorityPath === undefined)
    throw new Error(`set ${id} has no object store; remove it with: godwit-dev down --set ${id}`);
  return {
    id,
    kubeconfig,
    alpha: kubectlOf({ program, kubeconfig, context: 'alpha' }),
    beta: kubectlOf({ program, kubeconfig, context: 'beta' }),
    objectStore: { ...objectStore, authorityPath },
  };
};

/** Starts the set, or finds it running, and loads the images of the sample application and of volume transfers into every node; `hosted`: with a name server and machines too. */
export const startLocalSet = async (
  id: string,
  progress: Progress,
  { bound = false, hosted = false }: { bound?: boolean; hosted?: boolean } = {},
): Promise<LocalSet> => {
  const archives: string[] = [];
  for (const recipe of [IMAGES.transfer, IMAGES.shop]) archives.push(await buildImage(recipe, progress));
  await startSet({ id, clusters: ['alpha', 'beta'], bound, hosted, progress });
  await step(progress, 'load images into the nodes', async () => {
    for (const archive of archives) await loadImage(id, archive);
  });
  return openLocalSet(id);
};
