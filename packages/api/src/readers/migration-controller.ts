import type { MigrationController } from '../migration/migration-controller.ts';

/** Resources that no migration takes unless the parameters say otherwise. */
export const EXCLUDED_RESOURCES: readonly string[] = [
  'imagetags',
  'templateinstances',
  'clusterserviceversions',
  'packagemanifests',
  'subscriptions',
  'servicebrokers',
  'servicebindings',
  'serviceclasses',
  'serviceinstances',
  'serviceplans',
  'operatorgroups',
  'events',
  'events.events.k8s.io',
  'rolebindings.authorization.openshift.io',
];

const IMAGE_RESOURCES = ['imagestreams', 'imagestreamtags'];
const VOLUME_RESOURCES = ['persistentvolumes', 'persistentvolumeclaims'];

/** Parameters come from hand-written YAML, where a flag or number may also be text. */
const reader = (spec: Record<string, unknown>) => {
  const text = (name: string, otherwise = ''): string => {
    const value = spec[name];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : otherwise;
  };
  return {
    text,
    flag: (name: string, otherwise: boolean): boolean => ({ true: true, false: false })[text(name).toLowerCase()] ?? otherwise,
    number: (name: string, otherwise: number): number => {
      const value = Number(text(name));
      return text(name).trim() === '' || !Number.isFinite(value) ? otherwise : value;
    },
    list: (name: string): string[] | undefined => {
      const value = spec[name];
      if (Array.isArray(value)) return value.map(String);
      return typeof value === 'string'
        ? value
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : undefined;
    },
  };
};

/** Whole numbers of a comma list; empty elements are dropped. Throws on an element that is none. */
const integers = (name: string, text: string): number[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (!/^\d+$/.test(part))
        throw new Error(`MigrationController spec.${name}: "${part}" is not a whole number; write a comma list of group IDs`);
      return Number(part);
    });

/** What the MigrationController says, with upstream's defaults filled in; an absent object gives the defaults alone. */
export const readMigrationController = (object: Pick<MigrationController, 'spec'> | undefined) => {
  const { text, flag, number, list } = reader(object?.spec ?? {});
  const withoutImages = flag('disable_image_migration', false);
  const withoutVolumes = flag('disable_pv_migration', false);
  return {
    clusterName: text('cluster_name', 'host'),
    limits: { volumes: number('mig_pv_limit', 100), pods: number('mig_pod_limit', 100), namespaces: number('mig_namespace_limit', 10) },
    excludedResources: [
      ...(list('excluded_resources') ?? EXCLUDED_RESOURCES),
      ...(list('additional_excluded_resources') ?? []),
      ...(withoutImages ? IMAGE_RESOURCES : []),
      ...(withoutVolumes ? VOLUME_RESOURCES : []),
    ],
    disableImageCopy: flag('disable_image_copy', false),
    moveStorageClasses: list('mig_pv_move_storageclasses') ?? [],
    resize: {
      intelligent: flag('enable_intelligent_pv_resize', true),
      thresholdPercent: resizeThreshold(number('pv_resizing_threshold', -1)),
      duringTransfer: flag('enable_dvm_pv_resizing', false),
    },
    transfer: transferSettings({ text, flag, number }),
    supplementalGroups: {
      source: integers('src_supplemental_groups', text('src_supplemental_groups')),
      target: integers('target_supplemental_groups', text('target_supplemental_groups')),
    },
    clusterSubdomain: text('cluster_subdomain'),
  };
};

const DEFAULT_THRESHOLD = 3;

const resizeThreshold = (percent: number): number => (percent >= 1 && percent <= 100 ? percent : DEFAULT_THRESHOLD);

const DEFAULT_ATTEMPTS = 20;

const transferSettings = ({ text, flag, number }: Pick<ReturnType<typeof reader>, 'text' | 'flag' | 'number'>) => ({
  attempts: number('rsync_backoff_limit', 0) > 0 ? number('rsync_backoff_limit', 0) : DEFAULT_ATTEMPTS,
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number('rsync_opt_bwlimit', -1) > 0 ? number('rsync_opt_bwlimit', -1) : undefined,
  partial: flag('rsync_opt_partial', true),
  archive: flag('rsync_opt_archive', true),
  delete: flag('rsync_opt_delete', true),
  hardlinks: flag('rsync_opt_hardlinks', true),
  info: text('rsync_opt_info'),
  extras: text('rsync_opt_extras'),
  /** How the target is reached; empty for the cluster's own choice. */
  endpointType: text('rsync_endpoint_type'),
  privileged: flag('migration_rsync_privileged', false),
  superPrivileged: flag('migration_rsync_super_privileged', false),
  /** Address of the proxy, which may hold a password: never to be logged. */
  proxy: text('stunnel_tcp_proxy'),
  verifyCertificate: flag('stunnel_verify_ca', true),
});
