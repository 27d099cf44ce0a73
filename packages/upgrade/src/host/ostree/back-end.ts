import type { Deployment, HostTier } from '../driver.ts';
import type { Run } from '../run.ts';

/** What tells one back end from another; all else is ostree, and shared. */
export type OstreeBackEnd = {
  readonly tier: HostTier;
  readonly simulated: boolean;
  /** The host's `/` as seen from this process. */
  readonly root: string;
  /** The physical root, which holds ostree/ and boot/, as seen from this process. */
  readonly physicalRoot: string;
  /** The same as the commands see it. */
  readonly sysroot: string;
  /** The argument by which `ostree admin` finds it; none on a host that booted it. */
  readonly admin: readonly string[];
  /** Runs a command where ostree is to work. */
  readonly run: Run;
  /** A path as seen from this process, as the commands see it. */
  commandPath(path: string): string;
  /** Marks the booted deployment where ostree cannot know it. */
  markBooted(list: readonly Deployment[]): readonly Deployment[];
  bootId(): Promise<string>;
  makeWritable(): Promise<void>;
  /** Removes a folder below the physical root, given as the commands see it. */
  removeFolder(folder: string, signal?: AbortSignal): Promise<void>;
  reboot(reason: string): Promise<void>;
};
