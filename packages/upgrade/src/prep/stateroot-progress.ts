import type { Progress } from '@godwit/controller';
import type { StepProgress } from '../journal/walk-steps.ts';

/** What takes long counts for more than one step. */
const WEIGHTS: Readonly<Record<string, number>> = {
  'pull-seed': 30,
  'unpack-seed': 10,
  'unpack-repository': 10,
  'pull-commit': 10,
  'fill-var': 8,
};

const weightOf = (step: string): number => WEIGHTS[step] ?? 1;

const sum = (steps: readonly string[]): number => steps.reduce((total, step) => total + weightOf(step), 0);

/** How far the steps are, as one number; bytes are told beside it while a step moves some. */
export const staterootProgress = (steps: readonly string[], { step, number, bytes }: StepProgress): Progress => {
  const share = bytes === undefined || bytes.total === 0 ? 0 : bytes.done / bytes.total;
  return {
    itemsDone: sum(steps.slice(0, number - 1)) + share * weightOf(step),
    itemsTotal: sum(steps),
    ...(bytes === undefined ? {} : { bytesDone: bytes.done, bytesTotal: bytes.total }),
  };
};
