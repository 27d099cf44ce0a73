import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootEntries, newSysroot, removeSysroot } from '../../test/sysroot.ts';
import { seedRepository } from '../../test/tree.ts';
import type { HostDriver } from './driver.ts';
import { ostreeCommands } from './ostree-commands.ts';
import { type Run, runHere } from './run.ts';
import { chooseSetDefaultWay, type SetDefaultWay, setDefault } from './set-default.ts';
import { sysrootDriver } from './sysroot.ts';

let folder = '';
let driver: HostDriver;

beforeAll(async () => {
  folder = await newSysroot();
  driver = sysrootDriver(folder);
  await driver.reboot('test');
  const { repository, checksum } = await seedRepository(mkdtempSync(join(tmpdir(), 'godwit-seed-')), { version: '4.21.0' });
  await driver.initStateroot('next');
  await driver.pullCommit(repository, checksum);
  await driver.deploy({ stateroot: 'next', checksum, kernelArguments: ['ibu=4.21.0', 'quoted="a b"'] });
}, 60_000);
afterAll(() => removeSysroot(folder));

const hostOf = () => ({
  run: runHere,
  commands: ostreeCommands({ admin: [`--sysroot=${folder}`], repository: join(folder, 'ostree/repo') }),
  sysroot: folder,
  list: async () => (await driver.listDeployments()).map((each) => ({ ...each, booted: false })),
  originPath: driver.originPath,
});

test.each<SetDefaultWay>(['library', 'redeploy'])(
  'the default moves there and back by the way "%s", and nothing else about the deployments changes',
  async (way) => {
    const optionsOf = (stateroot: string) =>
      bootEntries(folder)
        .find((each) => each.stateroot === stateroot)
        ?.options.replace(/ ostree=.*/, '');
    const before = { rhcos: optionsOf('rhcos'), next: optionsOf('next') };
    for (const stateroot of ['next', 'rhcos', 'next', 'rhcos']) {
      const wanted = (await driver.listDeployments()).find((each) => each.stateroot === stateroot);
      if (wanted === undefined) throw new Error(`${stateroot} is gone`);
      // What a seed brought lies over /etc, and must be there in the next boot too.
      if (stateroot === 'next') writeFileSync(join(driver.deploymentPath(wanted), 'etc/from-seed'), 'here');
      await setDefault(hostOf(), { ...wanted, booted: false }, way);
      expect((await driver.listDeployments()).map((each) => each.stateroot)).toEqual(
        stateroot === 'next' ? ['next', 'rhcos'] : ['rhcos', 'next'],
      );
      expect({ rhcos: optionsOf('rhcos'), next: optionsOf('next') }).toEqual(before);
    }
    expect(bootEntries(folder)[0]?.stateroot).toBe('rhcos');
  },
);

test.each<[string, string, boolean, SetDefaultWay]>([
  ['ostree has the command', '  set-default        Make deployment INDEX the default\n', true, 'set-default'],
  ['only the library is there', '  status             List deployments\n', true, 'library'],
  ['neither is there', '  status             List deployments\n', false, 'redeploy'],
])('the way is chosen: %s', async (_title, help, library, way) => {
  const run: Run = async ([program]) => {
    if (program === 'ostree') return help;
    if (library) return '';
    throw new Error('no such program');
  };
  expect(await chooseSetDefaultWay({ run, commands: hostOf().commands })).toBe(way);
});
