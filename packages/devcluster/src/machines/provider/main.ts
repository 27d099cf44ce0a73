import { createLogger, createManager, createMetrics, systemClock } from '@godwit/controller';
import { accessOf, connect, loadKubeconfig } from '@godwit/kube';
import { findPrograms, NODE_PROGRAMS } from '../../binaries/programs.ts';
import { hostAddress } from '../../node/names.ts';
import { pauseImage } from '../../node/pause-image.ts';
import { silent } from '../../progress.ts';
import { requireState } from '../../sets/state.ts';
import { MACHINE_PROGRAMS } from '../root.ts';
import { installKinds } from './install-kinds.ts';
import { localClusterController } from './local-cluster.ts';
import { localMachineController } from './local-machine.ts';
import { type MachinesPlan, machinesOf } from './machines.ts';
import { supervise } from './supervise.ts';

const planOf = async (set: string): Promise<MachinesPlan> => {
  const { subnet, authorityPath, registry } = requireState(set);
  if (subnet === undefined || !authorityPath || !registry)
    throw new Error(`Set ${set} has no nodes, so it can have no machines. Start it without --control-plane-only`);
  const programs = await findPrograms([...MACHINE_PROGRAMS, ...NODE_PROGRAMS], silent);
  const pauseArchive = await pauseImage(programs('pause'));
  return {
    set,
    subnet,
    programs,
    host: hostAddress(subnet),
    registry,
    authorityPath,
    pauseArchive,
  };
};

/** Acts on the LocalMachines of all clusters of a set until it is told to end. What it knows lies on disk, so it may be killed at any time. */
const provide = async (set: string): Promise<void> => {
  const log = createLogger({ level: 'info' });
  const machines = machinesOf(await planOf(set));
  // Rounds that find nothing to do are no news.
  const manager = createManager({ clock: systemClock, log: createLogger({ level: 'warn' }), metrics: createMetrics() });
  const stop = new AbortController();
  // The clock's timers alone keep no process alive, and between two attempts to reach a cluster there is nothing else.
  const alive = setInterval(() => undefined, 60_000);
  const installing: Promise<void>[] = [];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  for (const { name: cluster, kubeconfigPath } of requireState(set).clusters) {
    const client = connect(accessOf(loadKubeconfig({ path: kubeconfigPath })), { userAgent: 'godwit-dev-machines' });
    const world = { cluster, client, clock: systemClock, log: log.child({ cluster }), machines };
    installing.push(
      installKinds(world, stop.signal).then(() => {
        manager.add(localClusterController(world));
        manager.add(localMachineController(world));
      }),
    );
  }
  await Promise.all([manager.start(stop.signal), supervise(machines, systemClock, log, stop.signal), ...installing]);
  clearInterval(alive);
};

const [set] = process.argv.slice(2);
if (!set) throw new Error('Wanted: the id of a set');
await provide(set);
process.exit(0);
