import { annotations, ConfigMap, type HostedControlPlane } from '@godwit/api';
import { type Delay, isTrue, type Said, type StandardClaim } from '@godwit/controller';
import { TrustBundleMissing } from '../etcd/reasons.ts';
import { needsSignedUrl, restoreInit } from '../etcd/restore/restore-init.ts';
import { ensureRestoreUrl, removeRestoreUrl } from '../etcd/restore/restore-url.ts';
import { ETCD_SNAPSHOT_RESTORED, restoredCondition } from '../etcd/restore/restored-condition.ts';
import { components } from '../names.ts';
import type { Release } from '../release/release.ts';
import type { World } from '../world.ts';
import type { Additions } from './components/component.ts';
import { membersOf } from './components/etcd/arguments.ts';
import { imageOf } from './components/pod.ts';
import type { ControlPlane } from './control-plane.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import type { Seen } from './observe.ts';

/** Says to init containers that the restore is over: what has lost its data from now on must ask the other members for it. */
const OVER = { name: 'etcd-restored', folder: '/etc/etcd-init/over', key: 'over' };

const NOTHING: Additions = { initContainers: [], volumes: [] };

const UNLESS_OVER = `if [ -e ${OVER.folder}/${OVER.key} ]; then echo "the restore is over, not restoring snapshot"; exit 0; fi; exec "$@"`;

type EnvVar = ReturnType<typeof restoreInit>['container']['env'][number];

/** The Secret may go once the restore is over; without this no pod would start then. */
const optional = (variable: EnvVar): EnvVar => {
  const reference = variable.valueFrom?.secretKeyRef;
  return reference ? { ...variable, valueFrom: { secretKeyRef: { ...reference, optional: true } } } : variable;
};

/**
 * What runs before etcd when it begins with a snapshot. It stays in the pods after the restore, and does nothing then: taking it
 * away would restart etcd at the worst moment.
 */
export const beforeEtcd = (plane: ControlPlane, release: Release): Additions => {
  const url = plane.etcd?.restoreUrl;
  if (url === undefined) return NOTHING;
  const { container, volumes } = restoreInit({
    image: imageOf(release, 'etcd'),
    namespace: plane.namespace,
    replicas: membersOf(plane),
    url: needsSignedUrl(url) ? undefined : url,
  });
  const guarded = {
    ...container,
    command: ['/bin/sh', '-c', UNLESS_OVER, 'sh', ...container.command],
    env: container.env.map(optional),
    volumeMounts: [...container.volumeMounts, { name: OVER.name, mountPath: OVER.folder, readOnly: true }],
  };
  return { initContainers: [guarded], volumes: [...volumes, { name: OVER.name, configMap: { name: OVER.name, optional: true } }] };
};

const isRestored = ({ status }: HostedControlPlane): boolean => isTrue(status?.conditions, ETCD_SNAPSHOT_RESTORED);

/** Where a restore stands before etcd starts: what keeps it from starting, and when a signed URL has to be renewed. */
export type RestoreStand = { problem?: Said; after?: Delay };

/** A member that starts without the authorities it is to trust fails, and waits longer each time before it tries again. */
const lacksAuthorities = ({ spec }: HostedControlPlane, { trustBundle }: Pick<Seen, 'trustBundle'>): boolean =>
  spec.additionalTrustBundle !== undefined && trustBundle === undefined;

/** Waits for what a restore needs, signs the URL of a snapshot that curl cannot fetch by itself, and removes it when the restore is over. */
export const prepareRestore = async (
  world: World,
  plane: ControlPlane,
  subject: HostedControlPlane,
  seen: Pick<Seen, 'trustBundle'>,
): Promise<RestoreStand> => {
  const { namespace, owner, etcd } = plane;
  const url = etcd?.restoreUrl;
  if (url === undefined) return {};
  const isSigned = needsSignedUrl(url);
  if (isRestored(subject)) {
    if (isSigned) await removeRestoreUrl(world, namespace);
    return {};
  }
  if (lacksAuthorities(subject, seen)) return { problem: TrustBundleMissing({ namespace }) };
  if (!isSigned) return {};
  const signed = await ensureRestoreUrl(world, {
    namespace,
    owner,
    url,
    credentials: subject.metadata.annotations?.[annotations.restoreCredentials],
  });
  return signed.ok ? { after: signed.value.after } : { problem: signed.said, after: '30s' };
};

/** What says in the namespace that the restore is over. */
export const restoreOver = (plane: ControlPlane, subject: HostedControlPlane): Manifest[] =>
  plane.etcd?.restoreUrl !== undefined && isRestored(subject)
    ? [manifestOf(plane, ConfigMap, { component: components.etcd, name: OVER.name }, { data: { [OVER.key]: 'true' } })]
    : [];

/** EtcdSnapshotRestored, only of control planes that begin with a snapshot. */
export const snapshotRestored = (
  plane: ControlPlane,
  subject: HostedControlPlane,
  seen: Seen,
  { problem }: RestoreStand,
): StandardClaim[] => {
  if (plane.etcd?.restoreUrl === undefined) return [];
  const previous = subject.status?.conditions?.find(({ type }) => type === ETCD_SNAPSHOT_RESTORED);
  const readyReplicas = seen.statefulSet(components.etcd)?.status?.readyReplicas ?? 0;
  return [restoredCondition({ previous, replicas: membersOf(plane), readyReplicas, pods: seen.etcdPods, problem })];
};
