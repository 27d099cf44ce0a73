import { step, stopSet, toStandardError } from '@godwit/devcluster';
import { openStage } from '../support/upgrade/open.ts';
import { kubeletWorksOnlyOn, makeSeed, registryOfSeed } from '../support/upgrade/seeds.ts';
import { MAKER, SET, type Stage } from '../support/upgrade/stage.ts';
import { fallBack, idle, prepare, rollBack, upgrade } from '../support/upgrade/stories.ts';
import { countOf, OADP } from '../support/upgrade/workload.ts';
import { nextCommands } from './next-commands.ts';

const say = toStandardError;

const REAL =
  'Real: ostree with its stateroots and deployments, Kubernetes 1.34.3 and etcd out of the deployments, kubelet and containerd, seed images in a registry, backups in an S3 server, both over TLS.';
const EMULATED =
  'Emulated: the boot (a deployment is entered in namespaces of this host: no firmware, no kernel of its own, a launcher instead of systemd; tier "namespace"). Absent: OpenShift operators, recert, rpm-ostree, SELinux.';

const open = async (): Promise<Stage> => {
  const stage = await openStage(SET);
  const broken = `${MAKER}-broken`;
  await makeSeed(stage.set, { maker: broken, version: '4.21.1', prepare: ({ sh }) => sh(kubeletWorksOnlyOn(broken)) }, say);
  return stage;
};

const demo = async (stage: Stage): Promise<void> => {
  const { set, edge, score } = stage;
  const registry = await registryOfSeed(set, '4.21.0');
  score.holds('skopeo and jq find the registry of the seed', registry === 'registry.godwit.local:5000', registry);

  say('\nPrep, and abort');
  await prepare(stage, { version: '4.21.0' });
  await idle(stage, 'an abort leads back to Idle', 'rhcos_4.20.1');

  say('\nPrep, Upgrade, and Rollback by hand');
  let counted = await countOf(edge.kubectl);
  await prepare(stage, { version: '4.21.0' });
  await upgrade(stage, '4.21.0', counted);
  counted = await countOf(edge.kubectl);
  await rollBack(stage, '4.20.1', counted);
  await idle(stage, 'a rollback is finalised', 'rhcos_4.20.1');

  say('\nA seed that never becomes healthy');
  counted = await countOf(edge.kubectl);
  await prepare(stage, { version: '4.21.1', timeoutSeconds: 90 });
  await fallBack(stage, '4.20.1', counted);
  await idle(stage, 'a failed upgrade is aborted', 'rhcos_4.20.1');

  say('\nPrep, Upgrade, and finalise');
  counted = await countOf(edge.kubectl);
  await prepare(stage, { version: '4.21.0' });
  await upgrade(stage, '4.21.0', counted);
  await idle(stage, 'an upgrade is finalised', 'rhcos_4.21.0');
  const columns = 'custom-columns=NAME:.metadata.name,Status:.status.phase,Reason:.status.failureReason';
  const restores = await edge.kubectl.run(['get', 'restores', '-n', OADP, '-o', columns]);
  score.holds(
    'what came of the restores can still be read',
    /^apache-app\s+Completed\s+<none>$/m.test(restores),
    restores.replace(/\s+/g, ' '),
  );
};

const began = Date.now();
const stage = await open();
await stage.score.during('the demo came to its end', () => demo(stage));
for (const line of [REAL, EMULATED]) console.log(line);
stage.score.close();
if (process.env.ONCE === '1') await step(say, 'remove the nodes', () => stopSet(SET));
else console.log(['', 'The node is still running. Next:', ...nextCommands().map((line) => `  ${line}`)].join('\n'));
console.log(`\nThe demo took ${Math.round((Date.now() - began) / 1000)} s.`);
