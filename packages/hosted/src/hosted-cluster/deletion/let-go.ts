import { lettingAllGo, remainsOf } from '../../move/let-go.ts';
import { MANAGEMENT } from '../management.ts';
import { type Step, waitingFor } from './step.ts';

/** Nothing is taken down of a cluster that runs elsewhere by now: what its parts here would clean up is in use there. */
export const letRemainsGo: Step = {
  name: 'let go what is left of a cluster that runs elsewhere',
  find: async ({ world, namespace, name, home }) => {
    const remains = await remainsOf(world.management, { namespace, name, home });
    const left = [...remains.pools, ...remains.acting.map(({ object }) => object), ...(remains.home ? [remains.home] : [])];
    if (left.length === 0) return { effects: [] };
    return { effects: lettingAllGo(MANAGEMENT, remains), waiting: waitingFor('WaitingForNamespaceDeletion', left) };
  },
};
