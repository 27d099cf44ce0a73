import { spawnSync } from 'node:child_process';
import { execInside, inNodeCommand } from '../ostree/node/enter.ts';
import { installNode } from '../ostree/node/install.ts';
import { bootNode, powerOffNode, rebootNode, removeNode, untilStarted } from '../ostree/node/life.ts';
import { nodeKubeconfigPath } from '../ostree/node/names.ts';
import { requireNode } from '../ostree/node/record.ts';
import { step, toStandardError } from '../progress.ts';
import type { Command } from './run.ts';

type Verb = (set: string, id: string, words: readonly string[]) => Promise<void>;

const boot: Verb = async (set, id) => {
  const { stateroot } = await bootNode(set, id);
  await step(toStandardError, `Node ${id} starts its cluster from ${stateroot}`, () => untilStarted(set, id));
  process.stdout.write(`export KUBECONFIG=${nodeKubeconfigPath(set, id)}\n`);
};

const VERBS: Readonly<Record<string, Verb>> = {
  install: async (set, id, [version]) => {
    if (!version) throw new Error(`Say which release: godwit-dev node install ${id} 4.20.1 --set ${set}`);
    await installNode({ set, id, release: { version }, progress: toStandardError });
    await boot(set, id, []);
  },
  boot,
  reboot: async (set, id) => {
    await step(toStandardError, `Node ${id} goes down and comes back`, () => rebootNode(set, id));
    await boot(set, id, []);
  },
  off: powerOffNode,
  down: (set, id) => step(toStandardError, `Removing node ${id}`, () => removeNode(set, id)),
  status: async (set, id) => {
    process.stdout.write(`${await execInside(set, id, ['ostree', 'admin', 'status'])}\n`);
    process.stdout.write(`${await execInside(set, id, ['/bin/sh', '-c', 'cd /run/godwit/units && grep . *'])}\n`);
  },
  kubeconfig: async (set, id) => {
    process.stdout.write(`${nodeKubeconfigPath(set, requireNode(set, id).id)}\n`);
  },
  exec: async (set, id, words) => {
    const [program = '', ...args] = inNodeCommand(set, id, words);
    process.exitCode = spawnSync(program, args, { stdio: 'inherit' }).status ?? 1;
  },
};

/** Handles the single-node clusters of a set that live in ostree deployments. */
export const node: Command = async ({ words: [verb = '', id = '', ...words], set }) => {
  const act = VERBS[verb];
  if (!act || !id) throw new Error(`Say what to do with which node: godwit-dev node ${Object.keys(VERBS).join('|')} ID`);
  await act(set, id, words);
};
