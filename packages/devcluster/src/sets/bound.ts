import { randomBytes } from 'node:crypto';
import { thisProcess } from '../processes/identity.ts';
import { requireName } from './folders.ts';
import { writeState } from './state.ts';
import { stopSet, sweepOrphans } from './stop.ts';

/** Makes an empty set that belongs to this process and fills it; it is removed again when that fails. Its id is the name and a random end. */
export const inBoundSet = async <T>(name: string, fill: (id: string) => Promise<T>): Promise<T> => {
  await sweepOrphans();
  const id = requireName('Set id', `${name}-${randomBytes(4).toString('hex')}`);
  writeState({ version: 1, id, owner: thisProcess(), complete: false, clusters: [], components: [] });
  try {
    return await fill(id);
  } catch (error) {
    await stopSet(id);
    throw error;
  }
};
