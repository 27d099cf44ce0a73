import { isRunning } from '../sets/components.ts';
import { knownSets } from '../sets/folders.ts';
import { readState, type SetState } from '../sets/state.ts';
import type { Command } from './run.ts';

/** Tells in lines what a set has and what of it runs. */
export const describeLines = (state: SetState, running: (component: SetState['components'][number]) => boolean): string[] => [
  `${state.id}\t${state.complete ? 'started' : 'not complete'}${state.owner ? `, bound to process ${state.owner.pid}` : ''}`,
  ...state.clusters.map(({ name, server }) => `  ${name}\t${server}`),
  ...(state.dns ? [`  ${state.dns.zone}\t${state.dns.server}:53`] : []),
  ...state.components.map(
    (component) =>
      `  ${component.cluster ? `${component.cluster}/` : ''}${component.name}\t${running(component) ? `running, process ${component.process?.pid}` : 'ended'}`,
  ),
];

/** Lists all sets with their clusters and components. */
export const status: Command = async () => {
  const states = knownSets().flatMap((id) => readState(id) ?? []);
  const lines = states.flatMap((state) => describeLines(state, isRunning));
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'Nothing runs. Start clusters: godwit-dev up\n');
};
