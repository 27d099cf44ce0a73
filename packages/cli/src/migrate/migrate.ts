import { MigMigration, type MigPlan } from '@godwit/api';
import { HERE, standIn } from '../controllers.ts';
import type { Place } from '../copyable.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { exitCodeOfRun } from '../printers/run-facts.ts';
import { followRun } from '../progress/follow-run.ts';
import { readEnding } from '../progress/read-ending.ts';
import type { Reporter } from '../progress/reporter.ts';
import { summaryLines } from '../progress/summary.ts';
import type { Waiting } from '../watch-object.ts';
import { chooseRun, type NextRun } from './choose-run.ts';
import { createRun } from './create-run.ts';
import { ensureDefinitions } from './definitions.ts';
import { dryRunLines } from './dry-run.ts';
import { ensureNamespace } from './ensure-namespace.ts';
import { ensurePlan } from './ensure-plan.ts';
import { planName } from './names.ts';
import { nextCommands } from './next-commands.ts';
import { type Participants, participantsOf, registerParticipants } from './participants.ts';
import { ensureAllReady } from './ready.ts';
import { registerStorage } from './register-storage.ts';
import type { MigrateRequest } from './request.ts';
import { checkRights } from './rights.ts';
import { volumeLine } from './select-volumes.ts';
import { checkNamespaces, openSides, type Sides } from './sides.ts';
import { defaultRepository, prepareRepository, storageName } from './storage-name.ts';
import { checkTransferImage } from './transfer-image.ts';

/** How many steps a migration shows. */
export const MIGRATE_STEPS = 5;

/** Everything that the steps of one call share. */
export type Job = { invocation: Invocation; request: MigrateRequest; reporter: Reporter; waiting: Waiting; plan: string };

/** `runsHere`: the controllers run in this command, with its settings. */
type Known = Job & { sides: Sides; names: Participants; runsHere: boolean };

/** Commands to copy after this one look at the cluster that holds the plans. */
const placeOf = ({ invocation, request }: Job): Place => ({
  calledAs: invocation.calledAs,
  globals: { ...invocation.globals, context: request.host },
});

const begin = async (job: Job): Promise<Sides> => {
  const { invocation, request, reporter } = job;
  reporter.step(`reach ${request.source} and ${request.target}, and check rights`);
  const sides = await openSides(invocation, request);
  await checkNamespaces(sides, request.namespaces);
  await checkRights(sides, invocation.namespace);
  reporter.note(`${request.source} ${sides.source.version} -> ${request.target} ${sides.target.version}`);
  return sides;
};

const prepareClusters = async ({ invocation, request, reporter, waiting }: Job, sides: Sides): Promise<void> => {
  reporter.step('prepare the clusters');
  await ensureDefinitions(invocation, sides, { assumeYes: request.assumeYes, reporter, signal: waiting.signal });
  await Promise.all([...new Set(Object.values(sides))].map(({ client }) => ensureNamespace(client, invocation.namespace)));
};

const register = async (known: Known): Promise<string> => {
  const { invocation, request, reporter, waiting, sides, names, plan } = known;
  const { namespace, environment } = invocation;
  reporter.step('register clusters and repository');
  const repository = request.repository ?? defaultRepository(plan, environment);
  prepareRepository(repository);
  if (repository.kind === 'folder') reporter.note(`repository: folder ${repository.path}`);
  const storage = storageName(repository, plan);
  const clusters = await registerParticipants(sides, names, namespace, reporter.note);
  const registered = await registerStorage(sides.host.client, repository, { namespace, name: storage });
  await ensureAllReady({ client: sides.host.client, place: placeOf(known) }, clusters, registered, waiting);
  return storage;
};

const planIt = async (known: Known, storage: string): Promise<MigPlan> => {
  const { invocation, request, reporter, waiting, sides, names, plan } = known;
  reporter.step(`plan ${plan}: find volumes and check them`);
  const parts = { namespace: invocation.namespace, name: plan, source: names.source, target: names.target, storage };
  const host = { client: sides.host.client, place: placeOf(known) };
  const ready = await ensurePlan(host, { ...parts, namespaces: request.namespaces, storageClasses: request.storageClasses }, waiting);
  for (const volume of ready.spec.persistentVolumes ?? []) reporter.note(volumeLine(volume));
  const { environment, namespace } = invocation;
  const image = request.transferImage ?? environment.RSYNC_TRANSFER_IMAGE;
  if (image === undefined && known.runsHere && (ready.spec.persistentVolumes ?? []).length > 0)
    await checkTransferImage([sides.source, sides.target], namespace);
  return ready;
};

const startRun = async (known: Known, next: Exclude<NextRun, { do: 'nothing' }>): Promise<MigMigration> => {
  const { invocation, request, reporter, sides, names, plan } = known;
  if (next.do === 'resume') {
    await registerParticipants(sides, names, invocation.namespace, () => {});
    reporter.step(`run ${next.run.metadata.name}: picks up where it stopped`);
    return next.run;
  }
  await planIt(known, await register(known));
  reporter.step(`run ${next.name}`);
  const spec = { stage: false, quiescePods: request.quiesce, verify: true };
  return createRun(sides.host.client, { namespace: invocation.namespace, name: next.name, plan, spec, holdBefore: request.holdBefore });
};

const finish = async (known: Known, run: MigMigration): Promise<ExitCode> => {
  const { invocation, reporter, waiting, sides, plan } = known;
  const { terminal, namespace } = invocation;
  const state = await followRun(sides.host.client, { namespace, name: run.metadata.name ?? '' }, waiting, reporter.run);
  reporter.end();
  for (const line of summaryLines(await readEnding(state, sides.source.client, sides.target.client), new Date())) terminal.out(line);
  for (const line of ['', 'Next:', ...nextCommands(state.run, plan, placeOf(known)).map((each) => `  ${each}`)]) terminal.out(line);
  return exitCodeOfRun(state.run);
};

const work = async (known: Known, next: Exclude<NextRun, { do: 'nothing' }>): Promise<ExitCode> => {
  const { invocation, request, reporter, sides, plan, waiting } = known;
  const controllers = await standIn(invocation, sides.host.client, { name: plan, transferImage: request.transferImage });
  reporter.note(`controllers: ${controllers.who}${controllers.logFile === undefined ? '' : `; log: ${controllers.logFile}`}`);
  try {
    const signal = AbortSignal.any([waiting.signal, controllers.broken]);
    const lasting = { ...known, runsHere: controllers.who === HERE, waiting: { ...waiting, signal } };
    return await finish(lasting, await startRun(lasting, next));
  } finally {
    await controllers.stop();
  }
};

const alreadyDone = (known: Known, run: MigMigration): ExitCode => {
  const { plan } = known;
  const { terminal } = known.invocation;
  terminal.out(`already migrated: run ${run.metadata.name} of plan ${plan} has succeeded`);
  for (const line of nextCommands(run, plan, placeOf(known))) terminal.out(`  ${line}`);
  return exitCodes.done;
};

const show = async ({ invocation, request, sides, names, plan }: Known): Promise<ExitCode> => {
  const storage = storageName(request.repository ?? defaultRepository(plan, invocation.environment), plan);
  const lines = await dryRunLines({ sides, names, storage, plan, run: `${plan}-1`, namespace: invocation.namespace });
  for (const line of lines) invocation.terminal.out(line);
  return exitCodes.done;
};

/** The name of the plan that a request is about. */
export const planOf = ({ source, target, namespaces }: MigrateRequest): string => planName(source, target, namespaces);

/** Moves namespaces from one cluster to another, or goes on where an earlier call stopped; resolves with the exit code that equals the outcome. */
export const migrate = async (job: Job): Promise<ExitCode> => {
  const { invocation, request, plan } = job;
  const sides = await begin(job);
  if (request.dryRun) return show({ ...job, sides, names: { host: 'host', source: request.source, target: 'host' }, runsHere: true });
  await prepareClusters(job, sides);
  const host = sides.host.client;
  const known = { ...job, sides, names: await participantsOf(sides, invocation.namespace), runsHere: true };
  const next = chooseRun(plan, (await host.list(MigMigration, { namespace: invocation.namespace })).items);
  return next.do === 'nothing' ? alreadyDone(known, next.run) : work(known, next);
};
