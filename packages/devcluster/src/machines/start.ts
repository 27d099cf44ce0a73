import { join } from 'node:path';
import { isRunning, launch } from '../sets/components.ts';
import { setFolder } from '../sets/folders.ts';
import { requireState } from '../sets/state.ts';

/** Name of the component that makes, revives and ends the machines of a set. */
const PROVIDER = 'machines';

/** Starts the provider of local machines in a running set, unless it runs; it acts once the kinds of its group are installed in a cluster of the set. */
export const startMachines = async (set: string): Promise<void> => {
  const { components } = requireState(set);
  if (components.some((each) => each.name === PROVIDER && each.cluster === undefined && isRunning(each))) return;
  await launch(set, {
    name: PROVIDER,
    argv: [process.execPath, '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'provider/main.ts'), set],
    env: {},
    log: join(setFolder(set), 'logs', `${PROVIDER}.log`),
  });
};
