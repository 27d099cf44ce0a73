import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deployment, HostDriver } from '../src/host/driver.ts';
import { runHere } from '../src/host/run.ts';
import { bootEntries, newSysroot, removeSysroot } from './sysroot.ts';
import { seedRepository } from './tree.ts';

/** A host that boots what is in a sysroot; the driver is another one after a boot. */
export type HostUnderTest = { driver(): HostDriver; boot(): Promise<void>; stop(): Promise<void> };

const VERSION = '4.21.0';
const STATEROOT = 'rhcos_4.21.0';
const QUOTED = ['ibu=4.21.0', 'tsc=nowatchdog', 'cgroup_no_v1="all"', 'name="two words"'];

const objectsIn = (folder: string): number =>
  readdirSync(join(folder, 'ostree/repo/objects'), { recursive: true, withFileTypes: true }).filter((each) => !each.isDirectory()).length;

/** What every back end of the driver promises, tried on real ostree. */
export const hostContract = (name: string, hostOn: (folder: string) => Promise<HostUnderTest>): void => {
  describe(`the ${name} host`, () => {
    let folder = '';
    let work = '';
    let host: HostUnderTest;
    const driver = (): HostDriver => host.driver();
    const list = (): Promise<readonly Deployment[]> => driver().listDeployments();

    beforeEach(async () => {
      folder = await newSysroot();
      work = mkdtempSync(join(folder, 'ostree/deploy/rhcos/var/tmp/', 'seed-'));
      host = await hostOn(folder);
      await host.boot();
    }, 60_000);
    afterEach(async () => {
      await host.stop();
      await removeSysroot(folder);
    }, 60_000);

    /** Brings a second system in, as Prep does, and returns its deployment. */
    const prepare = async (kernelArguments: readonly string[] = ['ibu=4.21.0']): Promise<Deployment> => {
      const { checksum } = await seedRepository(work, { version: VERSION });
      await driver().initStateroot(STATEROOT);
      await driver().pullCommit(join(driver().root, 'var/tmp', work.split('/').at(-1) ?? '', 'repo'), checksum);
      return driver().deploy({ stateroot: STATEROOT, checksum, kernelArguments });
    };

    test('lists the system that is booted, and protects it', async () => {
      const [booted, ...others] = await list();
      expect(others).toEqual([]);
      expect(booted).toMatchObject({ index: 0, stateroot: 'rhcos', serial: 0, booted: true });
      if (booted === undefined) return;
      await expect(driver().undeploy(booted)).rejects.toThrow('is the system that runs here, and stays');
      await expect(driver().removeStateroot('rhcos')).rejects.toThrow('The stateroot rhcos still holds rhcos');
      expect(existsSync(join(driver().deploymentPath(booted), 'usr/lib/modules/6.1.0-tiny/vmlinuz'))).toBe(true);
    });

    test('makes a stateroot once, and again where a kill left half of it', async () => {
      await driver().initStateroot(STATEROOT);
      await driver().initStateroot(STATEROOT);
      rmSync(join(folder, 'ostree/deploy', STATEROOT, 'var'), { recursive: true });
      await driver().initStateroot(STATEROOT);
      expect(readdirSync(join(folder, 'ostree/deploy', STATEROOT, 'var'))).toContain('lib');
    });

    test('deploys a commit once beside the default, with its kernel arguments letter by letter', async () => {
      const first = await prepare(QUOTED);
      const second = await driver().deploy({ stateroot: STATEROOT, checksum: first.checksum, kernelArguments: QUOTED });
      expect(second).toEqual(first);
      expect(await list()).toMatchObject([
        { index: 0, stateroot: 'rhcos', booted: true },
        { index: 1, stateroot: STATEROOT, booted: false, serial: 0 },
      ]);
      const entry = bootEntries(folder).find(({ stateroot }) => stateroot === STATEROOT);
      expect(entry?.options.replace(/ ostree=.*/, '')).toBe(QUOTED.join(' '));
      expect(readFileSync(join(driver().deploymentPath(first), 'etc/motd'), 'utf8')).toBe('welcome\n');
    });

    test('brings one commit and none of the names it had, and frees all of it again', async () => {
      await driver().prune();
      const before = objectsIn(folder);
      const deployment = await prepare();
      expect(await driver().hasCommit(deployment.checksum)).toBe(true);
      expect(await runHere(['ostree', 'refs', `--repo=${folder}/ostree/repo`])).not.toContain(`seed/${VERSION}`);
      // As another agent would have left it.
      await runHere(['ostree', 'refs', `--repo=${folder}/ostree/repo`, '--create=seed/left-over', deployment.checksum]);
      await driver().undeploy(deployment);
      await driver().undeploy(deployment);
      await driver().removeStateroot(STATEROOT);
      await driver().removeStateroot(STATEROOT);
      await driver().prune();
      expect(await driver().hasCommit(deployment.checksum)).toBe(false);
      expect(objectsIn(folder)).toBe(before);
      expect(readdirSync(join(folder, 'ostree/deploy'))).toEqual(['rhcos']);
      expect(bootEntries(folder)).toHaveLength(1);
      expect(await runHere(['ostree', 'refs', `--repo=${folder}/ostree/repo`])).toContain('seed/4.20.1');
    });

    test('removes no stateroot that holds a deployment, even when it came after the last look', async () => {
      const deployment = await prepare();
      await driver().undeploy(deployment);
      const again = await prepareAgain(deployment);
      await expect(driver().removeStateroot(STATEROOT)).rejects.toThrow('Run `ostree admin undeploy 1` first');
      expect(existsSync(join(driver().deploymentPath(again), 'usr/lib/os-release'))).toBe(true);
      await expect(driver().removeStateroot('../rhcos')).rejects.toThrow('is no name of a stateroot');
    });

    const prepareAgain = async ({ checksum }: Deployment): Promise<Deployment> => {
      await driver().pullCommit(join(driver().root, 'var/tmp', work.split('/').at(-1) ?? '', 'repo'), checksum);
      return driver().deploy({ stateroot: STATEROOT, checksum, kernelArguments: [] });
    };

    test('boots the default, and back again, and never calls one boot by the name of another', async () => {
      const deployment = await prepare();
      const boots = [await driver().bootId()];
      expect(await driver().setDefault(deployment)).toBe(await driver().setDefaultWay());
      expect(await list()).toMatchObject([
        { index: 0, stateroot: STATEROOT, booted: false },
        { index: 1, stateroot: 'rhcos', booted: true },
      ]);
      await host.boot();
      boots.push(await driver().bootId());
      const [now, old] = await list();
      expect(now).toMatchObject({ stateroot: STATEROOT, booted: true });
      if (now === undefined || old === undefined) return;
      await expect(driver().undeploy(now)).rejects.toThrow('stays');
      await driver().setDefault(old);
      await host.boot();
      boots.push(await driver().bootId());
      expect(await list()).toMatchObject([
        { stateroot: 'rhcos', booted: true },
        { stateroot: STATEROOT, booted: false },
      ]);
      expect(new Set(boots).size).toBe(3);
    });

    test('takes away the deployment that is meant, not the one that has its old place', async () => {
      const deployment = await prepare();
      const [booted] = await list();
      await driver().setDefault(deployment);
      await driver().undeploy(deployment);
      expect(await list()).toMatchObject([{ ...booted, index: 0 }]);
    });

    test('knows the space of the file system that a path is on', async () => {
      const { total, free } = await driver().freeSpace(driver().staterootPath('rhcos'));
      expect(total).toBeGreaterThan(free);
      expect(free).toBeGreaterThan(0);
    });

    test('names what it could not do, the command, and what to do about it', async () => {
      const missing = driver().deploy({ stateroot: 'rhcos', checksum: '0'.repeat(64), kernelArguments: [] });
      await expect(missing).rejects.toThrow(/^The commit 0+ cannot be deployed in rhcos: .*ostree admin deploy.* Look at/s);
    });
  });
};
