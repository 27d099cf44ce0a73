import { requireNode } from '@godwit/devcluster';
import { PLATFORM, type PlatformVersion, platformImage } from './releases.ts';
import { seedImage } from './seeds.ts';
import { EDGE, type Stage } from './stage.ts';
import { askForStage, conditionOf, followStage, nextStages, readUpgrade } from './upgrade.ts';
import { AGENT, CONTENT, countOf, hasCountedOn, OADP } from './workload.ts';

/** What is asked for with Prep. */
export type Wish = { version: PlatformVersion; timeoutSeconds?: number };

const bootOf = ({ set }: Stage): string | undefined => requireNode(set.id, EDGE).bootId;

const stateroots = async ({ edge }: Stage): Promise<string> => (await edge.sh('ls /ostree/deploy')).trim().split('\n').join(',');

/** Prep: the release lies beside the running one, and nothing else has changed. */
export const prepare = async (stage: Stage, { version, timeoutSeconds }: Wish): Promise<void> => {
  const { edge, score, say } = stage;
  const before = bootOf(stage);
  await askForStage(edge.kubectl, 'Prep', {
    seedImageRef: { version, image: seedImage(version) },
    oadpContent: [{ name: CONTENT.oadp, namespace: OADP }],
    extraManifests: [{ name: CONTENT.manifests, namespace: AGENT }],
    ...(timeoutSeconds === undefined ? {} : { autoRollbackOnFailure: { initMonitorTimeoutSeconds: timeoutSeconds } }),
  });
  const upgrade = await followStage(edge, 'Prep', 400, say);
  score.holds(
    `Prep of ${version} completes`,
    conditionOf(upgrade, 'PrepCompleted').startsWith('PrepCompleted=True'),
    conditionOf(upgrade, 'PrepCompleted'),
  );
  score.holds('abort and upgrade are what may come next', nextStages(upgrade) === 'Idle,Upgrade', nextStages(upgrade));
  score.holds('the new stateroot lies beside the old one', (await stateroots(stage)).includes(`rhcos_${version}`), await stateroots(stage));
  score.holds('the node has not rebooted', bootOf(stage) === before);
};

/** Whether the node runs a release, with all that belongs to it, and the workload has lost nothing. */
const runs = async ({ edge, score }: Stage, version: PlatformVersion, counted: number): Promise<number> => {
  const release = (await edge.sh('. /etc/os-release; echo $VERSION_ID')).trim();
  score.holds(`the node runs ${version}`, release === version, release);
  const image = await edge.kubectl.run(['get', 'deployment', 'banner', '-n', PLATFORM, '-o', 'jsonpath={..image}']);
  await edge.kubectl.run(['rollout', 'status', 'deployment/banner', '-n', PLATFORM, '--timeout=120s']);
  score.holds(`the workload of release ${version} runs with its own image`, image === platformImage(version), image);
  const nodes = await edge.kubectl.run(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}']);
  score.holds('the cluster has the one node that it had', nodes === EDGE, nodes);
  const now = await countOf(edge.kubectl);
  score.holds('the data of the workload is there, and grows', now > counted, `${counted} before, ${now} now`);
  score.holds('it never began to count anew', await hasCountedOn(edge.kubectl));
  const secret = await edge.kubectl.run(['get', 'secret', 'password', '-n', 'app', '-o', 'jsonpath={.data.password}']);
  score.holds('its Secret is the same', Buffer.from(secret, 'base64').toString() === 'correct horse');
  return now;
};

/** Upgrade: the node boots into the new release and everything is there. */
export const upgrade = async (stage: Stage, version: PlatformVersion, counted: number): Promise<void> => {
  const { edge, score, say } = stage;
  const before = bootOf(stage);
  await askForStage(edge.kubectl, 'Upgrade');
  const done = await followStage(edge, 'Upgrade', 600, say);
  score.holds(
    `Upgrade to ${version} completes`,
    conditionOf(done, 'UpgradeCompleted').startsWith('UpgradeCompleted=True'),
    conditionOf(done, 'UpgradeCompleted'),
  );
  score.holds('the node has rebooted', bootOf(stage) !== before);
  score.holds('finishing and rolling back are what may come next', nextStages(done) === 'Idle,Rollback', nextStages(done));
  await runs(stage, version, counted);
  const site = await edge.kubectl.run(['get', 'configmap', 'site', '-n', 'extra', '-o', 'jsonpath={.data.site}']);
  score.holds('the extra manifests were applied', site === 'edge', site);
};

/** Idle: what was left over is gone, and the upgrade can begin anew. */
export const idle = async (stage: Stage, sentence: string, left: string): Promise<void> => {
  const { edge, score, say } = stage;
  await askForStage(edge.kubectl, 'Idle');
  const done = await followStage(edge, 'Idle', 300, say);
  score.holds(sentence, conditionOf(done, 'Idle') === 'Idle=True Idle: Idle', conditionOf(done, 'Idle'));
  score.holds('Prep is what may come next', nextStages(done) === 'Prep', nextStages(done));
  score.holds('one stateroot is left', (await stateroots(stage)) === left, await stateroots(stage));
  const menu = (await edge.sh('ostree admin status | grep -cE "[.][0-9]+( |$)"; ls /sysroot/boot/loader/entries | wc -l')).trim();
  score.holds('one deployment and one boot entry are left (T66)', menu === '1\n1', menu.replace('\n', ' and '));
};

/** Rollback: the node boots into the release before, which was not touched. */
export const rollBack = async (stage: Stage, version: PlatformVersion, counted: number): Promise<void> => {
  const { edge, score, say } = stage;
  const before = bootOf(stage);
  await askForStage(edge.kubectl, 'Rollback');
  const done = await followStage(edge, 'Rollback', 400, say);
  score.holds(
    'Rollback completes',
    conditionOf(done, 'RollbackCompleted').startsWith('RollbackCompleted=True'),
    conditionOf(done, 'RollbackCompleted'),
  );
  score.holds('the node has rebooted', bootOf(stage) !== before);
  await runs(stage, version, counted);
};

/** An upgrade to a seed that never becomes healthy ends on the release before, by itself. */
export const fallBack = async (stage: Stage, version: PlatformVersion, counted: number): Promise<void> => {
  const { edge, score, say } = stage;
  await askForStage(edge.kubectl, 'Upgrade');
  const done = await followStage(edge, 'Upgrade', 600, say);
  score.holds(
    'an upgrade that never becomes healthy fails',
    conditionOf(done, 'UpgradeCompleted') === 'UpgradeCompleted=False Failed: Upgrade failed',
    conditionOf(done, 'UpgradeCompleted'),
  );
  const said = conditionOf(done, 'UpgradeInProgress');
  score.holds('it says that the deadline has passed', said.includes('Rollback due to LCA Init Monitor timeout, after 1m30s'), said);
  score.holds('abort is what may come next', nextStages(await readUpgrade(edge.kubectl)) === 'Idle');
  await runs(stage, version, counted);
};
