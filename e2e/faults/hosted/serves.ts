import { openHosted } from '../../support/hosted/access.ts';
import type { Side } from '../../support/hosted/hosted-set.ts';
import { markerPods, wrongSecrets } from '../../support/hosted/marker.ts';
import { readyNodes } from '../../support/hosted/start-sample.ts';
import { until } from '../../support/until.ts';
import { FOLDER, type Stage } from './stage.ts';

const sameNodes = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): boolean =>
  before.size === now.size && [...before].every(([name, uid]) => now.get(name) === uid);

/** What is wrong with the hosted cluster where it must serve: its API by its public name, its nodes, its Secrets, its workload. */
export const wrongAt = async ({ set, nodes, pods }: Stage, side: Side): Promise<string[]> => {
  try {
    const { kubectl } = await until(`the API to answer on ${side}`, 120, async () => {
      const access = await openHosted(set, side, FOLDER);
      return (await access.kubectl.run(['get', '--raw', '/readyz'])) === 'ok' ? access : undefined;
    });
    await until('the same nodes to be Ready', 120, async () => (sameNodes(nodes, await readyNodes(kubectl)) ? true : undefined));
    const secrets = await wrongSecrets(kubectl);
    const now = await markerPods(kubectl);
    return [
      ...(secrets.length > 0 ? [`${secrets.length} Secrets cannot be read`] : []),
      ...(JSON.stringify(pods) === JSON.stringify(now) ? [] : ['the workload was restarted']),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
};
