import { type HostedAccess, openHosted } from '../support/hosted/access.ts';
import { fingerprint } from '../support/hosted/fingerprint.ts';
import type { Side } from '../support/hosted/hosted-set.ts';
import { type MarkerPod, markerPods } from '../support/hosted/marker.ts';
import { readyNodes } from '../support/hosted/start-sample.ts';
import { FOLDER, type Stage } from './stage.ts';

/** What the hosted cluster was at one moment. */
export type Picture = {
  access: HostedAccess;
  nodes: Map<string, string>;
  pods: MarkerPod[];
  objects: Map<string, string>;
  kubeSystem: string;
};

/** Looks at the hosted cluster where it runs now. */
export const takePicture = async ({ set }: Stage, side: Side): Promise<Picture> => {
  const access = await openHosted(set, side, FOLDER);
  const { kubectl } = access;
  return {
    access,
    nodes: await readyNodes(kubectl),
    pods: await markerPods(kubectl),
    objects: await fingerprint(kubectl),
    kubeSystem: await kubectl.run(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']),
  };
};
