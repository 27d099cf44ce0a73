import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSame } from '../host/guard.ts';
import { JOURNAL_FOLDER, type JournalRecord } from '../journal/journal-file.ts';
import { known, type Step } from '../journal/step.ts';
import { type StepProgress, walkSteps } from '../journal/walk-steps.ts';
import { staterootOf } from '../seed/version.ts';
import { deploySteps } from './deploy-steps.ts';
import { fillSteps } from './fill-steps.ts';
import { seedSteps } from './seed-steps.ts';
import { type StaterootFacts, type StaterootWorld, workOf } from './world.ts';

/** Who is told how preparing a stateroot goes, and what ends it. */
export type Preparing = {
  readonly signal: AbortSignal;
  progress?(progress: StepProgress): void;
  written?(record: JournalRecord): void;
};

/** Everything that makes a stateroot out of a seed image, in order. */
export const staterootSteps: readonly Step<StaterootWorld, StaterootFacts>[] = [...seedSteps, ...deploySteps, ...fillSteps];

/** Where the journal of preparing a version lies, as seen from this process. */
export const staterootJournal = (root: string, version: string): string =>
  join(root || '/', JOURNAL_FOLDER, `stateroot-${staterootOf(version)}.json`);

const stands = async ({ host }: StaterootWorld, { deployment }: Partial<StaterootFacts>): Promise<boolean> =>
  deployment !== undefined &&
  (await host.listDeployments()).some((each) => isSame(each, deployment)) &&
  existsSync(host.deploymentPath(deployment));

/**
 * Installs the release of a seed image beside the running one, without booting it. It goes on where a kill cut it short;
 * asked for once more, it finds its work done. Leaves a stateroot, one deployment, a journal, and nothing else.
 */
export const prepareStateroot = async (world: StaterootWorld, { signal, ...told }: Preparing): Promise<StaterootFacts> => {
  const { image, digest, version, autoRollback } = world.request;
  const facts = await walkSteps<StaterootWorld, StaterootFacts>({
    ...told,
    list: 'stateroot',
    steps: staterootSteps,
    world,
    clock: world.clock,
    path: staterootJournal(world.host.root, version),
    inputs: { image, digest, version, autoRollback },
    stands: (found) => stands(world, found),
    signal,
  });
  // After the journal is complete: before, each of these folders may still be needed.
  await rm(workOf(world).work, { recursive: true, force: true });
  return { seed: known(facts, 'seed'), contents: known(facts, 'contents'), deployment: known(facts, 'deployment') };
};
