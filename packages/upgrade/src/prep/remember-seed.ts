import type { PastStage } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { readJournal } from '../journal/journal-file.ts';
import { staterootJournal } from '../stateroot/prepare.ts';
import type { StaterootFacts } from '../stateroot/world.ts';

const seedOf = async ({ host }: StageScope, version: string): Promise<string | undefined> => {
  const steps = (await readJournal(staterootJournal(host.root, version)))?.steps ?? [];
  return steps.map(({ outputs }) => (outputs as Partial<StaterootFacts> | undefined)?.seed?.reference).find((each) => each !== undefined);
};

/** Notes in the report which seed, by its digest, was prepared; it stays there when the upgrade has forgotten its history. */
export const rememberSeed = async (scope: StageScope): Promise<void> => {
  const { report, upgrade, clock, host } = scope;
  const { spec, status } = upgrade.current();
  const version = spec?.seedImageRef?.version ?? '';
  const startTime = status?.history?.find(({ stage }) => stage === 'Prep')?.startTime;
  const seedImage = await seedOf(scope, version);
  const past: PastStage = {
    stage: 'Prep',
    version,
    outcome: 'Completed',
    completionTime: timeOf(clock.now()),
    bootId: await host.bootId(),
    ...(startTime === undefined ? {} : { startTime }),
    ...(seedImage === undefined ? {} : { seedImage }),
  };
  report.change((known) => ({ ...known, history: [...(known.history ?? []), past] }));
};
