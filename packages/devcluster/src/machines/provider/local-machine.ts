import { Cluster, LocalMachine, Machine, Secret } from '@godwit/api';
import { type Controller, keyOf, nameOf, type Said, withFinalizer, withoutFinalizer } from '@godwit/controller';
import { isApiError } from '@godwit/kube';
import { BootstrapRefused } from '../ignition/refused.ts';
import { machineOfProviderId, providerIdOf } from '../names.ts';
import type { MachineRecord } from '../record.ts';
import { type Claimant, type Decision, decide } from './decide.ts';
import { BootstrapPending, ClaimedElsewhere, MachineNotFound, Refused, WaitingForBootstrapData, WaitingForOwner } from './reasons.ts';
import { readyPatch, statusOf } from './status.ts';
import type { World } from './world.ts';

/** Keeps a LocalMachine until its machine has been dealt with. */
const FINALIZER = 'infrastructure.godwit.io/local-machine';

const PAUSED = 'cluster.x-k8s.io/paused';
const FENCED = 'godwit.io/fence';
const CLUSTER_NAME = 'cluster.x-k8s.io/cluster-name';

/** How often an object is looked at again that waits for something no watch tells of. */
const AGAIN = { after: '10s' } as const;

const claimantOf = ({ cluster }: World, { metadata }: LocalMachine): Claimant => ({
  cluster,
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
  uid: metadata.uid ?? '',
});

const isPaused = async ({ client }: World, { metadata }: LocalMachine): Promise<boolean> => {
  if (metadata.annotations?.[PAUSED] !== undefined) return true;
  const name = metadata.labels?.[CLUSTER_NAME];
  if (name === undefined) return false;
  return (await client.get(Cluster, { namespace: metadata.namespace, name }))?.spec.paused === true;
};

const machineFor = ({ machines }: World, { spec, metadata }: LocalMachine): MachineRecord | undefined => {
  const id = spec.providerID === undefined ? undefined : machineOfProviderId(machines.set, spec.providerID);
  if (id !== undefined) return machines.read(id);
  return spec.providerID === undefined ? machines.list().find(({ claim }) => claim?.uid === metadata.uid) : undefined;
};

const writeStatus = async (
  world: World,
  object: LocalMachine,
  after: LocalMachine['status'],
  ready: boolean,
  said: Said,
): Promise<void> => {
  const before = object.status ?? {};
  const patch = readyPatch(before, after ?? before, ready, said, object.metadata.generation ?? 0, world.clock.now());
  if (patch) await world.client.patch(LocalMachine, nameOf(keyOf(object)), { status: patch }, { subresource: 'status' });
};

const say = (world: World, object: LocalMachine, said: Said): Promise<void> => writeStatus(world, object, object.status, false, said);

const report = async (world: World, object: LocalMachine, machine: MachineRecord): Promise<void> => {
  const running = (await world.machines.ensureOn(machine.id)) ?? machine;
  const providerID = providerIdOf(world.machines.set, machine.id);
  if (object.spec.providerID !== providerID) await world.client.patch(LocalMachine, nameOf(keyOf(object)), { spec: { providerID } });
  const { after, ready, said } = statusOf(object.status ?? {}, running);
  await writeStatus(world, object, after, ready, said);
};

/** The bootstrap data of a LocalMachine, or what is missing. */
const bootstrapOf = async ({ client }: World, { metadata }: LocalMachine): Promise<string | Said> => {
  const owner = metadata.ownerReferences?.find(({ kind, apiVersion }) => kind === 'Machine' && apiVersion.startsWith('cluster.x-k8s.io/'));
  if (!owner) return WaitingForOwner();
  const { namespace } = metadata;
  const machine = await client.get(Machine, { namespace, name: owner.name });
  const name = machine?.spec.bootstrap.dataSecretName;
  const secret = name === undefined ? undefined : await client.get(Secret, { namespace, name });
  const value = secret?.data?.value;
  return value === undefined ? WaitingForBootstrapData({ machine: owner.name }) : Buffer.from(value, 'base64').toString();
};

const make = async (world: World, object: LocalMachine, begun: MachineRecord | undefined) => {
  const bootstrap = await bootstrapOf(world, object);
  if (typeof bootstrap !== 'string') {
    await say(world, object, bootstrap);
    return AGAIN;
  }
  const machine = begun ?? (await world.machines.allocate(claimantOf(world, object)));
  try {
    await report(world, object, await world.machines.ignite(machine, bootstrap));
    return undefined;
  } catch (error) {
    // What the API server refuses is not the machine's fault: it comes back by itself.
    if (isApiError(error)) throw error;
    const fault = error instanceof Error ? error.message : String(error);
    const refused = error instanceof BootstrapRefused;
    world.log[refused ? 'error' : 'warn']({ machine: machine.id, fault }, 'a machine cannot be made');
    await say(world, object, (refused ? Refused : BootstrapPending)({ fault }));
    return { after: refused ? '1m' : '3s' } as const;
  }
};

const letGo = async (world: World, object: LocalMachine): Promise<undefined> => {
  await withoutFinalizer(world.client, LocalMachine, object, FINALIZER);
  return undefined;
};

type Work = { world: World; object: LocalMachine; machine: MachineRecord | undefined };

const remove = async ({ world, object, machine }: Work, decision: Decision) => {
  if (machine && decision === 'release') world.machines.release(machine);
  if (machine && decision === 'end') await world.machines.end(machine);
  return letGo(world, object);
};

const tend = async ({ world, object, machine }: Work, decision: Decision) => {
  if (decision === 'make') return make(world, object, machine);
  if (decision === 'not-found' || !machine)
    await say(world, object, MachineNotFound({ providerId: object.spec.providerID ?? '', set: world.machines.set }));
  else if (decision === 'lost')
    await say(world, object, ClaimedElsewhere({ cluster: machine.claim?.cluster ?? '', name: machine.claim?.name ?? '' }));
  else {
    if (decision === 'claim')
      world.log.info({ machine: machine.id, from: machine.claim, to: claimantOf(world, object) }, 'a machine has a new owner');
    await report(world, object, decision === 'claim' ? world.machines.claim(machine, claimantOf(world, object)) : machine);
  }
  return AGAIN;
};

/** An object that went without us, because somebody took its finalizer: its machine lives on, for whoever claims it next. */
const forget = ({ cluster, machines, log }: World, key: string): undefined => {
  for (const machine of machines.list())
    if (machine.claim?.cluster === cluster && `${machine.claim.namespace}/${machine.claim.name}` === key) {
      log.warn({ machine: machine.id, key }, 'a LocalMachine went without us; its machine runs on without an owner');
      machines.release(machine);
    }
  return undefined;
};

const reconcile = async (world: World, key: string) => {
  const found = await world.client.get(LocalMachine, nameOf(key));
  if (!found) return forget(world, key);
  const paused = await isPaused(world, found);
  const deleting = found.metadata.deletionTimestamp !== undefined;
  const fenced = found.metadata.annotations?.[FENCED] !== undefined;
  const machine = machineFor(world, found);
  const namesMachine = found.spec.providerID !== undefined;
  const decision = decide({ claimant: claimantOf(world, found), deleting, paused, fenced, namesMachine, machine });
  if (decision === 'leave') return AGAIN;
  if (deleting) return remove({ world, object: found, machine }, decision);
  const object = await withFinalizer(world.client, LocalMachine, found, FINALIZER);
  return tend({ world, object, machine }, decision);
};

const infrastructureOf = ({ metadata, spec }: Machine): string[] =>
  spec.infrastructureRef.kind === 'LocalMachine' ? [`${metadata.namespace}/${spec.infrastructureRef.name}`] : [];

/** Makes, adopts and ends the machines of one management cluster's LocalMachines. */
export const localMachineController = (world: World): Controller => ({
  name: `local-machine-${world.cluster}`,
  sources: [
    { client: world.client, resource: LocalMachine, keys: (object) => [keyOf(object)] },
    { client: world.client, resource: Machine, keys: (object) => infrastructureOf(object as Machine) },
  ],
  reconcile: (key) => reconcile(world, key),
});
