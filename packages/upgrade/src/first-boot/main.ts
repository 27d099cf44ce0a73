import { systemClock } from '@godwit/controller';
import { accessOf, connect, loadKubeconfig } from '@godwit/kube';
import { clusterSteps } from './cluster-steps.ts';
import { hostSteps } from './host-steps.ts';
import { rollBackHere, unitLog } from './local-world.ts';
import { nodePlaces } from './places.ts';
import { runPart } from './run-part.ts';
import { walkFirstBoot } from './step.ts';
import { withEtcd } from './store/start-etcd.ts';

// installation-configuration: `host` runs before the cluster does, `cluster` as soon as its API answers.
const [part] = process.argv.slice(2);
const log = unitLog();
// Sleeping alone keeps no process alive.
const keepAlive = setInterval(() => {}, 60_000);
const common = { root: '', clock: systemClock, log } as const;
const store = { program: '/usr/bin/etcd', dataFolder: nodePlaces.etcd, clientPort: 2379, peerPort: 2380 };

const outcome = await runPart({
  ...common,
  rollBack: rollBackHere(log),
  work: async (configuration) => {
    if (part === 'host')
      await walkFirstBoot(hostSteps, { ...common, configuration, withStore: (work) => withEtcd(store, systemClock, work) });
    else if (part === 'cluster') {
      const cluster = connect(accessOf(loadKubeconfig({ path: nodePlaces.adminKubeconfig })));
      await walkFirstBoot(clusterSteps, { ...common, configuration, cluster });
      await cluster.close();
    } else throw new Error('Say which part of the first boot: host, or cluster');
  },
});
log.info({ part, outcome }, 'first boot');
// What comes after this unit must not start in a release that is given up.
if (outcome === 'rolled back') await systemClock.sleep(3600);
clearInterval(keepAlive);
