import { command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { createCluster, type RenderOptions, renderObjects } from '../hosted/create/create.ts';
import { clusterObjects } from '../hosted/create/objects.ts';
import { readObjects } from '../hosted/create/read-objects.ts';
import { type CreateOptions, createRequest } from '../hosted/create/request.ts';
import { inClusters } from '../hosted/within.ts';
import { usage } from '../usage.ts';

type Options = CreateOptions & RenderOptions & { render?: boolean; wait: boolean; timeout?: string };

/** Flags that describe a cluster mean nothing beside a file that does. */
const refuseBoth = (
  { filename, releaseImage, pullSecret, baseDomain, nodePoolReplicas }: CreateOptions,
  name: string | undefined,
): void => {
  if (filename !== undefined && (name ?? releaseImage ?? pullSecret ?? baseDomain ?? nodePoolReplicas) !== undefined)
    throw usage(
      '--filename does not go with a name and flags',
      'the file says all there is about the cluster',
      'godwit hosted create -f FILE',
    );
};

/** `godwit hosted create`. */
export const hostedCreate = command<Options>({
  words: ['hosted', 'create'],
  summary: 'Creates a hosted cluster from flags or a file and follows it until its API answers, or only prints its objects',
  takes: [['[name]', 'name of the hosted cluster; not with --filename']],
  flags: [
    ['-f, --filename <file>', 'objects to create, in YAML or JSON; - reads them from standard input'],
    ['--render', 'prints the objects and creates nothing; Secrets are left out'],
    ['--render-sensitive', 'prints the Secrets too'],
    ['--render-into <file>', 'writes the objects to a file that only you can read, and creates nothing'],
    ['--release-image <image>', 'release of the cluster and its nodes'],
    ['--pull-secret <file>', 'JSON with which images are pulled'],
    ['--base-domain <domain>', 'domain below which the host names of the cluster lie'],
    ['--service-publishing <way>', 'how services are published: LoadBalancer or NodePort; default: LoadBalancer'],
    [
      '--service-hosts <pairs>',
      'SERVICE=HOST[:NODEPORT],… of APIServer, OAuthServer, Konnectivity, Ignition; default: api.NAME.DOMAIN and so on',
    ],
    ['--node-pool-replicas <count>', 'makes a node pool of this size; default: no pool'],
    ['--infrastructure <kind>', 'who makes machines on platform None: local'],
    ['--network-type <name>', 'pod network: OVNKubernetes, Other, Calico; default: OVNKubernetes, Other with --infrastructure local'],
    ['--cluster-cidr <range>', 'addresses of pods; default: 10.132.0.0/14'],
    ['--service-cidr <range>', 'addresses of Services; default: 172.31.0.0/16'],
    ['--control-plane-availability-policy <policy>', 'HighlyAvailable (three members of etcd) or SingleReplica; default: HighlyAvailable'],
    ['--etcd-storage-size <size>', 'size of each volume of etcd; default: 8Gi'],
    ['--etcd-storage-class <name>', 'storage class of the volumes of etcd; default: that of the management cluster'],
    ['--restore-snapshot-url <url>', 'snapshot that etcd begins with, https or s3; only now, not later'],
    ['--secret-encryption <kind>', 'aescbc, with a new key in Secret NAME-etcd-encryption-key, or none; default: aescbc'],
    ['--ssh-key <file>', 'public key that opens the nodes'],
    ['--additional-trust-bundle <file>', 'certificates, PEM, that the cluster trusts besides those of the system'],
    ['--pausedUntil <when>', 'true, or a date in RFC 3339: cluster and pools are created paused'],
    ['--pausedUntil-compat', "with --pausedUntil true: pauses the pools only, as upstream's command does"],
    ['--no-wait', 'does not wait until the API answers'],
    ['--timeout <time>', 'how long to wait, for instance 20m; default: until it answers'],
  ],
  examples: [
    [
      'Create a cluster with two nodes',
      'hosted create demo --release-image IMAGE --pull-secret pull.json --base-domain example.com --node-pool-replicas 2',
    ],
    [
      'Print its objects to keep them in git',
      'hosted create demo --release-image IMAGE --pull-secret pull.json --base-domain example.com --render',
    ],
    ['Create what a file says', 'hosted create -f demo.yaml'],
  ],
  run: async (call, [name], options) => {
    const invocation = inClusters(call);
    refuseBoth(options, name);
    const { filename, render, renderSensitive, renderInto } = options;
    const objects =
      filename === undefined
        ? clusterObjects(createRequest(invocation.namespace, name, options))
        : readObjects(filename, invocation.namespace);
    if (render !== true && renderSensitive !== true && renderInto === undefined) return createCluster(invocation, objects, options);
    renderObjects(invocation, objects, options);
    return exitCodes.done;
  },
});
