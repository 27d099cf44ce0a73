import { join } from 'node:path';
import { readText } from '../carried/files.ts';
import type { StageScope } from '../handler/stage-handler.ts';
import { openShift } from './open-shift.ts';

/** VERSION_ID of the text of an os-release file. */
export const versionIdOf = (text: string): string | undefined => /^VERSION_ID=["']?([^"'\n]*)["']?$/m.exec(text)?.[1] || undefined;

/** The release that this cluster runs: its ClusterVersion's or, where there is none, that of the booted system (D-I6). */
export const currentVersion = async ({
  cluster,
  host,
  deployments,
}: Pick<StageScope, 'cluster' | 'host' | 'deployments'>): Promise<string> => {
  const version = (await cluster.get(openShift.ClusterVersion, { name: 'version' }))?.status?.desired?.version;
  if (version) return version;
  const booted = deployments.find((each) => each.booted);
  const text = booted === undefined ? undefined : await readText(join(host.deploymentPath(booted), 'usr/lib/os-release'));
  const found = text === undefined ? undefined : versionIdOf(text);
  if (found === undefined)
    throw new Error(
      'the release of this cluster is not known: there is no ClusterVersion, and no VERSION_ID in the os-release of the booted system',
    );
  return found;
};
