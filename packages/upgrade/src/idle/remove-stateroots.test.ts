import { existsSync, mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deploymentsOf, type HostDouble, hostDouble } from '../controller/host-double.fixture.ts';
import type { UpgradeWorld } from '../world.ts';
import { nextToUndeploy, removeUnbootedStateroots } from './remove-stateroots.ts';

const clean = (host: HostDouble) => removeUnbootedStateroots.run({ host } as unknown as UpgradeWorld, new AbortController().signal);
const namesOf = (host: HostDouble) => host.deployments.map(({ stateroot, booted }) => `${booted ? '*' : ''}${stateroot}`);

test.each<[string[], string[]]>([
  [
    ['rhcos_4.10.11', '*rhcos_4.10.15', 'rhcos'],
    ['undeploy 2 rhcos', 'undeploy 0 rhcos_4.10.11', 'removeStateroot rhcos', 'removeStateroot rhcos_4.10.11', 'prune'],
  ],
  [
    ['*rhcos_4.10.15', 'rhcos'],
    ['undeploy 1 rhcos', 'removeStateroot rhcos', 'prune'],
  ],
  [['*rhcos', 'rhcos'], ['prune']],
  [['*rhcos'], ['prune']],
])('T45 of %j everything goes but the booted stateroot: %j', async (names, asked) => {
  const host = hostDouble(...names);
  await clean(host);
  const undeploys = (list: readonly string[]) => list.filter((each) => each.startsWith('undeploy'));
  expect(undeploys(host.asked)).toEqual(undeploys(asked));
  expect([...host.asked].sort()).toEqual([...asked].sort());
});

test('T45 a folder without any deployment goes, too', async () => {
  const host = hostDouble('*rhcos');
  mkdirSync(host.staterootPath('rhcos_4.15.0'), { recursive: true });
  await clean(host);
  expect(existsSync(host.staterootPath('rhcos_4.15.0'))).toBe(false);
  expect(existsSync(host.staterootPath('rhcos'))).toBe(true);
});

test('a second time nothing is left to do', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.15.0');
  await clean(host);
  host.asked.length = 0;
  await clean(host);
  expect(host.asked).toEqual(['prune']);
});

test('without a booted deployment nothing is taken away', async () => {
  const host = hostDouble('rhcos', 'rhcos_4.15.0');
  await expect(clean(host)).rejects.toThrow('no deployment is booted');
  expect(host.asked).toEqual([]);
});

test('G-I15 a stateroot in which something is deployed meanwhile stays, and is named', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.15.0');
  const undeploy = host.undeploy;
  // somebody deploys into it right after the list was found empty
  let reads = 0;
  const list = host.listDeployments;
  host.listDeployments = async () => {
    reads += 1;
    if (host.asked.includes('undeploy 1 rhcos_4.15.0') && reads > 4) host.deployments = deploymentsOf('*rhcos', 'rhcos_4.15.0');
    return list();
  };
  host.undeploy = undeploy;
  await expect(clean(host)).rejects.toThrow('failed to remove 1 stateroots');
  expect(host.asked).toEqual(['undeploy 1 rhcos_4.15.0']);
  expect(existsSync(host.staterootPath('rhcos_4.15.0'))).toBe(true);
  expect(namesOf(host)).toEqual(['*rhcos', 'rhcos_4.15.0']);
});

test('one stateroot that will not go does not keep the others, and is named with the way to do it by hand', async () => {
  const host = hostDouble('*rhcos', 'rhcos_4.14.0', 'rhcos_4.15.0');
  const remove = host.removeStateroot;
  host.removeStateroot = async (stateroot) => {
    if (stateroot === 'rhcos_4.14.0') throw new Error('busy');
    await remove(stateroot);
  };
  const error = await clean(host).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    message: 'failed to remove 1 stateroots',
    findings: [
      {
        code: 'StaterootNotRemoved',
        object: 'stateroot rhcos_4.14.0',
        message: 'The stateroot rhcos_4.14.0 could not be removed: busy',
        remediation: expect.stringContaining('rm -rf /sysroot/ostree/deploy/rhcos_4.14.0'),
      },
    ],
  });
  expect(existsSync(host.staterootPath('rhcos_4.15.0'))).toBe(false);
});

test('deployments go from the last to the first, spared stateroots and the booted one stay', () => {
  const list = deploymentsOf('rhcos_4.16.0', '*rhcos', 'rhcos_4.15.0', 'rhcos');
  expect(nextToUndeploy(list)?.index).toBe(2);
  expect(nextToUndeploy(list, new Set(['rhcos_4.15.0']))?.index).toBe(0);
  expect(nextToUndeploy(list, new Set(['rhcos_4.15.0', 'rhcos_4.16.0']))).toBeUndefined();
});
