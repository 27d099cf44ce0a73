import { DirectVolumeMigration } from '@godwit/api';
import { advance, fail, type Progress, wait } from '@godwit/controller';
import { type Piece, pieceName } from '../names.ts';
import { holds, runsOfPlan } from '../plan-runs.ts';
import { NothingToDo, VolumeCopyDone, VolumeCopyFailed, VolumeCopyRunning, VolumeCopyStarted } from '../reasons.ts';
import { hostName, type Run, runPhase, type Scope } from '../scope.ts';
import { type PassType, type VolumeMigration, volumeMigration } from '../volume-migration.ts';
import { volumeProgress } from '../volume-progress.ts';

const copies = ({ flags }: Scope): boolean => flags.directVolume && flags.enableVolume;

type Pass = {
  name: string;
  description: string;
  piece: Piece;
  words: string;
  type: (run: Run) => PassType;
  /** Whether contents are compared: by reading all of it again, not by size and time alone. */
  verify: (scope: Scope, run: Run) => Promise<boolean>;
  when: (scope: Scope) => boolean;
};

const createPass = ({ name, description, piece, words, type, verify, when }: Pass) =>
  runPhase({
    name,
    step: 'StageBackup',
    description,
    when,
    observe: async (scope, run) => ({
      object: volumeMigration(run, scope.plan, scope.namespaces, { piece, type: type(run), verify: await verify(scope, run) }),
    }),
    decide: ({ object }) => {
      const volumes = object.spec.persistentVolumeClaims?.length ?? 0;
      if (volumes === 0) return advance(NothingToDo());
      return advance(VolumeCopyStarted({ volumes, pass: words }), [{ do: 'create', on: 'host', resource: DirectVolumeMigration, object }]);
    },
  });

/** After a copy that differed from its original, size and time prove nothing any more. */
const hasDiffered = async (scope: Scope, run: Run): Promise<boolean> =>
  (await runsOfPlan(scope)).some((other) => other.metadata.uid !== run.metadata.uid && holds(other, 'DirectVolumeMigrationFailed'));

const always = async (): Promise<boolean> => true;

/** Starts the pass that runs beside the application, so that the pass over the sleeping one has little left to copy. */
export const createPreCopy = createPass({
  name: 'CreateDirectVolumeMigrationStage',
  description: 'Creating Direct Volume Migration for the volumes of running applications',
  piece: 'precopy',
  words: 'First copy',
  type: () => 'Stage',
  verify: hasDiffered,
  when: (scope) => copies(scope) && scope.flags.quiesce,
});

/** Starts the pass that decides what the target gets: over sleeping applications when the run quiesces them. */
export const createFinalCopy = createPass({
  name: 'CreateDirectVolumeMigrationFinal',
  description: 'Creating Direct Volume Migration for the final copy',
  piece: 'copy',
  words: 'Final copy',
  type: ({ spec }) => (spec.quiescePods === true ? 'CutOver' : 'Stage'),
  verify: always,
  when: copies,
});

/** The one pass of a stage run; the applications stay as they are, unless the run puts them to sleep. */
export const createStageCopy = createPass({
  name: 'CreateDirectVolumeMigrationStage',
  description: 'Creating Direct Volume Migration',
  piece: 'copy',
  words: 'Copy',
  type: ({ spec }) => (spec.quiescePods === true ? 'CutOver' : 'Stage'),
  verify: hasDiffered,
  when: copies,
});

type Outcome = {
  name: string;
  namespace: string;
  state: 'running' | 'done' | 'failed';
  errors: string;
  progress: Progress;
};

const has = ({ status }: VolumeMigration, type: string): boolean =>
  (status?.conditions ?? []).some((each) => each.type === type && each.status === 'True');

const stateOf = (object: VolumeMigration): Outcome['state'] => {
  const ended = object.status?.phase === 'Completed' || object.status?.phase === 'MigrationFailed';
  if (ended && (has(object, 'Failed') || (object.status?.errors ?? []).length > 0)) return 'failed';
  return object.status?.phase === 'Completed' && has(object, 'Succeeded') ? 'done' : 'running';
};

const DAY_SECONDS = 86_400;

const waitForPass = (name: string, step: string, description: string, piece: Piece, when: (scope: Scope) => boolean) =>
  runPhase({
    name,
    step,
    description,
    deadlineSeconds: 7 * DAY_SECONDS, // terabytes take days; the pass has limits of its own for what does not move
    when,
    observe: async ({ world }, run): Promise<Outcome> => {
      const wanted = hostName(run, pieceName(run, piece));
      const object = (await world.cache(world.connections.host, DirectVolumeMigration, { namespace: wanted.namespace })).get(wanted);
      if (object === undefined) return { ...wanted, state: 'running', errors: '', progress: {} };
      return {
        ...wanted,
        state: stateOf(object),
        errors: (object.status?.errors ?? []).join('; '),
        progress: volumeProgress(object),
      };
    },
    decide: ({ name: object, namespace, state, errors, progress }) => {
      if (state === 'failed') return fail(VolumeCopyFailed({ namespace, name: object, errors }));
      if (state === 'done') return advance({ ...VolumeCopyDone({ name: object }), progress });
      return wait({ ...VolumeCopyRunning({ name: object }), progress });
    },
  });

/** Waits for the pass beside the running application; only then may the application be put to sleep. */
export const waitForPreCopy = waitForPass(
  'WaitForDirectVolumeMigrationPreCopy',
  'StageBackup',
  'Copying volumes while the applications keep running',
  'precopy',
  (scope) => copies(scope) && scope.flags.quiesce,
);

/** Waits for the last pass and its verification. */
export const waitForCopy = waitForPass(
  'WaitForDirectVolumeMigrationToComplete',
  'DirectVolume',
  'Waiting for Direct Volume Migration to complete',
  'copy',
  copies,
);
