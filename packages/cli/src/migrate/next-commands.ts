import type { MigMigration } from '@godwit/api';
import { stateOfRun } from '../printers/run-facts.ts';

/** Where things are, for commands to copy. */
export type Place = { calledAs: string; host: string; plan: string };

/** Commands to try after a run has ended, or was left. */
export const nextCommands = (run: MigMigration, { calledAs, host, plan }: Place): string[] => {
  const look = `${calledAs} run describe ${run.metadata.name} --context ${host}`;
  const back = `${calledAs} run rollback ${plan} --wait --context ${host}`;
  return ['Succeeded', 'Warnings'].includes(stateOfRun(run))
    ? [`${look}   # look again`, `${back}   # take it back`]
    : [`${look}   # look again`, `${calledAs} run logs ${run.metadata.name} --context ${host}   # what happened`];
};
