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

/** A commit that becomes a deployment of a stateroot, without becoming the default. */
export type NewDeployment = { readonly stateroot: string; readonly checksum: string; readonly kernelArguments: readonly string[] };

/** How real the host is: a directory, an entered deployment, a virtual machine, or the machine itself. */
export type HostTier = 'sysroot' | 'namespace' | 'qemu' | 'host';

/**
 * The host of a single-node cluster: all that the agent asks of the operating system.
 * Each call is one command of the host; what must survive a kill between two of them is the journal's matter, not the driver's.
 */
export type HostDriver = {
  readonly tier: HostTier;
  /** Where the host's own `/` is seen from this process, without a slash at the end: '' inside the host itself. */
  readonly root: string;
  /** Of the running boot; another one proves a reboot. */
  bootId(): Promise<string>;
  /** In the order of booting: the first is the default. */
  listDeployments(): Promise<readonly Deployment[]>;
  /** The folder of a stateroot as seen from this process. It need not be there. */
  staterootPath(stateroot: string): string;
  /** The folder of a deployment as seen from this process. */
  deploymentPath(deployment: Deployment): string;
  /** Makes /sysroot writable for this process. */
  makeWritable(): Promise<void>;
  /** Makes an empty stateroot; one that is there already is left alone. */
  initStateroot(stateroot: string): Promise<void>;
  /** Brings exactly one commit from a repository on this host, without its refs. */
  pullCommit(repository: string, checksum: string): Promise<void>;
  deploy(deployment: NewDeployment): Promise<void>;
  /** Lets this deployment boot next, keeping the others. */
  setDefault(deployment: Deployment): Promise<void>;
  /** Refuses the booted deployment. */
  undeploy(deployment: Deployment): Promise<void>;
  /** Removes the folder of a stateroot that has no deployment left; refuses any other. */
  removeStateroot(stateroot: string): Promise<void>;
  /** Frees what no deployment needs: refs that were brought along, objects nobody reaches. */
  prune(): Promise<void>;
  /** Bytes of the file system that holds the path. */
  freeSpace(path: string): Promise<{ readonly total: number; readonly free: number }>;
  /** Asks for a reboot and returns; the process is ended soon after. */
  reboot(reason: string): Promise<void>;
};
