import { startComponent, stopComponent } from '@godwit/devcluster';
import { NODE_REGISTRY } from '../support/upgrade/releases.ts';
import { seedImage } from '../support/upgrade/seeds.ts';
import type { Stage } from '../support/upgrade/stage.ts';
import { conditionOf, followStage } from '../support/upgrade/upgrade.ts';
import { AGENT, OADP } from '../support/upgrade/workload.ts';
import { CONFIG_MAPS } from './content.ts';
import type { Terminal } from './shell.ts';

/** What each chapter works with. */
export type Reader = Stage & { terminal: Terminal };

const VERSION = '4.21.0';
const NEW_STATEROOT = `rhcos_${VERSION}`;
const IN_NAMESPACE = ` -n ${AGENT}`;

const patch = (stage: string, more = ''): string =>
  `kubectl patch imagebasedupgrades.lca.openshift.io upgrade -p='{"spec": {"stage": "${stage}"}}' --type=merge${more}`;

const follow = async ({ edge, say }: Reader, stage: string, type: string): Promise<string> =>
  conditionOf(await followStage(edge, stage, 600, say), type);

const shows = async ({ terminal, score }: Reader, words: readonly string[]): Promise<void> => {
  const { text } = await terminal.type('kubectl get ibu -o yaml');
  score.holds(
    `the status shows ${words.join(', ')}`,
    words.every((each) => text.includes(each)),
  );
};

const ask = async ({ terminal, score }: Reader, stage: string, more = ''): Promise<void> => {
  const { text, exitCode } = await terminal.type(patch(stage, more));
  score.holds(`${stage} is accepted`, exitCode === 0 && text.includes('upgrade patched'), text);
};

const refer = async ({ terminal }: Reader, extraManifests: string): Promise<void> => {
  const spec = {
    seedImageRef: { version: VERSION, image: seedImage(VERSION) },
    autoRollbackOnFailure: { initMonitorTimeoutSeconds: 1800 },
    extraManifests: [{ name: extraManifests, namespace: AGENT }],
    oadpContent: [{ name: CONFIG_MAPS.oadp, namespace: OADP }],
  };
  await terminal.type(`kubectl patch ibu upgrade --type=merge -p '${JSON.stringify({ spec })}'`);
};

/** 15.3.1: which registry the seed's images come from. */
const releaseRegistry = async ({ terminal, score, set }: Reader): Promise<void> => {
  const image = seedImage(VERSION).replace(NODE_REGISTRY, set.registry);
  await terminal.type(`install -D ${set.authorityPath} /etc/containers/certs.d/${set.registry}/ca.crt`);
  const { text } = await terminal.type(
    `skopeo inspect docker://${image} | jq -r '.Labels."com.openshift.lifecycle-agent.seed_cluster_info" | fromjson | .release_registry'`,
  );
  score.holds('the release registry of the seed is printed', text.trim() === NODE_REGISTRY, text);
  await terminal.type(`rm -r /etc/containers/certs.d/${set.registry}`);
};

/** 15.3.1: an error among the extra manifests fails Prep; 15.3.4.2.1: the stateroot is removed by hand. */
const refusedAndAborted = async (reader: Reader): Promise<void> => {
  const { score } = reader;
  await refer(reader, CONFIG_MAPS.refused);
  await ask(reader, 'Prep', IN_NAMESPACE);
  const failed = await follow(reader, 'Prep', 'PrepCompleted');
  score.holds('a MachineConfig among the extra manifests fails Prep', failed.startsWith('PrepCompleted=False Failed'), failed);
  const { text } = await reader.terminal.type(patch('Upgrade'));
  score.holds('and blocks Upgrade', text.includes('the stage transition is not permitted'), text);
  await ask(reader, 'Idle', IN_NAMESPACE);
  score.holds('an abort ends in Idle', (await follow(reader, 'Idle', 'Idle')).startsWith('Idle=True'));
};

/** 15.3.1: a warning is told and does not block. */
const preparedWithWarning = async (reader: Reader): Promise<void> => {
  const { terminal, score } = reader;
  await refer(reader, CONFIG_MAPS.warns);
  await ask(reader, 'Prep', IN_NAMESPACE);
  const completed = await follow(reader, 'Prep', 'PrepCompleted');
  score.holds('Prep completes in spite of a warning', completed.startsWith('PrepCompleted=True'), completed);
  await shows(reader, ['extra-manifest.lca.openshift.io/validation-warning:', 'type: PrepCompleted', 'validNextStages:']);
  const { text } = await terminal.onNode('ostree admin status');
  score.holds('the new stateroot lies beside the old one', text.includes(NEW_STATEROOT) && text.includes('rhcos_4.20.1'));
};

/** 15.3.4.2.1: the new stateroot is removed by hand; the agent finds nothing left to do. */
const removedByHand = async (reader: Reader): Promise<void> => {
  const { terminal, score } = reader;
  const status = (await terminal.onNode('ostree admin status')).text;
  const deployments = status.split('\n').filter((line) => /\.\d+( |$)/.test(line));
  const index = deployments.findIndex((line) => line.includes(NEW_STATEROOT));
  const undeployed = await terminal.onNode(`ostree admin undeploy ${index}`);
  const removed = await terminal.onNode(
    `stateroot="${NEW_STATEROOT}"; unshare -m /bin/sh -c "mount -o remount,rw /sysroot && rm -rf /sysroot/ostree/deploy/\${stateroot}"`,
  );
  score.holds('the stateroot can be removed by hand', undeployed.exitCode === 0 && removed.exitCode === 0, removed.text);
  await ask(reader, 'Idle', IN_NAMESPACE);
  score.holds('and the abort ends in Idle', (await follow(reader, 'Idle', 'Idle')).startsWith('Idle=True'));
};

const upgraded = async (reader: Reader): Promise<void> => {
  await ask(reader, 'Upgrade');
  await shows(reader, ['type: UpgradeInProgress']);
  const completed = await follow(reader, 'Upgrade', 'UpgradeCompleted');
  reader.score.holds('the upgrade completes', completed.startsWith('UpgradeCompleted=True'), completed);
  await shows(reader, ['type: UpgradeCompleted', 'rollbackAvailabilityExpiration:']);
};

/** 15.3.3, and 15.3.4.2: the store of the backups is away while the rollback is finalised. */
const rolledBack = async (reader: Reader): Promise<void> => {
  const { terminal, score, set } = reader;
  await ask(reader, 'Rollback', IN_NAMESPACE);
  const completed = await follow(reader, 'Rollback', 'RollbackCompleted');
  score.holds('the rollback completes', completed.startsWith('RollbackCompleted=True'), completed);
  await stopComponent(set.id, undefined, 'minio');
  await ask(reader, 'Idle', IN_NAMESPACE);
  const failed = await follow(reader, 'Idle', 'Idle');
  const said = `failed to delete all the backup CRs. Perform cleanup manually then add 'lca.openshift.io/manual-cleanup-done' annotation to ibu CR to transition back to Idle`;
  score.holds('it cannot be finalised while the store is away', failed === `Idle=False FinalizeFailed: ${said}`, failed);
  await startComponent(set.id, undefined, 'minio');
  await terminal.type(
    'kubectl wait bsl/dataprotectionapplication-1 -n openshift-adp --for=jsonpath={.status.phase}=Available --timeout=180s',
  );
  const { text } = await terminal.type('kubectl get backupstoragelocations.velero.io -n openshift-adp');
  score.holds(
    'the storage location is available',
    /^NAME +PHASE +LAST VALIDATED +AGE +DEFAULT\ndataprotectionapplication-1 +Available +\S+ +\S+ +true$/m.test(text),
  );
  await terminal.type("kubectl annotate ibu upgrade lca.openshift.io/manual-cleanup-done=''");
  score.holds('after the annotation it can', (await finalised(reader)).startsWith('Idle=True'));
};

const finalised = async (reader: Reader): Promise<string> => {
  await reader.edge.kubectl.run(['wait', 'ibu/upgrade', '--for=condition=Idle', '--timeout=300s']);
  return follow(reader, 'Idle', 'Idle');
};

/** 15.3.2: what came of the restores, and 15.3.4.3: volumes before and after. */
const upgradedForGood = async (reader: Reader): Promise<void> => {
  const { terminal, score } = reader;
  await refer(reader, CONFIG_MAPS.warns);
  await ask(reader, 'Prep', IN_NAMESPACE);
  score.holds('Prep completes again', (await follow(reader, 'Prep', 'PrepCompleted')).startsWith('PrepCompleted=True'));
  const volumes = 'kubectl get pv,pvc,logicalvolumes.topolvm.io -A';
  const before = await terminal.type(volumes);
  await upgraded(reader);
  const after = await terminal.type(volumes);
  const bound = (text: string) => /persistentvolume\/\S+ +1Gi +RWO +Retain +Bound +app\/data/.test(text);
  score.holds('the volume is bound and retained before and after', bound(before.text) && bound(after.text));
  await terminal.type('kubectl describe pod -n app -l app=counter');
  await ask(reader, 'Idle');
  score.holds('the upgrade is finalised', (await follow(reader, 'Idle', 'Idle')).startsWith('Idle=True'));
  await shows(reader, ['type: Idle']);
  const { text } = await terminal.type(
    'kubectl get restores -n openshift-adp -o custom-columns=NAME:.metadata.name,Status:.status.phase,Reason:.status.failureReason',
  );
  const wanted = ['NAME Status Reason', ...['acm-klusterlet', 'apache-app', 'localvolume'].map((name) => `${name} Completed <none>`)];
  const printed = text
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +/g, ' '));
  score.holds('every restore has completed', JSON.stringify(printed) === JSON.stringify(wanted), printed.join(' | '));
};

/** The document for one cluster, in its order. */
export const chapters: readonly (readonly [string, (reader: Reader) => Promise<void>])[] = [
  ['15.3.1 Which registry the seed comes from', releaseRegistry],
  ['15.3.1 Prep, with an error', refusedAndAborted],
  ['15.3.1 Prep, with a warning', preparedWithWarning],
  ['15.3.4.2.1 The stateroot is removed by hand', removedByHand],
  ['15.3.1 Prep again', preparedWithWarning],
  ['15.3.2 Upgrade', upgraded],
  ['15.3.3 Rollback; 15.3.4.2 it cannot be finalised', rolledBack],
  ['15.3.2 Upgrade, for good; 15.3.4.3 its volumes', upgradedForGood],
];
