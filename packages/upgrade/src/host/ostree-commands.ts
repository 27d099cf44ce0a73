import type { NewDeployment } from './driver.ts';

/** Where ostree finds a system: `admin` names the sysroot, and is empty on a host that booted it. */
export type OstreePlace = { readonly admin: readonly string[]; readonly repository: string };

type Command = readonly string[];

const kernelFlags = (kernelArguments: readonly string[]): Command => kernelArguments.flatMap((each) => ['--karg-append', each]);

/** Every command line of ostree that an upgrade uses, as data. */
export const ostreeCommands = ({ admin, repository }: OstreePlace) => {
  const administer = (verb: string, ...rest: Command): Command => ['ostree', 'admin', verb, ...admin, ...rest];
  const repo = `--repo=${repository}`;
  return {
    help: (): Command => ['ostree', 'admin', '--help'],
    status: (): Command => administer('status'),
    initStateroot: (stateroot: string): Command => administer('os-init', stateroot),
    pullCommit: (from: string, checksum: string): Command => ['ostree', 'pull-local', repo, from, checksum],
    hasCommit: (checksum: string): Command => ['ostree', 'show', repo, checksum],
    makeRepository: (at: string): Command => ['ostree', 'init', `--repo=${at}`, '--mode=bare'],
    exportCommit: (to: string, checksum: string): Command => ['ostree', 'pull-local', `--repo=${to}`, repository, checksum],
    etcChanges: (stateroot: string): Command => administer('config-diff', '--os', stateroot),
    /** Keeps all others, and leaves the repository alone: cleaning up is a step of its own. */
    deploy: ({ stateroot, checksum, kernelArguments }: NewDeployment): Command =>
      administer('deploy', '--os', stateroot, '--no-prune', '--not-as-default', ...kernelFlags(kernelArguments), checksum),
    /** The same commit once more, in front of all others; kernel arguments and /etc come from the one that is there. */
    redeploy: (stateroot: string, checksum: string): Command => administer('deploy', '--os', stateroot, '--retain', '--no-prune', checksum),
    setDefault: (index: number): Command => administer('set-default', String(index)),
    undeploy: (index: number): Command => administer('undeploy', String(index)),
    cleanup: (): Command => administer('cleanup'),
    refs: (): Command => ['ostree', 'refs', repo],
    commitOf: (ref: string): Command => ['ostree', 'rev-parse', repo, ref],
    deleteRef: (ref: string): Command => ['ostree', 'refs', repo, '--delete', ref],
    prune: (): Command => ['ostree', 'prune', repo, '--refs-only', '--depth=0'],
  };
};

/** The command lines for one system. */
export type OstreeCommands = ReturnType<typeof ostreeCommands>;
