import { type Category, namePair, type PlanVolume, type StorageClassOffer } from '@godwit/api';
import type { MtcClaim } from '@godwit/controller';
import type { Check } from '../../shared/check.ts';
import { critical, warn } from '../../shared/claim.ts';
import type { MigrationType } from '../migration-type.ts';
import type { ExceededQuota } from '../quota.ts';

/** What the selection checks judge: the volumes after discovery, and what the clusters offer. */
export type SelectionFacts = {
  volumes: readonly PlanVolume[];
  sourceClasses: readonly StorageClassOffer[];
  destinationClasses: readonly StorageClassOffer[];
  type: MigrationType;
  /** More volumes than this are a warning. */
  volumeLimit: number;
  /** Names of volumes that wanted a file store which the destination does not have. */
  withoutCeph: readonly string[];
  exceeded: readonly ExceededQuota[];
};

/** A check of volumes after their discovery. */
export type SelectionCheck = Check<SelectionFacts>;

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod', 'auto'];

const copied = ({ selection }: PlanVolume): boolean => selection.action === 'copy';
const isOffered = (name: string | undefined, offers: readonly StorageClassOffer[]): boolean => offers.some((offer) => offer.name === name);
const volumeName = ({ name }: PlanVolume): string => name ?? '';

const found = (
  type: string,
  category: Category,
  reason: string,
  what: { name: string; message: string },
  isBad: (volume: PlanVolume, facts: SelectionFacts) => boolean,
): SelectionCheck => ({
  name: what.name,
  types: [type],
  judge: (facts): MtcClaim[] => {
    const items = facts.volumes.filter((volume) => isBad(volume, facts)).map(volumeName);
    return items.length === 0 ? [] : [{ type, category, reason, message: what.message, items }];
  },
});

const offeredModes = ({ selection, pvc }: PlanVolume, offers: readonly StorageClassOffer[]): readonly string[] =>
  offers
    .find(({ name }) => name === selection.storageClass)
    ?.volumeAccessModes?.find(({ volumeMode }) => volumeMode === (pvc?.volumeMode ?? 'Filesystem'))?.accessModes ?? [];

const lacksMode = (volume: PlanVolume, { destinationClasses }: SelectionFacts): boolean => {
  if (!copied(volume) || !isOffered(volume.selection.storageClass, destinationClasses)) return false;
  const chosen = volume.selection.accessMode;
  const wanted = chosen === undefined || chosen === '' || chosen === 'auto' ? (volume.pvc?.accessModes ?? []) : [chosen];
  const offered = offeredModes(volume, destinationClasses);
  return wanted.length > 0 && !wanted.some((mode) => offered.includes(mode));
};

const hasBadClass = ({ selection }: PlanVolume, { destinationClasses }: SelectionFacts): boolean => {
  if (selection.action !== 'copy') return false;
  if (selection.storageClass) return !isOffered(selection.storageClass, destinationClasses);
  return !destinationClasses.some((offer) => offer.default === true); // without a default nothing would provision the volume
};

const conversionUnavailable: SelectionCheck = {
  name: 'conversion with nothing to convert',
  types: ['StorageClassConversionUnavailable'],
  judge: ({ type, volumes, destinationClasses }) => {
    if (type !== 'StorageConversionPlan') return [];
    const allSkipped = volumes.every(({ selection }) => selection.action === 'skip');
    if (!allSkipped && destinationClasses.length >= 2) return [];
    return [
      critical(
        'StorageClassConversionUnavailable',
        '',
        allSkipped
          ? 'Every volume of the conversion is skipped. Set action copy for the volumes to convert.'
          : 'The cluster has fewer than two storage classes, so there is nothing to convert to. Add a StorageClass.',
      ),
    ];
  },
};

const tooMany: SelectionCheck = {
  name: 'more volumes than the limit',
  types: ['PvLimitExceeded'],
  judge: ({ volumes, volumeLimit }) =>
    volumes.length <= volumeLimit
      ? []
      : [
          warn(
            'PvLimitExceeded',
            'LimitExceeded',
            `The plan has ${volumes.length} volumes, the limit is ${volumeLimit}. Split the plan, or raise mig_pv_limit.`,
          ),
        ],
};

/** The checks of what is to be done with each volume, in order. */
export const selectionChecks: readonly SelectionCheck[] = [
  tooMany,
  found(
    'PvWarnNoCephAvailable',
    'Warn',
    '',
    {
      name: 'Gluster volumes without Ceph to go to',
      message: 'The destination has no Ceph storage class for the Gluster volumes []. Choose a class yourself.',
    },
    ({ name, selection }, { withoutCeph }) => selection.action !== 'move' && withoutCeph.includes(name ?? ''),
  ),
  found(
    'PvInvalidAction',
    'Error',
    'NotDone',
    {
      name: 'volumes without a usable action',
      message: 'PVs [] have no or an unsupported `selection.action`. Set one of their supported.actions.',
    },
    ({ selection, supported }) => !selection.action || !supported.actions.includes(selection.action),
  ),
  found(
    'PvNoSupportedAction',
    'Warn',
    '',
    { name: 'volumes that nothing can be done with', message: 'PVs [] have no supported actions.' },
    ({ supported }) => supported.actions.length === 0,
  ),
  found(
    'PvInvalidStorageClass',
    'Error',
    'NotDone',
    {
      name: 'volumes with a storage class that is not there',
      message:
        'PVs [] have a `selection.storageClass` that the destination does not have, or none where it has no default. Set one of status.destStorageClasses, or create the class there.',
    },
    hasBadClass,
  ),
  found(
    'PvNoStorageClassSelection',
    'Warn',
    'NotFound',
    {
      name: 'volumes without a storage class',
      message: 'PVs [] have no `selection.storageClass`; the default of the destination is taken.',
    },
    (volume) => copied(volume) && !volume.selection.storageClass,
  ),
  found(
    'PvInvalidAccessMode',
    'Error',
    'NotDone',
    {
      name: 'volumes with an unknown access mode',
      message: 'PVs [] have an invalid `selection.accessMode`. Use ReadWriteOnce, ReadOnlyMany, ReadWriteMany or auto.',
    },
    ({ selection }) => Boolean(selection.accessMode) && !MODES.includes(selection.accessMode ?? ''),
  ),
  found(
    'PvWarnAccessModeUnavailable',
    'Warn',
    'NotFound',
    {
      name: 'volumes with an access mode that the class lacks',
      message: 'The chosen storage class may not offer the access mode of PVs []. Choose another class or mode.',
    },
    lacksMode,
  ),
  found(
    'PvNoCopyMethodSelection',
    'Error',
    'NotFound',
    { name: 'volumes without a copy method', message: 'PVs [] have no `selection.copyMethod`. Set one of their supported.copyMethods.' },
    (volume) => copied(volume) && !volume.selection.copyMethod,
  ),
  found(
    'PvInvalidCopyMethod',
    'Error',
    'NotDone',
    {
      name: 'volumes with an unsupported copy method',
      message: 'PVs [] have a `selection.copyMethod` that is not supported. Set one of their supported.copyMethods.',
    },
    (volume) =>
      copied(volume) && Boolean(volume.selection.copyMethod) && !volume.supported.copyMethods.includes(volume.selection.copyMethod ?? ''),
  ),
  found(
    'PvWarnCopyMethodSnapshot',
    'Warn',
    '',
    {
      name: 'volumes copied by snapshot',
      message: 'PVs [] are copied by snapshot: source and destination need the same provider, region and driver.',
    },
    (volume) => copied(volume) && volume.selection.copyMethod === 'snapshot',
  ),
  found(
    'PvNameConflict',
    'Error',
    '',
    {
      name: 'conversions that keep the name of a claim',
      message: 'PVs [] keep the name of their claim, which the conversion needs. Set pvc.name to source:target.',
    },
    ({ pvc, selection }, { type }) => {
      const { source, target } = namePair(pvc?.name ?? '');
      return type === 'StorageConversionPlan' && selection.action !== 'skip' && source === target;
    },
  ),
  conversionUnavailable,
];
