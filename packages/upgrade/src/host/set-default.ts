import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type { Deployment } from './driver.ts';
import { HostError } from './host-error.ts';
import type { OstreeCommands } from './ostree-commands.ts';
import type { Run } from './run.ts';

/**
 * How another deployment is made to boot next: ostree's own command (2023.6 and later), our helper over ostree's library,
 * or, where neither is there, deploying the same commit once more and taking the old deployment away.
 */
export type SetDefaultWay = 'set-default' | 'library' | 'redeploy';

/** What setting a default needs of its host. */
export type SetDefaultHost = {
  readonly run: Run;
  readonly commands: OstreeCommands;
  /** The sysroot as the commands see it. */
  readonly sysroot: string;
  list(): Promise<readonly Deployment[]>;
  originPath(deployment: Deployment): string;
};

const SCRIPT = new URL('./set-default.py', import.meta.url);
const PROBE = "import gi; gi.require_version('OSTree', '1.0')";

const works = (run: Run, argv: readonly string[]): Promise<boolean> =>
  run(argv).then(
    () => true,
    () => false,
  );

/** Chooses the way that this host offers, the one that changes least first. */
export const chooseSetDefaultWay = async ({ run, commands }: Pick<SetDefaultHost, 'run' | 'commands'>): Promise<SetDefaultWay> => {
  if (/^\s+set-default\b/m.test(await run(commands.help()))) return 'set-default';
  return (await works(run, ['/usr/bin/python3', '-c', PROBE])) ? 'library' : 'redeploy';
};

const redeploy = async (host: SetDefaultHost, { stateroot, checksum, index, booted }: Deployment, origin: string): Promise<void> => {
  const before = (await host.list()).length;
  await host.run(host.commands.redeploy(stateroot, checksum));
  const [first, ...others] = await host.list();
  if (first?.stateroot !== stateroot || first.checksum !== checksum || others.length !== before)
    throw new HostError(`ostree did not deploy ${stateroot} in front of the others`, 'Look at `ostree admin status`');
  await copyFile(origin, host.originPath(first)).catch(() => {
    // A deployment without an origin file is one that nothing updates; its copy is no different.
  });
  // The booted deployment stays beside its copy; whatever boots next finds it as a second one of its stateroot.
  if (!booted) await host.run(host.commands.undeploy(index + 1));
};

/** Lets a listed deployment boot next in the given way, and checks that it does. */
export const setDefault = async (host: SetDefaultHost, deployment: Deployment, way: SetDefaultWay): Promise<void> => {
  if (deployment.index === 0) return;
  if (way === 'set-default') await host.run(host.commands.setDefault(deployment.index));
  // The text of the helper, not its path: the host may not see our files.
  if (way === 'library') await host.run(['/usr/bin/python3', '-c', readFileSync(SCRIPT, 'utf8'), host.sysroot, String(deployment.index)]);
  if (way === 'redeploy') await redeploy(host, deployment, host.originPath(deployment));
  const [first] = await host.list();
  if (first?.stateroot !== deployment.stateroot || first.checksum !== deployment.checksum)
    throw new HostError(`${deployment.stateroot} was not made the default (${way})`, 'Look at `ostree admin status`, and set it by hand');
};
