import type { KubeObject, ServedResource } from '@godwit/kube';
import { skippedClaim, withVolume } from '../archive/volume-info.ts';
import { needsOf } from '../collect/needs.ts';
import { GR, groupResource } from '../group-resource.ts';
import { NAMES } from '../names.ts';
import { type BackupRun, typed } from './backup-run.ts';

/** Whether the object itself says that it is not to be backed up, or is going away. */
const staysOut = ({ metadata }: KubeObject): boolean =>
  metadata.labels?.[NAMES.excludeFromBackup] === 'true' ||
  metadata.annotations?.[NAMES.skipFromBackup] === 'true' ||
  metadata.deletionTimestamp !== undefined;

const remember = (run: BackupRun, resource: string, object: KubeObject): void => {
  const { namespace, name = '' } = object.metadata;
  if (namespace) run.holding.add(namespace);
  if (resource === GR.serviceAccounts) run.accounts.add(`${namespace}/${name}`);
  if (resource === GR.claims) run.volumes.push(skippedClaim(object));
  if (resource === GR.volumes) run.volumes = withVolume(run.volumes, object);
  if (resource.includes('.')) run.customResources.add(resource);
  run.needs.push(...needsOf(resource, object));
};

/** Writes one object into the archive, unless it stays out or is there already. */
export const takeItem = async (run: BackupRun, resource: ServedResource, object: KubeObject): Promise<void> => {
  if (staysOut(object)) return;
  run.signal?.throwIfAborted();
  if (!(await run.archive.add(resource, typed(resource, object)))) return;
  remember(run, groupResource(resource), object);
  run.report();
};
