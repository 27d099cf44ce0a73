import { existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { readKernelArguments } from './boot-menu.ts';
import type { Deployment, HostDriver, HostTier } from './driver.ts';
import { parseEtcChanges } from './etc-changes.ts';
import { isSame, listed, nameOf, refuseRemoval, refuseUndeploy } from './guard.ts';
import { explained, HostError } from './host-error.ts';
import { ostreeCommands } from './ostree-commands.ts';
import { parseStatus } from './parse-status.ts';
import type { Run } from './run.ts';
import { chooseSetDefaultWay, type SetDefaultHost, setDefault } from './set-default.ts';
import { unneededRefs } from './unneeded-refs.ts';

/** What tells one back end from another; all else is ostree, and shared. */
export type OstreeBackEnd = {
  readonly tier: HostTier;
  readonly simulated: boolean;
  /** The host's `/` as seen from this process. */
  readonly root: string;
  /** The physical root, which holds ostree/ and boot/, as seen from this process. */
  readonly physicalRoot: string;
  /** The same as the commands see it. */
  readonly sysroot: string;
  /** The argument by which `ostree admin` finds it; none on a host that booted it. */
  readonly admin: readonly string[];
  /** Runs a command where ostree is to work. */
  readonly run: Run;
  /** A path as seen from this process, as the commands see it. */
  commandPath(path: string): string;
  /** Marks the booted deployment where ostree cannot know it. */
  markBooted(list: readonly Deployment[]): readonly Deployment[];
  bootId(): Promise<string>;
  makeWritable(): Promise<void>;
  /** Removes a folder below the physical root, given as the commands see it. */
  removeFolder(folder: string): Promise<void>;
  reboot(reason: string): Promise<void>;
};

const LOOK = 'Look at `ostree admin status` on the host, and at its free space';

/** A host driver over real ostree. */
export const ostreeDriver = (backEnd: OstreeBackEnd): HostDriver => {
  const { run, physicalRoot, sysroot, admin } = backEnd;
  const repository = join(sysroot, 'ostree/repo');
  const commands = ostreeCommands({ admin, repository });
  const list = async (): Promise<readonly Deployment[]> =>
    backEnd.markBooted(await explained('The deployments cannot be listed', LOOK, async () => parseStatus(await run(commands.status()))));
  const staterootPath = (stateroot: string): string => join(physicalRoot, 'ostree/deploy', stateroot);
  const deploymentPath = ({ stateroot, checksum, serial }: Deployment): string =>
    join(staterootPath(stateroot), 'deploy', `${checksum}.${serial}`);
  const originPath = (deployment: Deployment): string => `${deploymentPath(deployment)}.origin`;
  const deployedIn = async (stateroot: string, checksum: string): Promise<Deployment | undefined> =>
    (await list()).find((each) => each.stateroot === stateroot && each.checksum === checksum);
  const forDefault: SetDefaultHost = { run, commands, sysroot, list, originPath };
  const changing = <T>(what: string, work: () => Promise<T>): Promise<T> => explained(what, LOOK, work);

  return {
    tier: backEnd.tier,
    simulated: backEnd.simulated,
    root: backEnd.root,
    bootId: backEnd.bootId,
    listDeployments: list,
    staterootPath,
    deploymentPath,
    originPath,
    makeWritable: () => changing('/sysroot cannot be made writable', backEnd.makeWritable),

    initStateroot: async (stateroot) => {
      // ostree makes the folder first and its /var after; a kill between the two leaves half a stateroot.
      if (existsSync(join(staterootPath(stateroot), 'var/tmp'))) return;
      if (existsSync(staterootPath(stateroot))) {
        refuseRemoval(await list(), stateroot);
        await backEnd.removeFolder(join(sysroot, 'ostree/deploy', stateroot));
      }
      await changing(`The stateroot ${stateroot} cannot be made`, () => run(commands.initStateroot(stateroot)));
    },

    hasCommit: (checksum) =>
      run(commands.hasCommit(checksum)).then(
        () => true,
        () => false,
      ),

    pullCommit: async (from, checksum) => {
      await changing(`The commit ${checksum} cannot be taken over from ${from}`, () =>
        run(commands.pullCommit(backEnd.commandPath(from), checksum)),
      );
    },

    exportCommit: async (checksum, repository) => {
      const at = backEnd.commandPath(repository);
      await changing(`The commit ${checksum} cannot be written to ${repository}`, async () => {
        await run(commands.makeRepository(at));
        await run(commands.exportCommit(at, checksum));
      });
    },

    etcChanges: ({ stateroot }) =>
      explained('What was changed in /etc cannot be read', LOOK, async () => parseEtcChanges(await run(commands.etcChanges(stateroot)))),

    kernelArguments: ({ index }) =>
      explained('The boot menu cannot be read', LOOK, () => readKernelArguments(join(physicalRoot, 'boot/loader/entries'), index)),

    deploy: async (wanted) => {
      const before = await deployedIn(wanted.stateroot, wanted.checksum);
      if (before !== undefined) return before;
      await changing(`The commit ${wanted.checksum} cannot be deployed in ${wanted.stateroot}`, () => run(commands.deploy(wanted)));
      const after = await deployedIn(wanted.stateroot, wanted.checksum);
      if (after === undefined) throw new HostError(`${wanted.stateroot} has no deployment of ${wanted.checksum} after deploying it`, LOOK);
      return after;
    },

    setDefaultWay: () => chooseSetDefaultWay(forDefault),
    setDefault: async (deployment) => {
      const way = await chooseSetDefaultWay(forDefault);
      const chosen = listed(await list(), deployment);
      await changing(`${nameOf(deployment)} cannot be made the default`, () => setDefault(forDefault, chosen, way));
      return way;
    },

    undeploy: async (deployment) => {
      const now = await list();
      const found = now.find((each) => isSame(each, deployment));
      if (found === undefined) return;
      refuseUndeploy(now, found);
      await changing(`${nameOf(found)} cannot be taken away`, () => run(commands.undeploy(found.index)));
    },

    removeStateroot: async (stateroot) => {
      await backEnd.makeWritable();
      refuseRemoval(await list(), stateroot);
      if (!existsSync(staterootPath(stateroot))) return;
      await changing(`The stateroot ${stateroot} cannot be removed`, async () => {
        // What an interrupted deploy left is immutable until ostree takes it away.
        await run(commands.cleanup());
        refuseRemoval(await list(), stateroot);
        await backEnd.removeFolder(join(sysroot, 'ostree/deploy', stateroot));
      });
    },

    prune: async () => {
      const now = await list();
      const origins = await Promise.all(now.map((each) => readFile(originPath(each), 'utf8').catch(() => '')));
      await changing('What no deployment needs cannot be freed', async () => {
        const names = (await run(commands.refs())).split('\n').filter((name) => name !== '');
        const refs = await Promise.all(names.map(async (name) => ({ name, commit: (await run(commands.commitOf(name))).trim() })));
        for (const name of unneededRefs(refs, now, origins)) await run(commands.deleteRef(name));
        await run(commands.cleanup());
        await run(commands.prune());
      });
    },

    freeSpace: async (path) => {
      const { bsize, blocks, bavail } = await statfs(path);
      return { total: bsize * blocks, free: bsize * bavail };
    },

    reboot: (reason) => changing('The host cannot be rebooted', () => backEnd.reboot(reason)),
  };
};
