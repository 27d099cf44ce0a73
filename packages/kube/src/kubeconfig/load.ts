import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { KubeconfigError } from '../errors.ts';
import { inClusterAccess } from './in-cluster.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import { mergeKubeconfigs } from './merge.ts';
import { parseKubeconfig } from './parse.ts';

const readConfig = (file: string): Kubeconfig => {
  try {
    return parseKubeconfig(readFileSync(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof KubeconfigError) throw error;
    throw new KubeconfigError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); check the path and its permissions`);
  }
};

/**
 * Reads the kubeconfig: the file at `path`, else the files of $KUBECONFIG (missing ones are skipped), else ~/.kube/config,
 * else the service account of the pod.
 */
export const loadKubeconfig = ({ path, env = process.env }: { path?: string | undefined; env?: NodeJS.ProcessEnv } = {}): Kubeconfig => {
  if (path !== undefined) return readConfig(resolve(path));
  const named = (env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  const wanted = named.length > 0 ? named : [join(env.HOME || homedir(), '.kube', 'config')];
  const found = [...new Set(wanted.map((file) => resolve(file)))].filter((file) => existsSync(file));
  if (found.length > 0) return mergeKubeconfigs(found.map(readConfig));
  const inCluster = named.length === 0 ? inClusterAccess(env) : undefined;
  if (inCluster) return { ...mergeKubeconfigs([]), inCluster };
  throw new KubeconfigError(
    `no kubeconfig found: ${wanted.join(', ')} ${wanted.length === 1 ? 'does' : 'do'} not exist; pass --kubeconfig or set KUBECONFIG`,
  );
};
