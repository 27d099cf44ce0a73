import { existsSync } from 'node:fs';
import { isSame, nameOf } from '../host/guard.ts';
import { HostError } from '../host/host-error.ts';
import { known, type Step } from '../journal/step.ts';
import { staterootOf } from '../seed/version.ts';
import { type StaterootFacts, type StaterootWorld, workOf } from './world.ts';

type DeployStep = Step<StaterootWorld, StaterootFacts>;

const REMOVED = 'The stateroot is undeployed and removed, and the repository pruned.';

const clearStateroot: DeployStep = {
  name: 'clear-stateroot',
  does: 'Another release that an earlier attempt left in the stateroot is taken away.',
  undo: 'There is nothing to take back.',
  timeoutSeconds: 300,
  run: async ({ host, request }, facts, { signal }) => {
    const stateroot = staterootOf(request.version);
    const { checksum } = known(facts, 'contents').deployment;
    const inside = (await host.listDeployments()).filter((each) => each.stateroot === stateroot);
    const booted = inside.find((each) => each.booted);
    if (booted !== undefined)
      throw new HostError(`${nameOf(booted)} is the release that runs here`, 'Name another version in spec.seedImageRef.version');
    const others = inside.filter((each) => each.checksum !== checksum);
    for (const each of others) await host.undeploy(each, signal);
    // Its /var is of the other release as well.
    if (others.length > 0 && others.length === inside.length) await host.removeStateroot(stateroot, signal);
    return undefined;
  },
};

const pullCommit: DeployStep = {
  name: 'pull-commit',
  does: 'Exactly one commit is taken over into the repository of the host, without its names.',
  undo: REMOVED,
  timeoutSeconds: 1800,
  holds: ({ host }, facts) => host.hasCommit(known(facts, 'contents').deployment.checksum),
  run: async (world, facts, { signal }) => {
    await world.host.makeWritable();
    await world.host.pullCommit(workOf(world).repository, known(facts, 'contents').deployment.checksum, signal);
    return undefined;
  },
};

const initStateroot: DeployStep = {
  name: 'init-stateroot',
  does: 'The stateroot is made, unless it is there.',
  undo: REMOVED,
  timeoutSeconds: 60,
  holds: async ({ host, request }) => existsSync(host.staterootPath(staterootOf(request.version))),
  run: async ({ host, request }, _facts, { signal }) => {
    await host.initStateroot(staterootOf(request.version), signal);
    return undefined;
  },
};

const deploy: DeployStep = {
  name: 'deploy',
  does: 'The commit is deployed beside the running release, with the kernel arguments of the seed; it does not boot next.',
  undo: REMOVED,
  timeoutSeconds: 900,
  holds: async ({ host }, facts) => {
    const deployment = known(facts, 'deployment');
    return (await host.listDeployments()).some((each) => isSame(each, deployment));
  },
  run: async ({ host, request }, facts, { signal }) => {
    const { deployment, kernelArguments } = known(facts, 'contents');
    const stateroot = staterootOf(request.version);
    const wanted = { stateroot, checksum: deployment.checksum, kernelArguments: [...kernelArguments, `ibu=${request.version}`] };
    return { deployment: await host.deploy(wanted, signal) };
  },
};

const cleanRepository: DeployStep = {
  name: 'clean-repository',
  does: 'The repository is freed of what no deployment needs.',
  undo: 'There is nothing to take back.',
  timeoutSeconds: 900,
  run: async ({ host }, _facts, { signal }) => {
    await host.prune(signal);
    return undefined;
  },
};

/** From trusted files to a release that could boot. */
export const deploySteps: readonly DeployStep[] = [clearStateroot, pullCommit, initStateroot, deploy, cleanRepository];
