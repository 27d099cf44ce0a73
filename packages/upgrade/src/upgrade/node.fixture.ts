import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ImageBasedUpgrade, Node } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { newSysroot } from '../../test/sysroot.ts';
import { commitTree, writeTree } from '../../test/tree.ts';
import { upgradeName } from '../controller/agent.fixture.ts';
import type { HostDriver } from '../host/driver.ts';
import { sysrootDriver } from '../host/sysroot.ts';
import { AUTO_ROLLBACK_FILE, autoRollbackConfig } from '../stateroot/auto-rollback.ts';

/** The stateroot of the release that runs first. */
export const BEFORE = 'rhcos';
/** The stateroot that is prepared beside it. */
export const AFTER = 'rhcos_4.21.0';

/** A node whose host is a folder with real stateroots; its reboots are simulated. */
export type PreparedNode = {
  host: HostDriver;
  booted(): Promise<string | undefined>;
  /** A file of a stateroot; undefined: it is not there. */
  read(stateroot: string, path: string): string | undefined;
};

/** A node with a second release beside the one that is booted, as Prep leaves it. */
export const preparedNode = async (): Promise<PreparedNode> => {
  const folder = await newSysroot('4.20.1');
  const host = sysrootDriver(folder);
  await host.reboot('simulated power button');
  const checksum = await commitTree(join(folder, 'ostree/repo'), writeTree(join(folder, 'tree'), { version: '4.21.0' }), '4.21.0');
  await host.initStateroot(AFTER);
  await host.deploy({ stateroot: AFTER, checksum, kernelArguments: ['ibu=4.21.0'] });
  const place = (stateroot: string, path: string): string => join(host.staterootPath(stateroot), path);
  const write = (stateroot: string, path: string, text: string): void => {
    mkdirSync(dirname(place(stateroot, path)), { recursive: true });
    writeFileSync(place(stateroot, path), text);
  };
  write(BEFORE, 'var/lib/kubernetes/pki/ca.crt', 'authority');
  write(AFTER, join('var', AUTO_ROLLBACK_FILE), JSON.stringify(autoRollbackConfig({ initMonitor: true, postRebootConfig: true })));
  return {
    host,
    booted: async () => (await host.listDeployments()).find((each) => each.booted)?.stateroot,
    read: (stateroot, path) => (existsSync(place(stateroot, path)) ? readFileSync(place(stateroot, path), 'utf8') : undefined),
  };
};

/** Makes the one node of a cluster, Ready or not. */
export const haveNode = async (cluster: Client, isReady = true): Promise<void> => {
  const name = 'site';
  await cluster.delete(Node, { name });
  const labels = { 'node-role.kubernetes.io/control-plane': '', colour: 'blue', 'kubernetes.io/arch': 'amd64' };
  await cluster.create(Node, { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } } as Node);
  const status = {
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False', reason: 'Test', message: 'test' }],
    addresses: [{ type: 'InternalIP', address: '192.0.2.1' }],
  };
  await cluster.patch(Node, { name }, { status }, { subresource: 'status', type: 'strategic' });
};

const condition = (type: string, status: 'True' | 'False', reason: string, message: string) => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: timeOf(new Date()),
});

/** An upgrade for which Upgrade may be asked, with what else its spec is to hold. */
export const havePrepared = async (cluster: Client, spec: object = {}): Promise<void> => {
  await cluster.delete(ImageBasedUpgrade, upgradeName);
  await cluster.create(ImageBasedUpgrade, {
    apiVersion: 'lca.openshift.io/v1',
    kind: 'ImageBasedUpgrade',
    metadata: upgradeName,
    spec: { stage: 'Prep', seedImageRef: { version: '4.21.0', image: 'quay.io/a/seed:4.21.0' }, ...spec },
  } as ImageBasedUpgrade);
  const status = {
    conditions: [
      condition('Idle', 'False', 'InProgress', 'In progress'),
      condition('PrepInProgress', 'False', 'Completed', 'Prep completed'),
      condition('PrepCompleted', 'True', 'Completed', 'Prep completed'),
    ],
    validNextStages: ['Idle', 'Upgrade'],
  };
  await cluster.patch(ImageBasedUpgrade, upgradeName, { status }, { subresource: 'status' });
};
