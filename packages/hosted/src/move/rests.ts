import { type Clock, type Delay, delayOf, secondsOf } from '@godwit/controller';
import type { Move } from './scope.ts';

type Rest = { until: number; asked: string };

/** What users ask for; the rest of a move is written by its own controller. */
const askedOf = ({ metadata: { generation, annotations, deletionTimestamp } }: Move): string =>
  JSON.stringify([generation, annotations, deletionTimestamp]);

/**
 * Moves that met an error and are tried again later. What is written down of the error is a change of the move, and would have it tried
 * at once, and again at once: a round within the rest ends unless somebody has asked for something else.
 */
export const createRests = (clock: Pick<Clock, 'now'>) => {
  const rests = new Map<string, Rest>();
  return {
    begin: (key: string, move: Move, after: Delay): void => {
      rests.set(key, { until: clock.now().getTime() + secondsOf(after) * 1000, asked: askedOf(move) });
    },
    end: (key: string): void => {
      rests.delete(key);
    },
    /** How long it still rests; undefined: it is to be worked on. */
    left: (key: string, move: Move): Delay | undefined => {
      const rest = rests.get(key);
      const milliseconds = rest !== undefined && rest.asked === askedOf(move) ? rest.until - clock.now().getTime() : 0;
      return milliseconds > 0 ? delayOf(milliseconds / 1000) : undefined;
    },
  };
};
