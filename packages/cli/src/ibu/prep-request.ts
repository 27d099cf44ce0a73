import { type ImageBasedUpgrade, OADP_NAMESPACE } from '@godwit/api';
import type { Flag } from '../command.ts';
import { secondsIn } from '../invocation.ts';
import { usage } from '../usage.ts';

/** What can be said about an upgrade when it is prepared; what is not said stays as it is. */
export type PrepOptions = {
  image?: string;
  version?: string;
  pullSecret?: string;
  oadpContent?: string;
  extraManifests?: string;
  rollbackAfter?: string;
};

/** The flags of `PrepOptions`. */
export const prepFlags: readonly Flag[] = [
  ['--image <image>', 'seed image to install; default: the one that the upgrade names already'],
  ['--version <version>', 'version of the platform in the seed image; default: as the upgrade says already'],
  ['--pull-secret <name>', "Secret in openshift-lifecycle-agent for the registry of the seed; '' for none; default: as it is"],
  ['--oadp-content <list>', "ConfigMaps with Backups and Restores, [NAMESPACE/]NAME,…; '' for none; default: as it is"],
  ['--extra-manifests <list>', "ConfigMaps with manifests to apply after the upgrade, NAMESPACE/NAME,…; '' for none; default: as it is"],
  [
    '--rollback-after <time>',
    'an upgrade that is not complete so long after the reboot is rolled back by itself; default: as it is, else 30m',
  ],
];

type Reference = { namespace: string; name: string };

const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

const referenceOf = (flag: string, text: string, home: string | undefined): Reference => {
  const [name = '', namespace = home, ...more] = text.trim().split('/').toReversed();
  if (more.length === 0 && namespace !== undefined && NAME.test(name) && NAME.test(namespace)) return { name, namespace };
  throw usage(
    `${flag} ${text} names no ConfigMap`,
    'write NAMESPACE/NAME, several with commas between them',
    `${flag} openshift-adp/backups`,
  );
};

/** ConfigMaps as a list in a flag names them; '' names none, undefined is not said. */
const referencesOf = (flag: string, text: string | undefined, home?: string): Reference[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .filter(Boolean)
        .map((each) => referenceOf(flag, each, home));

const defined = <T extends object>(object: T): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Throws when nobody has said yet what is to be installed. */
const requireSeed = ({ spec }: ImageBasedUpgrade, { image, version }: PrepOptions): void => {
  const known = (spec as Partial<ImageBasedUpgrade['spec']> | undefined)?.seedImageRef;
  const next = 'godwit ibu prep --image quay.io/lab/seed:4.21.0 --version 4.21.0';
  if (!(image ?? known?.image)) throw usage('--image is missing', 'the upgrade names no seed image yet', next);
  if (!(version ?? known?.version)) throw usage('--version is missing', 'the upgrade names no version yet', next);
};

/** What the options change in the spec, as a merge patch. */
const changesOf = (options: PrepOptions) => {
  const { image, version, pullSecret, oadpContent, extraManifests, rollbackAfter } = options;
  const pullSecretRef = pullSecret === undefined ? undefined : pullSecret === '' ? null : { name: pullSecret };
  const seedImageRef = defined({ image, version, pullSecretRef });
  return defined({
    seedImageRef: Object.keys(seedImageRef).length === 0 ? undefined : seedImageRef,
    oadpContent: referencesOf('--oadp-content', oadpContent, OADP_NAMESPACE),
    extraManifests: referencesOf('--extra-manifests', extraManifests),
    autoRollbackOnFailure:
      rollbackAfter === undefined ? undefined : { initMonitorTimeoutSeconds: secondsIn('--rollback-after', rollbackAfter) },
  });
};

/** The one merge patch that asks for Prep with all that was said: the fields may only change together with the stage. Throws usage failures. */
export const prepPatch = (upgrade: ImageBasedUpgrade, options: PrepOptions): object => {
  requireSeed(upgrade, options);
  return { spec: { stage: 'Prep', ...changesOf(options) } };
};

/** The upgrade as it would be after the patch, for checks before it. Pure. */
export const asPrepared = (upgrade: ImageBasedUpgrade, options: PrepOptions): ImageBasedUpgrade => {
  const { seedImageRef, ...changes } = changesOf(options);
  const { pullSecretRef, ...seed } = { ...upgrade.spec?.seedImageRef, ...seedImageRef };
  return {
    ...upgrade,
    spec: { ...upgrade.spec, ...changes, seedImageRef: { ...seed, ...(pullSecretRef ? { pullSecretRef } : {}) } },
  };
};
