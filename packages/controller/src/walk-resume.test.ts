import { resource } from '@godwit/kube';
import { fakeClock } from '@godwit/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { phaseOf, pipeline } from './phase.ts';
import { advance, reason, wait } from './verdict.ts';
import { walk } from './walk.ts';
import type { Journal } from './walked.ts';

const ConfigMap = resource('v1', 'ConfigMap', 'configmaps');
const Done = reason('Done', () => 'it is done');
const NotYet = reason('NotYet', () => 'not yet');

/** What outlives a killed process: the cluster, and the status in it. */
type Cluster = { objects: Set<string>; creations: string[]; journal: Journal | undefined; order: string[] };

/** A phase of the property: how many objects it creates, and whether it waits until it sees them. */
type Shape = { objects: number; waits: boolean; applies: boolean };

const namesOf = (index: number, { objects }: Shape) => Array.from({ length: objects }, (_, at) => `phase-${index}-object-${at}`);
const create = (name: string): Effect => ({
  do: 'create',
  on: 'host',
  resource: ConfigMap,
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
});

const phases = (shapes: readonly Shape[]) =>
  shapes.map((shape, index) =>
    phaseOf<Cluster, null>()({
      name: `Phase${index}`,
      step: 'Step',
      description: 'A phase',
      when: () => shape.applies,
      observe: async ({ objects }) => namesOf(index, shape).filter((name) => !objects.has(name)),
      decide: (missing) => {
        const effects = namesOf(index, shape).map(create);
        return shape.waits && missing.length > 0 ? wait(NotYet(), effects, '1s') : advance(Done(), effects);
      },
    }),
  );

class Killed extends DOMException {
  constructor() {
    super('killed', 'AbortError');
  }
}

/** Counts down at every point where a process may die, and kills it there. */
const fuse = (moments: number) => {
  let left = moments;
  return () => {
    left -= 1;
    if (left === 0) throw new Killed();
  };
};

const round = (cluster: Cluster, shapes: readonly Shape[], mayDie: () => void) =>
  walk({
    pipeline: pipeline('Test', phases(shapes)),
    world: cluster,
    subject: null,
    journal: cluster.journal,
    clock: fakeClock(),
    carryOut: async (effects) => {
      for (const effect of effects) {
        if (effect.do !== 'create') continue;
        const name = effect.object.metadata.name ?? '';
        mayDie();
        // The status names the phase before anything of it is to be seen.
        expect(cluster.journal?.phase).toBe(`Phase${name.split('-')[1]}`);
        if (!cluster.objects.has(name)) cluster.creations.push(name);
        cluster.objects.add(name);
        mayDie();
      }
    },
    record: async ({ journal }) => {
      mayDie();
      if (journal && cluster.order.at(-1) !== journal.phase) cluster.order.push(journal.phase);
      cluster.journal = journal;
      mayDie();
    },
  });

/** Runs rounds until the walk is complete; each entry of `kills` is the moment at which one process dies. */
const runToTheEnd = async (shapes: readonly Shape[], kills: readonly number[]): Promise<Cluster> => {
  const cluster: Cluster = { objects: new Set(), creations: [], journal: undefined, order: [] };
  const fuses = kills.map(fuse);
  for (let rounds = 0; rounds < 200; rounds += 1) {
    const mayDie = fuses[0] ?? (() => {});
    try {
      if ((await round(cluster, shapes, mayDie)).outcome === 'completed') return cluster;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      fuses.shift();
    }
  }
  throw new Error('the walk did not end');
};

const shape = fc.record({ objects: fc.integer({ min: 0, max: 3 }), waits: fc.boolean(), applies: fc.boolean() });

test('a walk that is killed at any moments and started again ends as one that was never killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 25 }), { maxLength: 5 }),
      async (shapes, kills) => {
        const undisturbed = await runToTheEnd(shapes, []);
        const killed = await runToTheEnd(shapes, kills);
        expect([...killed.objects].sort()).toEqual([...undisturbed.objects].sort());
        expect(killed.creations).toEqual(undisturbed.creations);
        expect(killed.journal).toEqual(undisturbed.journal);
        // A walk never goes back: every phase is entered once, in the order of the pipeline.
        expect(killed.order).toEqual([...new Set(killed.order)].sort());
      },
    ),
    { numRuns: 500 },
  );
});
