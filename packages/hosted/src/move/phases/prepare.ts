import { type HostedCluster, HostedClusterMigration, Pod, Secret } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import { apiVersionOf, type KubeObject, type Resource } from '@godwit/kube';
import { MOVED_BY } from '../names.ts';
import { movePhase, proving } from '../phase.ts';
import { pullSecretOf, readReleaseOf } from '../read-release.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt, type Move, type Scope } from '../scope.ts';
import { PATIENCE_SECONDS, secondsIn } from './patience.ts';

const NAME = 'godwit-pull';

/** What the control plane runs, and the nodes of the destination would otherwise pull while the API is away. */
const NEEDED = ['etcd', 'hyperkube', 'apiserver-network-proxy', 'cluster-capi-controllers'] as const;

/** The images that are pulled; none when the release cannot be read, which the preflight has judged. */
const imagesOf = async (scope: Scope, cluster: HostedCluster): Promise<string[]> => {
  const release = await readReleaseOf(scope, cluster);
  return 'fault' in release ? [] : NEEDED.flatMap((name) => release.images[name] ?? []);
};

/** What is put on the destination for a while. */
type Put = { resource: Resource; object: KubeObject };

/** What the move owns goes with it at the latest, also when it ends before it could take it away. */
const metadataFor = ({ metadata: { namespace = '', name = '', uid = '' } }: Move) => ({
  namespace,
  name: `${NAME}-${uid.slice(0, 8)}`,
  annotations: { [MOVED_BY]: uid },
  ownerReferences: [{ apiVersion: apiVersionOf(HostedClusterMigration), kind: HostedClusterMigration.kind, name, uid }],
});

/** A pod whose containers end at once: that they were started proves that their images are there. */
const pullPod = (move: Move, images: readonly string[], secret: Put | undefined): Put => ({
  resource: Pod,
  object: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataFor(move),
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      ...(secret === undefined ? {} : { imagePullSecrets: [{ name: secret.object.metadata.name }] }),
      containers: images.map((image, index) => ({
        name: `image-${index}`,
        image,
        command: ['/bin/true'],
        securityContext: {
          allowPrivilegeEscalation: false,
          runAsNonRoot: true,
          runAsUser: 65534,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
      })),
    },
  } as KubeObject,
});

const secretFor = (move: Move, pullSecret: string): Put => ({
  resource: Secret,
  object: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataFor(move),
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(pullSecret).toString('base64') },
  } as KubeObject,
});

/** What pulls the images, in the order in which it is put up: the pull secret of the hosted cluster, if it has one, and a pod. */
export const pulling = (move: Move, images: readonly string[], pullSecret: string | undefined): Put[] => {
  const secret = pullSecret === undefined ? undefined : secretFor(move, pullSecret);
  return [...(secret === undefined ? [] : [secret]), pullPod(move, images, secret)];
};

const removal = ({ resource, object: { metadata } }: Put): Effect => ({
  do: 'delete',
  on: 'target',
  resource,
  name: { namespace: metadata.namespace, name: metadata.name ?? '' },
});

/** Whatever can be done while the API still serves is done now: the images of the control plane are pulled on the destination. */
export const prepareDestination = movePhase({
  name: 'PrepareDestination',
  step: 'Preflight',
  description: 'Pulling the images of the control plane on the destination',
  deadlineSeconds: PATIENCE_SECONDS * 2,
  observe: async (scope, move) => {
    const cluster = await clusterAt(scope, 'source');
    const images = cluster === undefined ? [] : await imagesOf(scope, cluster);
    const needed = cluster === undefined || images.length === 0 ? [] : pulling(move, images, await pullSecretOf(scope, cluster));
    const found = await Promise.all(
      needed.map(({ resource, object: { metadata } }) =>
        scope.target.get<KubeObject>(resource, { namespace: metadata.namespace, name: metadata.name ?? '' }),
      ),
    );
    const now = scope.world.clock.now();
    return {
      images: images.length,
      needed,
      absent: needed.filter((_put, index) => found[index] === undefined),
      phase: (found.at(-1) as Pod | undefined)?.status?.phase,
      seconds: secondsIn(move, 'PrepareDestination', now),
      now,
    };
  },
  decide: ({ images, needed, absent, phase, seconds, now }) => {
    if (needed.length === 0) return advance(Done({ what: 'no images to pull' }));
    const removals = needed.map(removal);
    if (phase === 'Succeeded' || phase === 'Failed') {
      const result = `${images} images are on the destination`;
      return proving(0, [{ name: 'images', result }], now, advance(Done({ what: result }), removals));
    }
    // A move without it takes longer, and is no worse.
    if (seconds > PATIENCE_SECONDS)
      return advance(Done({ what: 'the images were not pulled in time; the API will be away for longer' }), removals);
    const creations = absent.map(({ resource, object }): Effect => ({ do: 'create', on: 'target', resource, object }));
    return wait(Working({ what: 'Waiting for the images of the control plane' }), creations, '1s');
  },
});
