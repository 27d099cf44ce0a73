import { endProcesses, signalProcess, startDaemon } from '../processes/daemon.ts';
import { isAlive } from '../processes/identity.ts';
import { markOf } from '../processes/marked.ts';
import { setFolder } from './folders.ts';
import { type Component, changeState, requireState, type SetState } from './state.ts';

const isSame = (one: Component, cluster: string | undefined, name: string): boolean => one.name === name && one.cluster === cluster;

const withComponent = (state: SetState, component: Component): SetState => ({
  ...state,
  components: [...state.components.filter((each) => !isSame(each, component.cluster, component.name)), component],
});

/** Starts a program as part of a set and records it; it carries the set's mark, so that it is found even when recording failed. */
export const launch = async (id: string, component: Component): Promise<Component> => {
  const marked = { ...component, env: { ...component.env, ...markOf(setFolder(id)) } };
  const running = { ...marked, process: await startDaemon(marked) };
  await changeState(id, (state) => withComponent(state, running));
  return running;
};

/** Finds a component by name; `cluster` is undefined for those that all clusters share (minio, registry). */
export const requireComponent = (state: SetState, cluster: string | undefined, name: string): Component => {
  const found = state.components.find((each) => isSame(each, cluster, name));
  if (found) return found;
  const names = state.components.map((each) => (each.cluster ? `${each.cluster}/${each.name}` : each.name));
  throw new Error(`Set ${state.id} has no component ${cluster ? `${cluster}/` : ''}${name}; it has ${names.join(', ') || 'none'}`);
};

/** Whether a component's process runs. */
export const isRunning = ({ process }: Component): boolean => process !== undefined && isAlive(process);

/** Ends a component: SIGTERM, and SIGKILL after 5 s. Its record stays, so that it can be started again. */
export const stopComponent = async (id: string, cluster: string | undefined, name: string): Promise<void> => {
  const { process } = requireComponent(requireState(id), cluster, name);
  if (process) await endProcesses([process]);
};

/** Ends a component without a chance to clean up, as a power cut would. */
export const killComponent = async (id: string, cluster: string | undefined, name: string): Promise<void> => {
  const { process } = requireComponent(requireState(id), cluster, name);
  if (process) await endProcesses([process], 0);
};

/** Starts a stopped component again with the same arguments; does nothing when it runs. Ready is for its caller to wait for. */
export const startComponent = async (id: string, cluster: string | undefined, name: string): Promise<void> => {
  const component = requireComponent(requireState(id), cluster, name);
  if (!isRunning(component)) await launch(id, component);
};

/** Freezes a component: its connections stay open and nothing answers. */
export const pauseComponent = async (id: string, cluster: string | undefined, name: string): Promise<void> => {
  const { process } = requireComponent(requireState(id), cluster, name);
  if (process) signalProcess(process, 'SIGSTOP');
};

/** Lets a paused component go on. */
export const resumeComponent = async (id: string, cluster: string | undefined, name: string): Promise<void> => {
  const { process } = requireComponent(requireState(id), cluster, name);
  if (process) signalProcess(process, 'SIGCONT');
};
