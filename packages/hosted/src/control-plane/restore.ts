import { ConfigMap, type HostedControlPlane } from '@godwit/api';
import { isTrue, type StandardClaim } from '@godwit/controller';
import { RESTORE_URL_SECRET } from '../etcd/names.ts';
import { needsSignedUrl, restoreInit } from '../etcd/restore/restore-init.ts';
import { components } from '../names.ts';
import type { Release } from '../release/release.ts';
import type { Additions } from './components/component.ts';
import { membersOf } from './components/etcd/arguments.ts';
import { imageOf } from './components/pod.ts';
import type { ControlPlane } from './control-plane.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import type { Seen } from './observe.ts';

/** The condition that says whether the data that etcd was to begin with is there. */
export const RESTORED = 'EtcdSnapshotRestored';

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
export const beforeEtcd = (plane: ControlPlane, release: Release, seen: Pick<Seen, 'trustBundle'>): Additions => {
  const url = plane.etcd?.restoreUrl;
  if (url === undefined) return NOTHING;
  const { container, volumes } = restoreInit({
    image: imageOf(release, 'etcd'),
    namespace: plane.namespace,
    replicas: membersOf(plane),
    url: needsSignedUrl(url) ? undefined : url,
    trustBundle: seen.trustBundle !== undefined,
  });
  const guarded = {
    ...container,
    command: ['/bin/sh', '-c', UNLESS_OVER, 'sh', ...container.command],
    env: container.env.map(optional),
    volumeMounts: [...container.volumeMounts, { name: OVER.name, mountPath: OVER.folder, readOnly: true }],
  };
  return { initContainers: [guarded], volumes: [...volumes, { name: OVER.name, configMap: { name: OVER.name, optional: true } }] };
};

const isRestored = ({ status }: HostedControlPlane): boolean => isTrue(status?.conditions, RESTORED);

/** What must be there before etcd starts, and is not: a sentence; undefined when it may start. */
export const etcdHeldBy = (plane: ControlPlane, subject: HostedControlPlane, seen: Pick<Seen, 'secrets'>): string | undefined => {
  const url = plane.etcd?.restoreUrl;
  if (url === undefined || !needsSignedUrl(url) || isRestored(subject)) return undefined;
  return seen.secrets.some(({ metadata }) => metadata.name === RESTORE_URL_SECRET)
    ? undefined
    : `Waiting for Secret ${RESTORE_URL_SECRET} with a signed URL of the snapshot`;
};

/** What says in the namespace that the restore is over. */
export const restoreOver = (plane: ControlPlane, subject: HostedControlPlane): Manifest[] =>
  plane.etcd?.restoreUrl !== undefined && isRestored(subject)
    ? [manifestOf(plane, ConfigMap, { component: components.etcd, name: OVER.name }, { data: { [OVER.key]: 'true' } })]
    : [];

/** EtcdSnapshotRestored, only of control planes that begin with a snapshot. */
export const snapshotRestored = (_plane: ControlPlane, _subject: HostedControlPlane, _seen: Seen): StandardClaim[] => [];
