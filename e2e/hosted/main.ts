import { mkdirSync } from 'node:fs';
import { describeSet, step, stopSet, toStandardError } from '@godwit/devcluster';
import { startHostedSet } from '../support/hosted/hosted-set.ts';
import { hasSucceeded } from '../support/hosted/move.ts';
import { hostedOperator } from '../support/hosted/operator.ts';
import { keepScore } from '../support/score.ts';
import { rehearse } from './by-command.ts';
import { create, furnish } from './create.ts';
import { journey, journeyByCommand } from './journey.ts';
import { nextCommands } from './next-commands.ts';
import { FOLDER, SET, type Stage } from './stage.ts';

const say = toStandardError;

const REAL =
  'Real: Kubernetes 1.34.3 and etcd of both management clusters and of the hosted one, kubelets and containerd of the workers, Cluster API, konnectivity, bind9, an S3 server over TLS.';
const EMULATED =
  'Emulated: machines (namespaces of this host, no systemd, no ostree). Absent: AWS with Route 53, OVN, OAuth, openshift-apiserver, real release payloads.';

const open = async (highlyAvailable: boolean): Promise<Stage> => {
  mkdirSync(FOLDER, { recursive: true });
  if (describeSet(SET) !== undefined) await step(say, 'remove the clusters of an earlier demo', () => stopSet(SET));
  const set = await startHostedSet(SET, say);
  const operators = {
    alpha: hostedOperator(set, 'alpha', `${FOLDER}/operator-alpha.log`),
    beta: hostedOperator(set, 'beta', `${FOLDER}/operator-beta.log`),
  };
  for (const operator of Object.values(operators)) operator.start();
  return { set, operators, score: keepScore(say), say, highlyAvailable };
};

const demo = async (stage: Stage): Promise<void> => {
  await create(stage);
  await furnish(stage);
  await rehearse(stage, 'beta');
  const there = await journey(stage, 'beta', 'there');
  if (!hasSucceeded(there.move)) return;
  const back = await journeyByCommand(stage, 'alpha', 'back');
  const epochs = [there, back].map(({ move }) => move.status?.epoch ?? 0);
  stage.score.holds('the way back has a younger fence', (epochs[1] ?? 0) > (epochs[0] ?? 0), epochs.join(', '));
  console.log(`API of the hosted cluster away: ${there.awaySeconds.toFixed(1)} s there, ${back.awaySeconds.toFixed(1)} s back.`);
};

const began = Date.now();
const stage = await open(process.env.HA === '1');
await stage.score.during('the demo came to its end', () => demo(stage));
for (const operator of Object.values(stage.operators)) await operator.stop();
for (const line of [REAL, EMULATED]) console.log(line);
stage.score.close(` Logs of operators and probers: ${FOLDER}`);
if (process.env.ONCE === '1') await step(say, 'remove the clusters', () => stopSet(SET));
else console.log(['', 'Both clusters are still running. Next:', ...nextCommands(stage.set).map((line) => `  ${line}`)].join('\n'));
console.log(`\nThe demo took ${Math.round((Date.now() - began) / 1000)} s.`);
