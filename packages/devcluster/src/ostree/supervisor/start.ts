import { join } from 'node:path';
import { isRunning, launch } from '../../sets/components.ts';
import { setFolder } from '../../sets/folders.ts';
import { requireState } from '../../sets/state.ts';

/** Name of the component that boots a set's nodes whenever they go down. */
const SUPERVISOR = 'nodes';

/** Starts the supervisor of a set's nodes, unless it runs. */
export const startSupervisor = async (set: string): Promise<void> => {
  if (requireState(set).components.some((each) => each.name === SUPERVISOR && each.cluster === undefined && isRunning(each))) return;
  await launch(set, {
    name: SUPERVISOR,
    argv: [process.execPath, '--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts'), set],
    env: {},
    log: join(setFolder(set), 'logs', `${SUPERVISOR}.log`),
  });
};
