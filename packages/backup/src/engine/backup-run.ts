import type { Client, KubeObject, ServedResource } from '@godwit/kube';
import type { ArchiveWriter } from '../archive/archive-writer.ts';
import type { RunLog } from '../archive/run-log.ts';
import type { VolumeInfo } from '../archive/volume-info.ts';
import type { Need } from '../collect/needs.ts';
import type { BackupFilter } from '../select/backup-filter.ts';
import type { NamespaceFilter } from '../select/namespace-filter.ts';
import type { Backup, LabelSelector } from '../velero.ts';

/** What the steps of one backup share: what was decided at its start, and what has been collected so far. */
export type BackupRun = {
  readonly client: Client;
  readonly backup: Backup;
  readonly resources: readonly ServedResource[];
  readonly namespaces: NamespaceFilter;
  readonly filter: BackupFilter;
  readonly selectors: readonly LabelSelector[] | undefined;
  readonly archive: ArchiveWriter;
  readonly log: RunLog;
  readonly signal: AbortSignal | undefined;
  readonly report: () => void;
  /** What collected objects need beside themselves. */
  readonly needs: Need[];
  readonly accounts: Set<string>;
  readonly holding: Set<string>;
  readonly customResources: Set<string>;
  volumes: VolumeInfo[];
};

/** Finds a served resource by its group-resource. */
export const servedAs = (run: Pick<BackupRun, 'resources'>, name: string): ServedResource | undefined =>
  run.resources.find(({ plural, group }) => (group === '' ? plural : `${plural}.${group}`) === name);

/** An object with the kind that list answers leave out. */
export const typed = (resource: ServedResource, object: KubeObject): KubeObject => ({
  ...object,
  apiVersion: resource.group === '' ? resource.version : `${resource.group}/${resource.version}`,
  kind: resource.kind,
});
