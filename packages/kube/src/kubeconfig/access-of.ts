import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Access, ExecPlugin, Impersonation } from '../access.ts';
import { KubeconfigError } from '../errors.ts';
import type { ClusterEntry, ExecEntry, Kubeconfig, Sourced, UserEntry } from './kubeconfig.ts';

type Place = { file: string; entry: string };

const refuse = ({ file, entry }: Place, problem: string): never => {
  throw new KubeconfigError(`${file}: ${entry}: ${problem}`);
};

const decoded = (place: Place, key: string, data: string): string => {
  const text = Buffer.from(data, 'base64').toString('utf8');
  return text.includes('-----BEGIN') ? text : refuse(place, `${key} is not base64 of PEM text; encode the file with base64 -w0`);
};

/** Inline data wins over a file, as in kubectl. */
const pem = (place: Place, entry: ClusterEntry | UserEntry, key: string): string | undefined => {
  const fields = entry as Record<string, string | undefined>;
  const data = fields[`${key}-data`];
  if (data) return decoded(place, `${key}-data`, data);
  const file = fields[key];
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(place, `${key} ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); restore the file or correct the path`);
  }
};

const serverOf = (place: Place, { server }: ClusterEntry): string => {
  if (!server) return refuse(place, 'has no server; set it with kubectl config set-cluster');
  const withScheme = /^[a-z]+:\/\//i.test(server) ? server : `https://${server}`;
  if (!URL.canParse(withScheme) || !/^https?:/i.test(withScheme)) return refuse(place, `server ${server} is not an http(s) URL`);
  return withScheme.replace(/\/+$/, '');
};

const proxyOf = (place: Place, { 'proxy-url': proxy }: ClusterEntry): string | undefined => {
  if (!proxy) return undefined;
  if (!URL.canParse(proxy)) return refuse(place, 'proxy-url is not a URL');
  const { protocol } = new URL(proxy);
  if (protocol === 'http:' || protocol === 'https:') return proxy;
  return refuse(place, `proxy-url uses ${protocol.slice(0, -1)}, which is not supported; use an http or https proxy`);
};

const clusterAccess = (place: Place, cluster: ClusterEntry) => {
  const insecure = cluster['insecure-skip-tls-verify'] === true;
  const ca = pem(place, cluster, 'certificate-authority');
  if (insecure && ca) return refuse(place, 'insecure-skip-tls-verify contradicts certificate-authority; remove one of them');
  return {
    server: serverOf(place, cluster),
    ca,
    insecure,
    serverName: cluster['tls-server-name'] || undefined,
    proxy: proxyOf(place, cluster),
  };
};

const impersonationOf = (place: Place, user: UserEntry): Impersonation | undefined => {
  const { as, 'as-uid': uid, 'as-groups': groups, 'as-user-extra': extra } = user;
  if (!as && (uid || groups?.length || extra)) return refuse(place, 'as-uid, as-groups and as-user-extra need as; name the user to act as');
  return as ? { user: as, uid, groups, extra } : undefined;
};

const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

const execOf = (place: Place, exec: ExecEntry | undefined, cluster: ClusterEntry): ExecPlugin | undefined => {
  if (!exec) return undefined;
  if (!exec.command) return refuse(place, 'exec has no command');
  if (!exec.apiVersion) return refuse(place, 'exec has no apiVersion; use client.authentication.k8s.io/v1');
  if (!/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(exec.apiVersion))
    return refuse(place, `exec uses apiVersion ${exec.apiVersion}, which is not supported; update it to client.authentication.k8s.io/v1`);
  return {
    apiVersion: exec.apiVersion,
    command: exec.command,
    args: exec.args ?? [],
    env: Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value])),
    installHint: exec.installHint,
    provideClusterInfo: exec.provideClusterInfo,
    folder: dirname(place.file),
    config: cluster.extensions?.find(({ name }) => name === EXEC_EXTENSION)?.extension,
  };
};

const certificateOf = (place: Place, user: UserEntry): Pick<Access, 'certificate' | 'certificateFiles'> => {
  const cert = pem(place, user, 'client-certificate');
  const key = pem(place, user, 'client-key');
  if (!cert && !key) return {};
  if (!cert || !key)
    return refuse(place, `has a client ${cert ? 'certificate without a key' : 'key without a certificate'}; add the other`);
  const files = { cert: user['client-certificate'], key: user['client-key'] };
  const fromFiles = files.cert && files.key && !user['client-certificate-data'] && !user['client-key-data'];
  return fromFiles ? { certificateFiles: files as { cert: string; key: string } } : { certificate: { cert, key } };
};

/** The token of the removed auth providers (gcp, oidc, …), as far as it stands in the file. */
const providerToken = (place: Place, { 'auth-provider': provider }: UserEntry): string | undefined => {
  if (!provider) return undefined;
  const token = provider.config?.['id-token'] ?? provider.config?.['access-token'];
  return (
    token ??
    refuse(place, `auth-provider ${provider.name} is no longer supported by Kubernetes; use an exec plugin, for instance kubelogin`)
  );
};

const userAccess = (place: Place, user: UserEntry, cluster: ClusterEntry) => ({
  ...certificateOf(place, user),
  token: user.token || providerToken(place, user),
  tokenFile: user.tokenFile || undefined,
  basic: user.username ? { username: user.username, password: user.password ?? '' } : undefined,
  exec: execOf(place, user.exec, cluster),
  impersonate: impersonationOf(place, user),
});

/** The names of all contexts, in alphabetical order. */
export const contextNames = (kubeconfig: Kubeconfig): string[] =>
  kubeconfig.inCluster ? ['in-cluster'] : [...kubeconfig.contexts.keys()].sort();

const choices = (kind: string, names: Iterable<string>): string => {
  const known = [...names].sort().join(', ');
  return known === '' ? `there are no ${kind}` : `known ${kind}: ${known}`;
};

const lookUp = <T>(entries: ReadonlyMap<string, Sourced<T>>, kind: string, name: string | undefined, where: Place): Sourced<T> => {
  const found = name ? entries.get(name) : undefined;
  if (found) return found;
  return refuse(
    where,
    `${name ? `names the ${kind} ${name}, which does not exist` : `names no ${kind}`}; ${choices(`${kind}s`, entries.keys())}`,
  );
};

/** How to reach the cluster of a context, by default of the current one; reads the files that the entries refer to. */
export const accessOf = (kubeconfig: Kubeconfig, contextName?: string): Access => {
  const { inCluster, files } = kubeconfig;
  if (inCluster && (contextName === undefined || contextName === 'in-cluster')) return inCluster;
  const wanted = contextName ?? kubeconfig.currentContext;
  const source = files.join(', ') || 'in-cluster access';
  const known = choices('contexts', contextNames(kubeconfig));
  if (!wanted) throw new KubeconfigError(`${source}: no context is current; pass --context or run kubectl config use-context (${known})`);
  const context = kubeconfig.contexts.get(wanted);
  if (!context) throw new KubeconfigError(`${source}: there is no context ${wanted}; ${known}`);
  const place = { file: context.file, entry: `context ${wanted}` };
  const cluster = lookUp(kubeconfig.clusters, 'cluster', context.value.cluster, place);
  const user = context.value.user ? lookUp(kubeconfig.users, 'user', context.value.user, place) : { file: context.file, value: {} };
  return {
    context: wanted,
    namespace: context.value.namespace || 'default',
    ...clusterAccess({ file: cluster.file, entry: `cluster ${context.value.cluster} (context ${wanted})` }, cluster.value),
    ...userAccess({ file: user.file, entry: `user ${context.value.user} (context ${wanted})` }, user.value, cluster.value),
  };
};
