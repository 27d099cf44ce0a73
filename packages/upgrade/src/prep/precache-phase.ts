import { join } from 'node:path';
import { ConfigMap, LCA_NAMESPACE } from '@godwit/api';
import type { Effect, Progress } from '@godwit/controller';
import { agentFiles } from '../carried/paths.ts';
import { type PrecacheStatus, precacheImages } from '../precache/precache.ts';
import { imagesText } from '../precache/registry.ts';
import { jobPhase } from './job-phase.ts';
import { prepJobs } from './job-texts.ts';
import type { PrepMeans } from './means.ts';
import { readPrecacheList } from './precache-list.ts';

const listed = (images: readonly string[]): Effect => ({
  do: 'apply',
  on: 'cluster',
  resource: ConfigMap,
  object: {
    metadata: { namespace: LCA_NAMESPACE, name: prepJobs.precache.name },
    data: { 'images.txt': imagesText(images) },
  },
});

const textOf = ({ total, pulled, failed }: PrecacheStatus): string => `. total: ${total} (pulled: ${pulled}, failed: ${failed})`;

const progressOf = (status: PrecacheStatus): Progress => ({
  itemsDone: status.pulled + status.failed,
  itemsTotal: status.total,
  lines: [textOf(status)],
});

const HOURS = 3600;

/** Brings every image that the new release needs, so that it starts without a registry. */
export const precache = (means: PrepMeans) =>
  jobPhase({
    name: 'Precache',
    description: 'Bringing the images of the new release',
    job: prepJobs.precache,
    deadlineSeconds: 4 * HOURS,
    detail: (progress) => progress?.lines?.[0] ?? '',
    effects: async (scope) => [listed(await readPrecacheList(scope))],
    run: async (scope, signal, tell) => {
      const { host } = scope;
      await precacheImages({
        images: await readPrecacheList(scope),
        runtime: means.runtime(means.access(host)),
        statusFile: join(host.root, agentFiles.workspace, 'precache_status.json'),
        signal,
        progress: (status) => tell(progressOf(status)),
      });
    },
  });
