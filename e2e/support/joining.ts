import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createAuthority, issueCertificate } from '@godwit/controller';
import type { Kubectl } from '@godwit/example-shop';
import { stringify } from 'yaml';

/** A cluster that machines are to join: its address and its authority (PEM). */
export type Joined = { server: string; authority: string; token: string };

/** Applies objects. */
export const applyAll = (kubectl: Kubectl, objects: readonly object[]): Promise<string> =>
  kubectl.run(['apply', '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n---\n'));

/** Lets whoever holds the token of service account kube-system/joining join as a node; the controller manager signs such requests. Returns the token. */
export const allowJoining = async (kubectl: Kubectl): Promise<string> => {
  const rbac = 'rbac.authorization.k8s.io';
  const binding = (name: string, role: string, subject: object) => ({
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects: [subject],
  });
  const account = { kind: 'ServiceAccount', name: 'joining', namespace: 'kube-system' };
  await applyAll(kubectl, [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account.name, namespace: account.namespace } },
    binding('joining-asks', 'system:node-bootstrapper', account),
    binding('joining-is-signed', 'system:certificates.k8s.io:certificatesigningrequests:nodeclient', account),
  ]);
  return kubectl.run(['create', 'token', account.name, '--namespace', account.namespace]);
};

const dataUrl = (text: string): string => `data:;base64,${Buffer.from(text).toString('base64')}`;

const bootstrapKubeconfig = ({ server, authority, token }: Joined): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'joined',
    clusters: [{ name: 'joined', cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') } }],
    users: [{ name: 'joining', user: { token } }],
    contexts: [{ name: 'joined', context: { cluster: 'joined', user: 'joining' } }],
  });

const KUBELET = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: '/etc/kubernetes/ca.crt' } },
  authorization: { mode: 'Webhook' },
  cgroupDriver: 'cgroupfs',
  failCgroupV1: false,
  failSwapOn: false,
  enforceNodeAllocatable: [],
  evictionHard: {},
  imageGCHighThresholdPercent: 100,
  imageGCLowThresholdPercent: 99,
  rotateCertificates: true,
  serverTLSBootstrap: true,
  staticPodPath: '/etc/kubernetes/manifests',
  volumePluginDir: '/var/lib/kubelet/volume-plugins',
};

const UNIT = `[Unit]
Description=Kubelet

[Service]
EnvironmentFile=/etc/kubernetes/node.env
ExecStart=kubelet --config=/etc/kubernetes/kubelet.conf \\
  --bootstrap-kubeconfig=/etc/kubernetes/kubeconfig --kubeconfig=/var/lib/kubelet/kubeconfig \\
  --hostname-override=\${NODE_NAME} --node-ip=\${NODE_IP} --provider-id=\${PROVIDER_ID} --cgroup-root=\${CGROUP_ROOT} \\
  --container-runtime-endpoint=\${CONTAINER_RUNTIME_ENDPOINT}
Restart=always

[Install]
WantedBy=multi-user.target
`;

/** An Ignition configuration that makes a machine a node of the cluster, and writes `files` (texts by path) besides. */
export const nodeIgnition = (joined: Joined, files: Readonly<Record<string, string>>): object => ({
  ignition: { version: '3.2.0' },
  storage: {
    files: Object.entries({
      '/etc/kubernetes/kubeconfig': bootstrapKubeconfig(joined),
      '/etc/kubernetes/ca.crt': joined.authority,
      '/etc/kubernetes/kubelet.conf': stringify(KUBELET),
      ...files,
    }).map(([path, text]) => ({ path, mode: 0o600, overwrite: true, contents: { source: dataUrl(text) } })),
  },
  systemd: { units: [{ name: 'kubelet.service', enabled: true, contents: UNIT }] },
});

/** A server of one Ignition configuration that wants a token; `pointer` is the bootstrap data that leads to it. */
export type IgnitionServer = { pointer: string; asked(): number; close(): void };

const TOKEN = 'Bearer machine';

/** Serves a configuration on a free port of `host`, over TLS of an authority of its own; the first request is answered with 503. */
export const serveIgnition = async (host: string, configuration: object): Promise<IgnitionServer> => {
  const authority = await createAuthority('ignition authority', 1);
  const { certificate, key } = await issueCertificate(authority, { commonName: 'ignition', hosts: [host], usage: 'server', days: 1 });
  let asked = 0;
  const server: Server = createServer({ cert: certificate, key }, (request, response) => {
    asked += 1;
    response.statusCode = asked === 1 ? 503 : request.headers.authorization === TOKEN ? 200 : 401;
    response.end(response.statusCode === 200 ? JSON.stringify(configuration) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  const pointer = {
    ignition: {
      version: '3.2.0',
      config: { merge: [{ source: `https://${host}:${port}/ignition`, httpHeaders: [{ name: 'Authorization', value: TOKEN }] }] },
      security: { tls: { certificateAuthorities: [{ source: dataUrl(authority.certificate) }] } },
    },
  };
  return { pointer: JSON.stringify(pointer), asked: () => asked, close: () => void server.close() };
};

/** The authority of a cluster, out of the kubeconfig of its administrator. */
export const authorityIn = (kubeconfigPath: string): string => {
  const encoded = /certificate-authority-data: (\S+)/.exec(readFileSync(kubeconfigPath, 'utf8'))?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString();
};
