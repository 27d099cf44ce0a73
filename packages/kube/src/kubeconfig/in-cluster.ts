import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../access.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);

/** Access with the service account of the pod that this process runs in; undefined outside of a cluster. */
export const inClusterAccess = (env: NodeJS.ProcessEnv = process.env, folder: string = SERVICE_ACCOUNT): Access | undefined => {
  const host = env.KUBERNETES_SERVICE_HOST;
  const tokenFile = join(folder, 'token');
  if (!host || !existsSync(tokenFile)) return undefined;
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined);
  return {
    server: `https://${bracketed(host)}:${env.KUBERNETES_SERVICE_PORT ?? '443'}`,
    context: 'in-cluster',
    namespace: read('namespace')?.trim() || 'default',
    ca: read('ca.crt'),
    tokenFile,
  };
};
