import { until } from '../../support/until.ts';
import { PLATFORM, platformImage } from '../../support/upgrade/releases.ts';
import { countOf, hasCountedOn } from '../../support/upgrade/workload.ts';
import type { NEW, OLD, Stage } from './stage.ts';

const SECONDS = 240;

/** What is wrong with a node that must serve a release: its system, its workload, and the data of that, which never begins anew. */
export const wrongOn = async ({ edge }: Stage, version: typeof OLD | typeof NEW): Promise<string[]> => {
  const { kubectl, sh } = edge;
  try {
    const before = await until('the workload to count', SECONDS, () => countOf(kubectl));
    await until('the platform to run', SECONDS, () =>
      kubectl.run(['rollout', 'status', 'deployment/banner', '-n', PLATFORM, '--timeout=60s']),
    );
    const release = (await sh('. /etc/os-release; echo $VERSION_ID')).trim();
    const image = await kubectl.run(['get', 'deployment', 'banner', '-n', PLATFORM, '-o', 'jsonpath={..image}']);
    const grows = await until('the workload to count on', SECONDS, async () => ((await countOf(kubectl)) > before ? true : undefined));
    return [
      ...(release === version ? [] : [`the node runs ${release}`]),
      ...(image === platformImage(version) ? [] : [`the platform's workload runs ${image}`]),
      ...(grows && (await hasCountedOn(kubectl)) ? [] : ['the workload has counted anew']),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
};
