import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { requireNode } from '@godwit/devcluster';
import { EDGE, UPGRADE_FAULTS } from './stage.ts';

/** A way to strike the node; `strike` resolves when it has landed, to whether there was anything to strike. */
export type Fault = {
  name: string;
  strike(): Promise<boolean>;
  /** Gets ready to strike without delay; returns what ends that. Omitted: it is always ready. */
  aim?: () => () => void;
  /** Steps during which nothing runs that it could strike. Omitted: none. */
  spares?: (step: string) => boolean;
};

const CGROUPS = '/sys/fs/cgroup/pids';

const foldersIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));
  } catch {
    return []; // ended meanwhile
  }
};

const cgroupFolders = (folder: string): string[] => [folder, ...foldersIn(folder).flatMap(cgroupFolders)];

const linesOf = (path: string): string[] => {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return []; // ended meanwhile
  }
};

const commandOf = (pid: number): string => linesOf(`/proc/${pid}/cmdline`).join(' ').replaceAll('\0', ' ');

const processesOf = (folder: string): number[] => cgroupFolders(folder).flatMap((each) => linesOf(join(each, 'cgroup.procs')).map(Number));

const nodeFolder = (): string => join(CGROUPS, requireNode(UPGRADE_FAULTS, EDGE).cgroup);

/** The agent, the units of the first boot, and the monitor: everything of ours that runs inside the node. */
const OURS = /packages\/(operator\/src\/upgrade|upgrade\/src\/(first-boot|monitor))\/main\.ts/;

const signalAll = (pids: readonly number[], signal: NodeJS.Signals): number =>
  pids.filter((pid) => {
    try {
      return process.kill(pid, signal);
    } catch {
      return false; // ended meanwhile
    }
  }).length;

/** How long news of what was done before a strike may take to arrive. Whoever is struck does nothing meanwhile. */
const NEWS_MILLISECONDS = 150;

/** A strike of whoever makes the news: it has landed when news of what was done before has arrived. */
const withNews = (fault: Fault): Fault => ({
  ...fault,
  strike: async () => {
    const struck = await fault.strike();
    await pause(NEWS_MILLISECONDS);
    return struck;
  },
});

/** How often it is looked which processes run: finding them takes longer than the shortest steps last. */
const LOOK_MILLISECONDS = 500;

/** Kills what matches, as the kernel does when memory is short: first those that ran a moment ago, then what has come since. */
const killing = (name: string, command: RegExp): Fault => {
  let known: number[] = [];
  const look = (): number[] => {
    known = processesOf(join(nodeFolder(), 'system')).filter((pid) => command.test(commandOf(pid)));
    return known;
  };
  return {
    name,
    aim: () => {
      const looking = setInterval(look, LOOK_MILLISECONDS);
      return () => clearInterval(looking);
    },
    strike: async () => {
      const atOnce = signalAll(
        known.filter((pid) => command.test(commandOf(pid))),
        'SIGKILL',
      );
      const late = signalAll(look(), 'SIGKILL');
      return atOnce + late > 0;
    },
  };
};

/** The agent, or the process of the first boot. */
export const killAgent = withNews(killing('kill -9 agent', OURS));

/**
 * All of Kubernetes at once: store, API server, controllers, kubelet and container runtime, with their network. The agent goes on beside it, so
 * what it begins from now on was not struck.
 */
export const killCluster: Fault = {
  ...killing('kill -9 cluster', /^\/usr\/bin\/(etcd|kube[a-z-]*|containerd|coredns) /),
  // The first part of the first boot comes before all of Kubernetes.
  spares: (step) => step.startsWith('first-boot/'),
};

/**
 * Ends everything in the node at once, by ending the process that its processes belong to; the supervisor boots it again. Other than in a real
 * power cut nothing that was written gets lost: this host keeps it.
 */
export const cutPower = withNews({
  name: 'power cut',
  strike: async () => {
    const { process: first } = requireNode(UPGRADE_FAULTS, EDGE);
    return signalAll(first === undefined ? [] : [first.pid], 'SIGKILL') > 0;
  },
});
