import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Backup, Event, ImageBasedUpgrade, ImageBasedUpgradeReport, OADP_NAMESPACE, Restore } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { stringify } from 'yaml';
import { makeFolder } from '../make-folder.ts';

const listedOrNone = async <T extends KubeObject>(client: Client, resource: Resource<T>, namespace?: string): Promise<readonly T[]> => {
  try {
    return (await client.list(resource, namespace === undefined ? {} : { namespace })).items;
  } catch (error) {
    if (isApiError(error) && error.status === 404) return [];
    throw error;
  }
};

/** Writes what explains an upgrade into a folder, one file per kind, and returns their paths; no Secret is among them. */
export const gather = async (client: Client, folder: string): Promise<string[]> => {
  const lists: Record<string, Promise<readonly KubeObject[]>> = {
    upgrade: listedOrNone(client, ImageBasedUpgrade),
    report: listedOrNone(client, ImageBasedUpgradeReport),
    events: listedOrNone(client, Event),
    backups: listedOrNone(client, Backup, OADP_NAMESPACE),
    restores: listedOrNone(client, Restore, OADP_NAMESPACE),
  };
  const found = await Promise.all(Object.entries(lists).map(async ([name, items]) => [name, await items] as const));
  makeFolder(folder);
  return found.map(([name, items]) => {
    const path = join(folder, `${name}.yaml`);
    writeFileSync(path, stringify({ apiVersion: 'v1', kind: 'List', items }), { mode: 0o600 });
    return path;
  });
};
