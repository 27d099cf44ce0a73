import { Node } from '@godwit/api';
import { openShift } from '../prep/open-shift.ts';
import type { PreflightScope } from './scope.ts';

const VERSION = /\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?/;

/** The release that the cluster runs, as far as its API server knows: by its ClusterVersion, else by what its node says of its system. */
export const currentRelease = async ({ cluster }: Pick<PreflightScope, 'cluster'>): Promise<string | undefined> => {
  const version = (await cluster.get(openShift.ClusterVersion, { name: 'version' }))?.status?.desired?.version;
  if (version) return version;
  const [node] = (await cluster.list(Node)).items;
  return VERSION.exec(node?.status?.nodeInfo?.osImage ?? '')?.[0];
};
