import { Resolver } from 'node:dns/promises';
import { writeFileSync } from 'node:fs';
import { programPath } from '@godwit/devcluster';
import { type Kubectl, kubectlOf } from '@godwit/example-shop';
import { parse, stringify } from 'yaml';
import { CLUSTERS, type HostedSet, type Side } from './hosted-set.ts';
import { SAMPLE } from './sample.ts';

/** An administrator's way to the hosted cluster by its public name, which only the set's name server knows. */
export type HostedAccess = {
  kubectl: Kubectl;
  /** URL of the API as the kubeconfig has it. */
  server: URL;
  credentials: { ca: string; cert: string; key: string };
};

type Kubeconfig = {
  clusters: { cluster: { server: string; 'certificate-authority-data': string; 'tls-server-name'?: string } }[];
  users: { user: { 'client-certificate-data': string; 'client-key-data': string } }[];
};

/** The addresses of a name, as the set's name server tells them now; none when it knows no such name. */
export const addressesOf = async ({ dns }: HostedSet, name: string): Promise<string[]> => {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([dns.server]);
  return resolver.resolve4(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
    throw error;
  });
};

const decoded = (text = ''): string => Buffer.from(text, 'base64').toString();

/** Reads the administrator's kubeconfig of the hosted cluster from a management cluster, and opens it at the address that the name has now. */
export const openHosted = async (set: HostedSet, side: Side, folder: string): Promise<HostedAccess> => {
  const { status } = JSON.parse(await set[side].run(['get', 'hostedcluster', SAMPLE, '-n', CLUSTERS, '-o', 'json'])) as {
    status: { kubeconfig: { name: string } };
  };
  const text = await set[side].run(['get', 'secret', status.kubeconfig.name, '-n', CLUSTERS, '-o', 'jsonpath={.data.kubeconfig}']);
  const config = parse(decoded(text)) as Kubeconfig;
  const [cluster, user] = [config.clusters[0]?.cluster, config.users[0]?.user];
  if (cluster === undefined || user === undefined) throw new Error(`Secret ${status.kubeconfig.name} holds no cluster or no user`);
  const server = new URL(cluster.server);
  const [address] = await addressesOf(set, server.hostname);
  if (address === undefined) throw new Error(`${server.hostname} has no address at ${set.dns.server}`);
  cluster.server = `https://${address}:${server.port}`;
  cluster['tls-server-name'] = server.hostname;
  const path = `${folder}/hosted-${side}.kubeconfig`;
  writeFileSync(path, stringify(config), { mode: 0o600 });
  return {
    kubectl: kubectlOf({ program: await programPath('kubectl'), kubeconfig: path }),
    server,
    credentials: {
      ca: decoded(cluster['certificate-authority-data']),
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
    },
  };
};
