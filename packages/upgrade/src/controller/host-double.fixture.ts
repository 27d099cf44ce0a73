import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment, HostDriver } from '../host/driver.ts';

/** A stand-in for a host: its folders are real, its deployments are a list that the test writes. */
export type HostDouble = HostDriver & {
  /** What `listDeployments` answers; undeploying takes away from it. */
  deployments: Deployment[];
  boot: string;
  /** Every change that was asked for, in order. */
  readonly asked: string[];
  /** Calls that are to fail, by their name. */
  readonly broken: Map<string, Error>;
};

/** Writes a list of deployments as names of stateroots in the order of booting; `*` marks the booted one. */
export const deploymentsOf = (...names: readonly string[]): Deployment[] =>
  names.map((name, index) => ({
    index,
    stateroot: name.replace('*', ''),
    checksum: String(index).repeat(64),
    serial: 0,
    booted: name.startsWith('*'),
  }));

/** Makes a host with these deployments and a folder for each stateroot. */
export const hostDouble = (...names: readonly string[]): HostDouble => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-host-'));
  const staterootPath = (stateroot: string) => join(root, 'ostree/deploy', stateroot);
  const deploymentPath = ({ stateroot, checksum, serial }: Deployment) => join(staterootPath(stateroot), 'deploy', `${checksum}.${serial}`);
  const ask = (call: string, detail = ''): void => {
    double.asked.push(`${call} ${detail}`.trim());
    const error = double.broken.get(call);
    if (error) throw error;
  };
  const double: HostDouble = {
    tier: 'sysroot',
    simulated: true,
    root,
    deployments: deploymentsOf(...names),
    boot: 'boot-1',
    asked: [],
    broken: new Map(),
    bootId: async () => double.boot,
    listDeployments: async () => double.deployments,
    staterootPath,
    deploymentPath,
    originPath: (deployment) => `${deploymentPath(deployment)}.origin`,
    makeWritable: async () => ask('makeWritable'),
    initStateroot: async (stateroot) => ask('initStateroot', stateroot),
    hasCommit: async () => true,
    pullCommit: async (_repository, checksum) => ask('pullCommit', checksum),
    exportCommit: async (checksum) => ask('exportCommit', checksum),
    etcChanges: async () => [],
    kernelArguments: async () => [],
    deploy: async ({ stateroot }) => {
      ask('deploy', stateroot);
      throw new Error('this stand-in deploys nothing');
    },
    setDefaultWay: async () => 'set-default',
    setDefault: async ({ stateroot }) => {
      ask('setDefault', stateroot);
      return 'set-default';
    },
    undeploy: async (deployment) => {
      ask('undeploy', `${deployment.index} ${deployment.stateroot}`);
      double.deployments = double.deployments
        .filter((each) => each.checksum !== deployment.checksum)
        .map((each, index) => ({ ...each, index }));
    },
    removeStateroot: async (stateroot) => {
      ask('removeStateroot', stateroot);
      if (double.deployments.some((each) => each.stateroot === stateroot)) throw new Error(`${stateroot} is deployed`);
      rmSync(staterootPath(stateroot), { recursive: true });
    },
    prune: async () => ask('prune'),
    freeSpace: async () => ({ total: 1, free: 1 }),
    reboot: async (reason) => ask('reboot', reason),
  };
  for (const each of double.deployments) mkdirSync(deploymentPath(each), { recursive: true });
  return double;
};
