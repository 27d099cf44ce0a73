import type { EtcChange } from './etc-changes.ts';
import type { SetDefaultWay } from './set-default.ts';

/** One deployment of the system, as ostree lists it. */
export type Deployment = {
  /** 0 is what boots next. */
  readonly index: number;
  readonly stateroot: string;
  /** The commit, 64 hexadecimal digits. */
  readonly checksum: string;
  /** Tells deployments of one commit in one stateroot apart. */
  readonly serial: number;
  readonly booted: boolean;
};

/** A commit that becomes a deployment of a stateroot, without becoming the default; kernel arguments are taken letter by letter. */
export type NewDeployment = { readonly stateroot: string; readonly checksum: string; readonly kernelArguments: readonly string[] };

/** How real the host is: a directory, an entered deployment, a virtual machine, or the machine itself. */
export type HostTier = 'sysroot' | 'namespace' | 'qemu' | 'host';

/**
 * The host of a single-node cluster: all that the agent asks of the operating system.
 * Each call is one change of the host; what must survive a kill between two of them is the journal's matter, not the driver's.
 * A call that a kill cut short may be made again. What a call refuses it throws as a HostError, with the next step for a person.
 * A signal ends the program that a call waits for: another ostree may hold the lock of the system for ever.
 */
export type HostDriver = {
  readonly tier: HostTier;
  /** Whether "booted" and reboots are only told here: nothing may then claim that a machine rebooted. */
  readonly simulated: boolean;
  /** Where the host's own `/` is seen from this process, without a slash at the end: '' inside the host itself. */
  readonly root: string;
  /** Of the running boot; another one proves a reboot, unless the host is simulated. */
  bootId(): Promise<string>;
  /** In the order of booting: the first is the default. */
  listDeployments(): Promise<readonly Deployment[]>;
  /** The folder of a stateroot as seen from this process. It need not be there. */
  staterootPath(stateroot: string): string;
  /** The folder of a deployment as seen from this process. */
  deploymentPath(deployment: Deployment): string;
  /** The origin file of a deployment as seen from this process. */
  originPath(deployment: Deployment): string;
  /** Makes /sysroot writable for this process. */
  makeWritable(): Promise<void>;
  /** Makes an empty stateroot; one that is there already is left alone. */
  initStateroot(stateroot: string, signal?: AbortSignal): Promise<void>;
  /** Whether the repository of the host holds the commit. */
  hasCommit(checksum: string): Promise<boolean>;
  /** Brings exactly one commit from a repository, a folder as seen from this process, without its refs. */
  pullCommit(repository: string, checksum: string, signal?: AbortSignal): Promise<void>;
  /** Writes exactly one commit into a new repository, a folder as seen from this process; a part of one that is there is completed. */
  exportCommit(checksum: string, repository: string, signal?: AbortSignal): Promise<void>;
  /** What the deployment that runs, or else the first of its stateroot, has changed in /etc since it was deployed; paths are relative to /etc. */
  etcChanges(deployment: Deployment): Promise<readonly EtcChange[]>;
  /** The kernel arguments with which a deployment boots, letter by letter, with those that ostree adds itself. */
  kernelArguments(deployment: Deployment): Promise<readonly string[]>;
  /** Deploys a commit that the repository holds, and returns the deployment; where the stateroot has that commit deployed, it is left alone. */
  deploy(deployment: NewDeployment, signal?: AbortSignal): Promise<Deployment>;
  /** How this host lets another deployment boot next. */
  setDefaultWay(): Promise<SetDefaultWay>;
  /** Lets this deployment boot next, keeping the others, and returns the way it went; nothing happens to one that does already. */
  setDefault(deployment: Deployment): Promise<SetDefaultWay>;
  /** Takes a deployment away, wherever it is listed by now; refuses the booted one, and the default where none is booted. */
  undeploy(deployment: Deployment, signal?: AbortSignal): Promise<void>;
  /** Removes the folder of a stateroot; reads the list again first, and refuses while one of its deployments is listed. */
  removeStateroot(stateroot: string, signal?: AbortSignal): Promise<void>;
  /** Frees what no deployment needs: refs that were brought along, objects nobody reaches, folders of deployments that are not listed. */
  prune(signal?: AbortSignal): Promise<void>;
  /** Bytes of the file system that holds the path, as seen from this process. */
  freeSpace(path: string): Promise<{ readonly total: number; readonly free: number }>;
  /** Asks for a reboot and returns; the process is ended soon after. */
  reboot(reason: string): Promise<void>;
};
