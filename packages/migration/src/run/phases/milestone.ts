import { advance } from '@godwit/controller';
import { Done } from '../reasons.ts';
import { runPhase } from '../scope.ts';

/** A phase that only marks how far a run has come. */
export const milestone = (name: string, step: string, description: string) =>
  runPhase({ name, step, description, observe: async () => undefined, decide: () => advance(Done({ what: description })) });
