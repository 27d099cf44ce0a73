import { Pod } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { Release } from '../../release/release.ts';
import { MOVED_BY } from '../names.ts';
import { movePhase, proving } from '../phase.ts';
import { readReleaseOf } from '../read-release.ts';
import { Done, Working } from '../reasons.ts';
import { clusterAt, type Scope } from '../scope.ts';

const NAME = 'godwit-pull';
const PATIENCE_SECONDS = 600;

/** What the control plane runs, and the nodes of the destination would otherwise pull while the API is away. */
const NEEDED = ['etcd', 'hyperkube', 'apiserver-network-proxy', 'cluster-capi-controllers'] as const;

const imagesOf = ({ images }: Release): string[] => NEEDED.flatMap((name) => images[name] ?? []);

/** A pod whose containers end at once: that they were started proves that their images are there. */
const pullPod = (namespace: string, move: string, images: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace, name: `${NAME}-${move.slice(0, 8)}`, annotations: { [MOVED_BY]: move } },
  spec: {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
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
});

/** The release, if it can be read; the preflight has judged it. */
const releaseOf = async (scope: Scope): Promise<Release | undefined> => {
  const cluster = await clusterAt(scope, 'source');
  const release = cluster && (await readReleaseOf(scope, cluster));
  return release === undefined || 'fault' in release ? undefined : release;
};

/** Whatever can be done while the API still serves is done now: the images of the control plane are pulled on the destination. */
export const prepareDestination = movePhase({
  name: 'PrepareDestination',
  step: 'Preflight',
  description: 'Pulling the images of the control plane on the destination',
  deadlineSeconds: PATIENCE_SECONDS * 2,
  observe: async (scope, { metadata, status }) => {
    const { target, world } = scope;
    const namespace = metadata.namespace ?? '';
    const release = await releaseOf(scope);
    const pod = release && pullPod(namespace, metadata.uid ?? '', imagesOf(release));
    const found = pod && (await target.get(Pod, { namespace, name: pod.metadata.name }));
    const started = Date.parse(status?.phases?.find(({ name }) => name === 'PrepareDestination')?.started ?? '');
    const now = world.clock.now();
    return { pod, found, seconds: (now.getTime() - started) / 1000, now };
  },
  decide: ({ pod, found, seconds, now }) => {
    if (pod === undefined) return advance(Done({ what: 'no images to pull' }));
    const removal: Effect = {
      do: 'delete',
      on: 'target',
      resource: Pod,
      name: { namespace: pod.metadata.namespace, name: pod.metadata.name },
    };
    const ended = found?.status?.phase === 'Succeeded' || found?.status?.phase === 'Failed';
    if (ended) {
      const result = `${pod.spec.containers.length} images are on the destination`;
      return proving(0, [{ name: 'images', result }], now, advance(Done({ what: result }), [removal]));
    }
    // A move without it takes longer, and is no worse.
    if (seconds > PATIENCE_SECONDS)
      return advance(Done({ what: 'the images were not pulled in time; the API will be away for longer' }), [removal]);
    const create: Effect[] = found === undefined ? [{ do: 'create', on: 'target', resource: Pod, object: pod }] : [];
    return wait(Working({ what: 'Waiting for the images of the control plane' }), create, '1s');
  },
});
