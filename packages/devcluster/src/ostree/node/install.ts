import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../../host/lock.ts';
import { run } from '../../processes/run.ts';
import { type Progress, silent, step } from '../../progress.ts';
import { machineLock, requireName } from '../../sets/folders.ts';
import { startSet } from '../../sets/start.ts';
import { requireState } from '../../sets/state.ts';
import { buildRelease } from '../tree/build.ts';
import type { Release } from '../tree/release.ts';
import { REGISTRY_AUTHORITY } from '../tree/settings.ts';
import { bootTarget } from './boot-entry.ts';
import { nodeScopeOf, nodeSysroot, staterootOf } from './names.ts';
import { changeNode, listNodes, type NodeRecord, readNode, withNode, writeNode } from './record.ts';

/** The most nodes of one set. */
const MOST = 50;

/** What a node is made of. `set` is started with its services (object store, registry) when it does not run. */
export type NodeOptions = { set: string; id: string; release: Release; progress?: Progress };

const allocate = (set: string, id: string): Promise<NodeRecord> =>
  withLock(machineLock(), async () => {
    const known = readNode(set, id);
    if (known) return known;
    const taken = listNodes(set).map(({ index }) => index);
    const index = Array.from({ length: MOST }, (_, position) => position + 1).find((each) => !taken.includes(each));
    if (index === undefined) throw new Error(`Set ${set} has ${MOST} nodes, and room for no more`);
    const scope = nodeScopeOf(set, index);
    const address = `10.${requireState(set).subnet}.210.${index}`;
    return writeNode(set, { id, index, address, networkNamespace: scope, cgroup: scope, installed: false, power: 'off', boots: 0 });
  });

const isBootable = (sysroot: string): boolean => existsSync(join(sysroot, 'boot/loader/entries'));

const trustRegistry = (set: string, etc: string): void => {
  const { authorityPath } = requireState(set);
  if (authorityPath === undefined) return;
  const place = join(etc, REGISTRY_AUTHORITY.slice('/etc/'.length));
  mkdirSync(dirname(place), { recursive: true });
  copyFileSync(authorityPath, place);
};

const deployRelease = async (set: string, id: string, release: Release, progress: Progress): Promise<void> => {
  const { repository, ref, commit, version } = await buildRelease(release, progress);
  const [sysroot, stateroot] = [nodeSysroot(set, id), staterootOf(version)];
  if (!existsSync(join(sysroot, 'ostree/repo'))) {
    mkdirSync(sysroot, { recursive: true });
    await run(['ostree', 'admin', 'init-fs', '--modern', sysroot]);
  }
  if (!existsSync(join(sysroot, 'ostree/deploy', stateroot))) await run(['ostree', 'admin', 'os-init', `--sysroot=${sysroot}`, stateroot]);
  await run(['ostree', `--repo=${join(sysroot, 'ostree/repo')}`, 'pull-local', repository, ref]);
  if (!isBootable(sysroot))
    await run(['ostree', 'admin', 'deploy', `--sysroot=${sysroot}`, '--os', stateroot, '--karg=rw', `--karg=ibu=${version}`, commit]);
  trustRegistry(set, join(bootTarget(sysroot).deployment, 'etc'));
};

/** Installs a release on a new node, which is off afterwards; does nothing on one that is installed. */
export const installNode = async ({ set, id, release, progress = silent }: NodeOptions): Promise<NodeRecord> => {
  requireName('Name of a node', id);
  await startSet({ id: set, clusters: [], progress });
  const node = await allocate(set, id);
  if (node.installed) return node;
  return withNode(set, id, async () => {
    await step(progress, `Installing release ${release.version} on node ${id}`, () => deployRelease(set, id, release, progress));
    return changeNode(set, id, { installed: true });
  });
};
