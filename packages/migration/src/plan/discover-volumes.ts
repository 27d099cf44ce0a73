import { labels, type PersistentVolume, type PersistentVolumeClaim, type PlanVolume, type StorageClassOffer } from '@godwit/api';
import { isGluster, suggestStorageClass } from './choose-storage-class.ts';
import type { OwnerType } from './owner-type.ts';
import { mappedName } from './rename-claims.ts';

/** A claim of a source namespace with its volume, and what uses it. `set` is the StatefulSet whose pods mount it. */
export type ClaimInUse = {
  claim: PersistentVolumeClaim;
  volume: PersistentVolume;
  hasReference: boolean;
  ownerType: OwnerType;
  set?: string | undefined;
};

/** What discovery works on. */
export type DiscoveryFacts = {
  claims: readonly ClaimInUse[];
  /** The volumes that the plan lists now, with the choices of its user. */
  previous: readonly PlanVolume[];
  planUid: string;
  suffix: string | undefined;
  conversion: boolean;
  intraCluster: boolean;
  excludedResources: readonly string[];
  moveStorageClasses: readonly string[];
  sourceClasses: readonly StorageClassOffer[];
  destinationClasses: readonly StorageClassOffer[];
};

/** What discovery found; `withoutCeph` names volumes whose wanted store the destination lacks. */
export type Discovered = { volumes: PlanVolume[]; withoutCeph: string[] };

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

const storageClassOf = ({ metadata, spec }: PersistentVolume): string =>
  spec?.storageClassName || (metadata.annotations?.[BETA_CLASS] ?? '');

const isOurs = ({ metadata }: PersistentVolumeClaim, { planUid, suffix, conversion }: DiscoveryFacts): boolean => {
  const madeFrom = metadata.labels?.[labels.sourceForDirectVolumeMigration];
  return (
    (suffix !== undefined && (metadata.name ?? '').endsWith(`-mig-${suffix}`)) ||
    (metadata.ownerReferences ?? []).some(({ kind, controller }) => kind === 'PersistentVolumeClaim' && controller === true) ||
    (conversion && (metadata.labels?.[labels.migratedByMigPlan] === planUid || (madeFrom !== undefined && madeFrom !== planUid)))
  );
};

const isBound = ({ volume }: ClaimInUse): boolean => volume.status?.phase === 'Bound' && volume.spec?.claimRef !== undefined;

/** What can be done with a volume; also what lies in a folder of a node can be copied. */
export const supportedActions = (volume: PersistentVolume, moveStorageClasses: readonly string[]): string[] => {
  const movable =
    volume.spec?.nfs !== undefined ||
    volume.spec?.awsElasticBlockStore !== undefined ||
    moveStorageClasses.includes(storageClassOf(volume));
  return movable ? ['skip', 'copy', 'move'] : ['skip', 'copy'];
};

const suggested = ({ claim, volume }: ClaimInUse, facts: DiscoveryFacts) => {
  const storageClass = storageClassOf(volume);
  const provisioner = facts.sourceClasses.find(({ name }) => name === storageClass)?.provisioner ?? '';
  const accessModes = claim.spec?.accessModes ?? [];
  const gluster = volume.spec?.glusterfs !== undefined || isGluster(provisioner);
  return suggestStorageClass(
    { storageClass, provisioner, accessModes, nfs: volume.spec?.nfs !== undefined, gluster },
    facts.destinationClasses,
    facts.intraCluster,
  );
};

const claimPart = (
  { claim, hasReference, ownerType, set }: ClaimInUse,
  before: PlanVolume | undefined,
  { conversion, suffix }: DiscoveryFacts,
): NonNullable<PlanVolume['pvc']> => ({
  namespace: claim.metadata.namespace ?? '',
  name: mappedName(claim.metadata.name ?? '', { conversion, suffix, set, existing: before?.pvc?.name }),
  accessModes: before?.pvc?.accessModes ?? claim.spec?.accessModes ?? [],
  volumeMode: before?.pvc?.volumeMode ?? claim.spec?.volumeMode ?? 'Filesystem',
  hasReference,
  ownerType,
});

const defaultSelection = (each: ClaimInUse, actions: readonly string[], storageClass: string): PlanVolume['selection'] => ({
  action: actions.length === 1 ? (actions[0] ?? '') : 'copy',
  copyMethod: each.claim.spec?.volumeMode === 'Block' ? 'block' : 'filesystem',
  storageClass,
});

const planVolume = (each: ClaimInUse, facts: DiscoveryFacts): { volume: PlanVolume; noCeph: boolean } => {
  const before = facts.previous.find(({ name }) => name === each.volume.metadata.name);
  const actions = supportedActions(each.volume, facts.moveStorageClasses);
  const { storageClass, noCeph } = suggested(each, facts);
  const volume: PlanVolume = {
    name: each.volume.metadata.name ?? '',
    capacity: each.volume.spec?.capacity?.storage ?? '0',
    storageClass: storageClassOf(each.volume),
    supported: { actions, copyMethods: ['filesystem', 'block', 'snapshot'] },
    selection: { ...defaultSelection(each, actions, storageClass), ...chosen(before) },
    pvc: claimPart(each, before, facts),
    ...(before?.capacityConfirmed === undefined ? {} : { capacityConfirmed: before.capacityConfirmed }),
    ...(before?.proposedCapacity === undefined ? {} : { proposedCapacity: before.proposedCapacity }),
  };
  return { volume, noCeph };
};

const chosen = (before: PlanVolume | undefined): Partial<PlanVolume['selection']> =>
  before === undefined
    ? {}
    : Object.fromEntries(Object.entries(before.selection).filter(([key, value]) => key !== 'action' || value !== ''));

/** The volumes of a plan, sorted by name: what the source has now, with the choices that the user has made. */
export const discoverVolumes = (facts: DiscoveryFacts): Discovered => {
  if (facts.excludedResources.includes('persistentvolumeclaims')) return { volumes: [], withoutCeph: [] };
  const found = facts.claims.filter((each) => isBound(each) && !isOurs(each.claim, facts)).map((each) => planVolume(each, facts));
  const volumes = found.map(({ volume }) => volume).sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  return { volumes, withoutCeph: found.filter(({ noCeph }) => noCeph).map(({ volume }) => volume.name ?? '') };
};
