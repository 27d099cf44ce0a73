import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCgroup, endCgroup, foldersOfCgroup, removeCgroup } from '../../node/cgroups.ts';
import { bridgeName, hostAddress } from '../../node/names.ts';
import { createNodeNetwork } from '../../node/network.ts';
import { startDaemon } from '../../processes/daemon.ts';
import { identify, isAlive, type ProcessIdentity } from '../../processes/identity.ts';
import { markOf } from '../../processes/marked.ts';
import { attempt } from '../../processes/run.ts';
import { SERVICE_NAMES } from '../../services/certificate.ts';
import { setFolder } from '../../sets/folders.ts';
import { requireState } from '../../sets/state.ts';
import { type BootTarget, bootTarget } from './boot-entry.ts';
import { bootFolder, nodeData, nodeSysroot } from './names.ts';
import { changeNode, type NodeRecord, requireNode } from './record.ts';

const PATIENCE_MILLISECONDS = 30_000;

/** Whether a node runs. */
export const isNodeOn = ({ process }: NodeRecord): boolean => process !== undefined && isAlive(process);

const subnetOf = (set: string): number => {
  const { subnet } = requireState(set);
  if (subnet === undefined) throw new Error(`Set ${set} has no network for nodes; it was started with --control-plane-only`);
  return subnet;
};

/** Takes a node's network away, as far as there is one. The link goes first: a namespace that is deleted keeps its links for a moment. */
export const disconnectNode = async (subnet: number, { networkNamespace, index }: NodeRecord): Promise<void> => {
  if (!existsSync(`/run/netns/${networkNamespace}`)) return;
  await attempt(['ip', 'link', 'delete', `${bridgeName(subnet)}-n${index}`]);
  await attempt(['ip', 'netns', 'delete', networkNamespace]);
};

/** What a node finds in /run/godwit, as real hardware and its network would tell it. */
const hardwareFiles = (node: NodeRecord, host: string, bootId: string, { commandLine }: BootTarget): Record<string, string> => ({
  'boot-id': `${bootId}\n`,
  cmdline: `${commandLine}\n`,
  hosts: `127.0.0.1 localhost\n${node.address} ${node.id}\n${host} ${SERVICE_NAMES.join(' ')}\n`,
  'hardware.env': [
    `NODE_ID=${node.id}`,
    `NODE_ADDRESS=${node.address}`,
    `HOST_ADDRESS=${host}`,
    `CGROUP_ROOT=/${node.cgroup}`,
    `BOOT_ID=${bootId}`,
    '',
  ].join('\n'),
});

const systemCgroup = ({ cgroup }: NodeRecord): string => `${cgroup}/system`;

const reportPath = (set: string, id: string): string => join(bootFolder(set, id), 'report');

/** What a node has told since it was booted last: `pid N`, `started`, and why it ended. */
export const readReport = (set: string, id: string): string[] => {
  const path = reportPath(set, id);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
};

const writeBootFiles = (set: string, node: NodeRecord, bootId: string, target: BootTarget): void => {
  const folder = bootFolder(set, node.id);
  rmSync(join(folder, 'files'), { recursive: true, force: true });
  mkdirSync(join(folder, 'files'), { recursive: true });
  for (const [name, text] of Object.entries(hardwareFiles(node, hostAddress(subnetOf(set)), bootId, target)))
    writeFileSync(join(folder, 'files', name), text);
  writeFileSync(reportPath(set, node.id), '');
};

const hostNameOf = ({ deployment }: BootTarget, { id }: NodeRecord): string => {
  const path = join(deployment, 'etc/hostname');
  return (existsSync(path) && readFileSync(path, 'utf8').trim()) || id;
};

const bootCommand = (set: string, node: NodeRecord, target: BootTarget): string[] => [
  ...['nsenter', `--net=/run/netns/${node.networkNamespace}`, 'unshare'],
  ...['--mount', '--propagation', 'private', '--uts', '--ipc', '--pid', '--fork', '--kill-child'],
  ...['/bin/sh', join(import.meta.dirname, 'boot.sh')],
  ...[nodeSysroot(set, node.id), target.deployment, target.stateroot, nodeData(set, node.id), bootFolder(set, node.id)],
  hostNameOf(target, node),
  ...foldersOfCgroup(systemCgroup(node)),
];

/** Waits until the first process of a node has entered its deployment. */
const untilEntered = async (set: string, id: string, starter: ProcessIdentity, log: string): Promise<ProcessIdentity> => {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const pid = readReport(set, id).find((line) => line.startsWith('pid '));
    const first = pid === undefined ? undefined : identify(Number(pid.slice(4)));
    if (first) return first;
    if (!isAlive(starter)) throw new Error(`Node ${id} ended while it booted; see ${log}`);
    if (Date.now() > deadline)
      throw new Error(`Node ${id} has not entered its deployment after ${PATIENCE_MILLISECONDS / 1000} s; see ${log}`);
    await sleep(20);
  }
};

/** Ends everything in a node at once, as a power cut does; its files stay. */
export const cutNode = async (node: NodeRecord): Promise<void> => {
  await endCgroup(node.cgroup);
};

/** Boots a node that is off: network, cgroup and namespaces anew, then the deployment that its boot loader would start. Returns once that is entered. */
export const enterDeployment = async (set: string, id: string): Promise<NodeRecord> => {
  const node = requireNode(set, id);
  const [subnet, target, bootId] = [subnetOf(set), bootTarget(nodeSysroot(set, id)), randomUUID()];
  await cutNode(node);
  await disconnectNode(subnet, node);
  await createNodeNetwork(node, subnet, `n${node.index}`);
  for (const folder of foldersOfCgroup(node.cgroup)) removeCgroup(folder);
  for (const name of [node.cgroup, systemCgroup(node)]) createCgroup(name);
  mkdirSync(nodeData(set, id), { recursive: true });
  writeBootFiles(set, node, bootId, target);
  const log = join(bootFolder(set, id), 'log');
  const starter = await startDaemon({ argv: bootCommand(set, node, target), env: markOf(setFolder(set)), log });
  const process = await untilEntered(set, id, starter, log);
  return changeNode(set, id, { process, bootId, boots: node.boots + 1, stateroot: target.stateroot, deployment: target.deployment });
};
