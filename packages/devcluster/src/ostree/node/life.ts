import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { foldersOfCgroup, removeCgroup } from '../../node/cgroups.ts';
import { removeImmutable } from '../../sets/leftovers.ts';
import { requireState } from '../../sets/state.ts';
import { startSupervisor } from '../supervisor/start.ts';
import { execInside } from './enter.ts';
import { nodeFolder, nodeKubeconfigPath, nodeSysroot } from './names.ts';
import { cutNode, disconnectNode, enterDeployment, isNodeOn, readReport } from './power.ts';
import { changeNode, type NodeRecord, readNode, requireNode, withNode } from './record.ts';

const PATIENCE_SECONDS = 120;

/** Boots a node that is to run and does not; returns whether it did. */
export const ensureOn = (set: string, id: string): Promise<boolean> =>
  withNode(set, id, async () => {
    const node = readNode(set, id);
    if (!node?.installed || node.power === 'off' || isNodeOn(node)) return false;
    if (node.process && readReport(set, id).at(-1)?.startsWith('poweroff')) {
      changeNode(set, id, { power: 'off' });
      return false;
    }
    await enterDeployment(set, id);
    return true;
  });

const until = async (what: string, ready: () => boolean, seconds = PATIENCE_SECONDS): Promise<void> => {
  const deadline = Date.now() + seconds * 1000;
  while (!ready()) {
    if (Date.now() > deadline) throw new Error(`${what} has not come true after ${seconds} s`);
    await sleep(50);
  }
};

/** Waits until all units of a running node have been started, and its kubeconfig lies on the host. Gives up after `seconds`, default 120. */
export const untilStarted = (set: string, id: string, seconds = PATIENCE_SECONDS): Promise<void> =>
  until(
    `Node ${id}: start of all units (see godwit-dev node exec ${id} -- head /run/godwit/units/* --set ${set})`,
    () => {
      const started = readReport(set, id).includes('started');
      if (started) copyKubeconfig(set, requireNode(set, id));
      return started;
    },
    seconds,
  );

/** Switches a node on, and sees to it that it comes back whenever it goes down. Returns once its deployment is entered. */
export const bootNode = async (set: string, id: string): Promise<NodeRecord> => {
  if (!requireNode(set, id).installed)
    throw new Error(`Node ${id} of set ${set} has no release yet. Install one: godwit-dev node install ${id} VERSION --set ${set}`);
  await withNode(set, id, async () => {
    // What an earlier boot has told is no reason to stay off.
    changeNode(set, id, { power: 'on', ...(isNodeOn(requireNode(set, id)) ? {} : { process: undefined }) });
  });
  await ensureOn(set, id);
  await startSupervisor(set);
  return requireNode(set, id);
};

/** Asks a node to reboot, as the agent inside does; returns once the next boot has begun. */
export const rebootNode = async (set: string, id: string, why = 'asked by the host'): Promise<NodeRecord> => {
  const { boots } = requireNode(set, id);
  await execInside(set, id, ['/usr/libexec/godwit-reboot', why]);
  await untilBoot(set, id, boots + 1);
  return requireNode(set, id);
};

/** Waits until a node has been booted so often. */
export const untilBoot = (set: string, id: string, boots: number, seconds = PATIENCE_SECONDS): Promise<void> =>
  until(`Boot ${boots} of node ${id}`, () => requireNode(set, id).boots >= boots, seconds);

/** Cuts a node's power: everything in it ends at once, and it stays off. */
export const powerOffNode = (set: string, id: string): Promise<void> =>
  withNode(set, id, async () => cutNode(changeNode(set, id, { power: 'off' })));

/** Cuts a node's power for a moment: everything in it ends at once; its supervisor boots it again. */
export const interruptNode = (set: string, id: string): Promise<void> => withNode(set, id, () => cutNode(requireNode(set, id)));

/** Brings the administrator's kubeconfig of the stateroot that runs to the host, when it is another than before. */
export const copyKubeconfig = (set: string, { id, stateroot }: NodeRecord): void => {
  if (stateroot === undefined) return;
  const from = join(nodeSysroot(set, id), 'ostree/deploy', stateroot, 'var/lib/kubernetes/kubeconfigs/admin');
  const to = nodeKubeconfigPath(set, id);
  if (!existsSync(from)) return;
  const text = readFileSync(from, 'utf8');
  if (text !== '' && (!existsSync(to) || readFileSync(to, 'utf8') !== text)) writeFileSync(to, text, { mode: 0o600 });
};

/** Ends a node and removes everything of it; the record goes last, so that a crash in between leaves nothing unknown. */
export const removeNode = (set: string, id: string): Promise<void> =>
  withNode(set, id, async () => {
    const node = changeNode(set, id, { power: 'off' });
    await cutNode(node);
    const { subnet } = requireState(set);
    if (subnet !== undefined) await disconnectNode(subnet, node);
    for (const folder of foldersOfCgroup(node.cgroup)) removeCgroup(folder);
    await removeImmutable(nodeFolder(set, id));
    for (const name of ['sysroot', 'data', '']) rmSync(join(nodeFolder(set, id), name), { recursive: true, force: true });
  });
